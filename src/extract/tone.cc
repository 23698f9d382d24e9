#include "extract/tone.h"

#include <algorithm>
#include <array>

namespace wiremill::extract {
namespace {

using catalog::ToneAim;
using model::ToneLabel;

constexpr double kHeadlineWeight = 2.0;
constexpr double kLeadWeight = 1.3;
constexpr double kBeforeContrast = 0.4;
constexpr double kBeforePredicate = 0.4;
constexpr double kBesideEvent = 0.5;
constexpr double kShared = 0.6;
constexpr double kInDoubt = 0.15;
constexpr double kInListing = 0.2;
constexpr double kBesideFlat = 0.4;
/// Units of opposite sign cancel, so that a long text full of both stays near 0; a single clear
/// one gives ±0.5, more of one sign go towards ±1.
constexpr double kHalf = 0.6;
constexpr double kNeutralBand = 0.22;
constexpr int kCertainUnits = 4;
/// Names this close, with nothing said between them, are one list.
constexpr std::size_t kListGapBytes = 8;

double rounded(double value) {
  const double shifted = value * 10000 + (value < 0 ? -0.5 : 0.5);
  return static_cast<double>(static_cast<std::int64_t>(shifted)) / 10000;
}

/// "A에 밀려", "A보다 늘어": A is not the one that it happens to.
bool is_korean_oblique(std::string_view behind) {
  constexpr std::array<std::string_view, 6> kBehind{"에 ", "에게 ", "보다 ", "과의 ", "와의 ", " 대비"};
  return std::any_of(kBehind.begin(), kBehind.end(),
                     [&](std::string_view word) { return behind.starts_with(word); });
}

/// The same of "bought by A".
bool is_oblique(std::string_view text, const ByteRange& span) {
  constexpr std::array<std::string_view, 4> kBefore{" by ", " at ", " from ", " to "};
  const std::string_view before = text.substr(0, span.begin);
  return is_korean_oblique(text.substr(span.end)) ||
         std::any_of(kBefore.begin(), kBefore.end(),
                     [&](std::string_view word) { return before.ends_with(word); });
}

/// The tag of a column in a headline: "[김기자의 시장 읽기]".
bool has_column_tag(std::string_view sentence) {
  const std::size_t open = sentence.rfind('[');
  if (open == std::string_view::npos) return false;
  const std::string_view tag = sentence.substr(open, sentence.find(']', open) - open);
  return tag.find("의 ") != std::string_view::npos;
}

}  // namespace

ToneReader::ToneReader(const Lexis& lexis) : words_(lexis.vocabulary) {}

void ToneReader::Sum::add(double unit, double times, double whole) {
  score += times * unit;
  weight += times * (unit < 0 ? -unit : unit);
  heaviest = std::max(heaviest, whole);
  ++units;
}

/// Korean says last what happened: with a verb of direction at the end, the rest is its reasons.
void ToneReader::favour_predicate(std::vector<Part>& parts) {
  const auto last = std::find_if(parts.rbegin(), parts.rend(), [](const Part& part) {
    return !part.units.empty();
  });
  if (last == parts.rend() || !last->units.back().predicate) return;
  ToneUnit& final_unit = last->units.back();
  for (Part& part : parts) {
    for (ToneUnit& unit : part.units) {
      if (&unit != &final_unit) unit.beside *= kBeforePredicate;
    }
  }
}

/// Beside what happens its reasons count less for the whole, and losses that shrink are no longer
/// bad by their name.
void ToneReader::favour_events(std::vector<Part>& parts) {
  bool event = false;
  bool relief = false;
  for (const Part& part : parts) {
    for (const ToneUnit& unit : part.units) {
      event = event || (!unit.reason && !unit.named);
      relief = relief || unit.relief;
    }
  }
  for (Part& part : parts) {
    for (ToneUnit& unit : part.units) {
      if (event && unit.reason) unit.beside = kBesideEvent;
    }
    if (relief) std::erase_if(part.units, [](const ToneUnit& unit) { return unit.named; });
  }
}

void ToneReader::add(const Scene& scene) {
  constexpr std::size_t kLeadSentences = 3;
  const bool headline = scene.field.field == model::Field::kHeadline;
  std::size_t count = 0;
  for (const text::Sentence& sentence : scene.sentences()) {
    const double base = headline ? kHeadlineWeight : count < kLeadSentences ? kLeadWeight : 1.0;
    ++count;
    auto parts = parts_of(scene, sentence.span, base);
    favour_events(parts);
    favour_predicate(parts);
    const Side* carried = nullptr;
    for (const Part& part : parts) {
      add_part(part, carried);
      if (!part.sides.empty()) carried = &part.sides.back();
    }
    share(parts, scene.field.text());
  }
}

/// One pass over the hits of a sentence for the words that make it weaker.
ToneReader::Turns ToneReader::turns_in(const Scene& scene, const ByteRange& sentence) const {
  Turns turns;
  for (const Hit& hit : scene.field.hits_in(sentence)) {
    if (hit.term != Term::kWord || hit.end > sentence.end) continue;
    turns.listing = turns.listing || hit.index == words_.listing;
    turns.flat = turns.flat || hit.index == words_.flat;
    if (hit.index == words_.contrast) turns.contrasts.push_back(hit.begin);
    if (hit.index == words_.doubt) turns.doubts.push_back(hit.begin);
  }
  return turns;
}

std::vector<ToneReader::Part> ToneReader::parts_of(const Scene& scene, const ByteRange& sentence,
                                                   double whole) const {
  const Turns turns = turns_in(scene, sentence);
  double base = whole;
  if (scene.field.cut(sentence).find('?') != std::string_view::npos) base *= kInDoubt;
  if (turns.listing || has_column_tag(scene.field.cut(sentence))) base *= kInListing;
  if (turns.flat) base *= kBesideFlat;
  const auto clauses = scene.clauses(sentence);
  std::vector<Part> parts;
  const catalog::LexiconEntry* open_measure = nullptr;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const auto stands_up_to = [&](const std::vector<std::uint32_t>& places, std::size_t end) {
      return std::any_of(places.begin(), places.end(), [&](std::uint32_t place) {
        return place >= clauses[i].begin && place < end;
      });
    };
    const auto actors = scene.actors_in(clauses[i]);
    Part part{tone_units(scene, clauses[i], actors, words_, open_measure), {}, {}};
    part.sides = sides_of(scene.field.text(), actors, part.units);
    const bool contrast_follows =
        i + 1 < clauses.size() && stands_up_to(turns.contrasts, clauses[i + 1].end);
    part.weight = {base * (contrast_follows ? kBeforeContrast : 1.0), whole};
    if (stands_up_to(turns.doubts, clauses[i].end)) part.weight.now *= kInDoubt;
    parts.push_back(std::move(part));
  }
  return parts;
}

void ToneReader::add_part(const Part& part, const Side* carried) {
  for (const ToneUnit& unit : part.units) {
    document_.add(unit.score * unit.beside, part.weight.now, part.weight.whole);
    add_to_sides(unit, part.sides, carried, part.weight);
  }
}

/// Who stands in a sentence that says one thing, and has no word of its own, shares it weakened:
/// "A leads gains, B and C follow". Not who speaks: "…: Broker C".
void ToneReader::share(const std::vector<Part>& parts, std::string_view text) {
  double sum = 0;
  double size = 0;
  int units = 0;
  for (const Part& part : parts) {
    for (const ToneUnit& unit : part.units) {
      if (unit.aim != ToneAim::kSubject) return;
      sum += unit.score;
      size += unit.score < 0 ? -unit.score : unit.score;
      ++units;
    }
  }
  if (units == 0 || (sum < 0 ? -sum : sum) < size) return;
  for (const Part& part : parts) {
    for (const Side& side : part.sides) {
      if (side.span.begin >= 2 && text.substr(side.span.begin - 2, 2) == ": ") continue;
      if (is_korean_oblique(text.substr(side.span.end)) && part.sides.size() > 1) continue;
      for (const std::uint32_t company : side.companies) {
        if (companies_[company].units > 0) continue;
        companies_[company].add(kShared * sum / units, part.weight.now, part.weight.whole);
      }
    }
  }
}

std::vector<ToneReader::Side> ToneReader::sides_of(std::string_view text,
                                                   const std::vector<Actor>& actors,
                                                   const std::vector<ToneUnit>& units) {
  std::vector<Side> sides;
  for (const Actor& actor : actors) {
    if (actor.type != model::SubjectType::kCompany) continue;
    const bool listed = !sides.empty() && actor.span.begin >= sides.back().span.end &&
                        actor.span.begin - sides.back().span.end <= kListGapBytes &&
                        !is_korean_oblique(text.substr(actor.span.end));
    const bool apart = std::any_of(units.begin(), units.end(), [&](const ToneUnit& unit) {
      return listed && unit.span.begin >= sides.back().span.end &&
             unit.span.end <= actor.span.begin;
    });
    if (!listed || apart) sides.push_back({actor.span, {}});
    Side& side = sides.back();
    side.span.end = std::max(side.span.end, actor.span.end);
    side.oblique = is_oblique(text, side.span);
    const bool again = std::find(side.companies.begin(), side.companies.end(), actor.index) !=
                       side.companies.end();
    if (!again) side.companies.push_back(actor.index);
  }
  return sides;
}

void ToneReader::add_to_sides(const ToneUnit& unit, const std::vector<Side>& sides,
                              const Side* carried, Weight weight) {
  const auto add_to = [&](const Side& side, double score) {
    for (const std::uint32_t company : side.companies) {
      companies_[company].add(score, weight.now, weight.whole);
    }
  };
  const auto behind = std::find_if(sides.begin(), sides.end(), [&](const Side& side) {
    return side.span.begin >= unit.span.begin;
  });
  const bool has_behind = behind != sides.end();
  const Side* before = behind == sides.begin() ? carried : &*(behind - 1);
  if (unit.aim == ToneAim::kSubject && before != nullptr && before->oblique && sides.size() > 1) {
    const auto straight = std::find_if(std::make_reverse_iterator(behind), sides.rend(),
                                       [](const Side& side) { return !side.oblique; });
    before = straight != sides.rend() ? &*straight : has_behind ? nullptr : before;
  }
  switch (unit.aim) {
    case ToneAim::kSubject:
      if (before != nullptr) add_to(*before, unit.score);
      else if (has_behind) add_to(*behind, unit.score);
      return;
    case ToneAim::kObject:
      if (has_behind && (!behind->oblique || before == nullptr)) add_to(*behind, unit.score);
      else if (before != nullptr && (has_behind || sides.size() <= 1)) add_to(*before, unit.score);
      return;
    case ToneAim::kRival:
      if (before != nullptr) add_to(*before, unit.score);
      if (has_behind) add_to(*behind, -unit.score);
      return;
    case ToneAim::kAll:
      for (const Side& side : sides) add_to(side, unit.score);
      if (sides.empty() && carried != nullptr) add_to(*carried, unit.score);
      return;
  }
}

model::Tone ToneReader::tone(const Sum& sum) {
  model::Tone tone;
  if (sum.units == 0) return tone;
  const double score = sum.score / (sum.weight + kHalf * sum.heaviest);
  const double size = score < 0 ? -score : score;
  tone.score = rounded(score);
  const double all = sum.score < 0 ? -sum.score : sum.score;
  const double balance = sum.weight > 0 ? all / sum.weight : 0;
  if (size > kNeutralBand) tone.label = sum.score > 0 ? ToneLabel::kPositive : ToneLabel::kNegative;
  const double amount = std::min(1.0, static_cast<double>(sum.units) / kCertainUnits);
  tone.confidence = rounded(0.3 + 0.3 * amount + 0.3 * balance);
  return tone;
}

model::Tone ToneReader::document() const { return tone(document_); }

model::Tone ToneReader::company(std::uint32_t index) const {
  const auto found = companies_.find(index);
  return found == companies_.end() ? model::Tone{} : tone(found->second);
}

}  // namespace wiremill::extract
