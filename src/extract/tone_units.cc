#include "extract/tone_units.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using catalog::LexiconEntry;
using catalog::ToneRole;

/// How far, in bytes, a measure stands in front of its move or behind it, a negation from its
/// word, "less than feared" from what it turns.
constexpr std::size_t kMeasureBeforeBytes = 64;
constexpr std::size_t kMeasureBehindBytes = 24;
constexpr std::size_t kNegationBytes = 28;
constexpr std::size_t kLessBytes = 48;
constexpr std::size_t kReasonBytes = 28;
/// A bad thing named and moved within a few words: "fears ease", but not "fears … shares fall".
constexpr std::size_t kBadMeasureBytes = 20;
/// A reason says less than what happens, what is overcome says least.
constexpr double kOfReason = 0.6;
/// Of a measure that is greater than a year ago, when no verb says by how much.
constexpr double kCompared = 0.5;
constexpr double kOfOvercome = 0.3;
/// "Not bad" is less than good, and so is "less than feared".
constexpr double kNegated = -0.7;
constexpr double kLessened = -0.7;

/// A word of the lexicon where it stands.
struct Mark {
  ByteRange span;
  const LexiconEntry* entry = nullptr;
  bool taken = false;  ///< a measure that has its move
};

std::vector<Mark> find_marks(const Scene& scene, const ByteRange& clause,
                             const std::vector<Actor>& actors) {
  std::vector<Mark> marks;
  std::size_t covered = 0;
  std::size_t name = 0;
  for (const Hit& hit : scene.field.hits_in(clause)) {
    if (hit.term != Term::kLexicon || hit.begin < covered || hit.end > clause.end) continue;
    while (name < actors.size() && actors[name].span.end <= hit.begin) ++name;
    const bool in_name = name < actors.size() && actors[name].span.begin < hit.end &&
                         actors[name].type == model::SubjectType::kCompany;
    if (in_name) continue;
    covered = hit.end;
    marks.push_back({{hit.begin, hit.end}, &scene.lexis.catalogue.reading.lexicon[hit.index]});
  }
  return marks;
}

/// What stands there is the reason and not what happens ("우려에 하락"), or what happens in spite
/// of it ("화재에도 상승").
enum class Place { kEvent, kReason, kInSpite };

Place place_by_particle(std::string_view rest) {
  constexpr std::array<std::string_view, 8> kReasons{"에 ",  "에,", "에.", "로 ",
                                                     "속 ", "속에", "탓", "으로"};
  if (rest.starts_with("에도") || rest.starts_with("에서도")) return Place::kInSpite;
  const bool reason = std::any_of(kReasons.begin(), kReasons.end(), [&](std::string_view one) {
    return rest.starts_with(one);
  });
  return reason ? Place::kReason : Place::kEvent;
}

Place place_of(const Scene& scene, const ByteRange& clause, const ByteRange& span) {
  const std::string_view text = scene.field.text();
  const Place korean = place_by_particle(text.substr(span.end));
  if (korean != Place::kEvent || !text::is_word(text[span.begin])) return korean;
  constexpr std::array<std::string_view, 4> kReasonWords{" on ", " amid ", " after ", " ahead of "};
  constexpr std::array<std::string_view, 3> kSpiteWords{"despite ", " even as ", " shrug"};
  const std::size_t from = std::max(clause.begin, span.begin - std::min(span.begin, kReasonBytes));
  const std::string_view before = text.substr(from, span.begin - from);
  const auto has = [&](std::string_view word) { return before.find(word) != before.npos; };
  if (std::any_of(kSpiteWords.begin(), kSpiteWords.end(), has)) return Place::kInSpite;
  const bool reason = std::any_of(kReasonWords.begin(), kReasonWords.end(), has);
  return reason ? Place::kReason : Place::kEvent;
}

/// No word stands there that makes what follows the reason or the aim of what is in front.
bool joins(std::string_view between) {
  constexpr std::array<std::string_view, 14> kApart{
      " on ",    " as ",   " amid ", " after ", " despite ", " to ",      " by ",
      " with ", " for ", " over ", " while ", " due ",     " because ", " ahead "};
  return between.find_first_of(",:(") == std::string_view::npos &&
         std::none_of(kApart.begin(), kApart.end(), [&](std::string_view word) {
           return between.find(word) != std::string_view::npos;
         });
}

/// The free measure in front of move `at`, nothing when another move stands between.
Mark* measure_before(const Scene& scene, std::vector<Mark>& marks, std::size_t at) {
  for (std::size_t i = at; i-- > 0;) {
    Mark& mark = marks[i];
    if (marks[at].span.begin - mark.span.end > kMeasureBeforeBytes) return nullptr;
    if (mark.entry->role == ToneRole::kMove) return nullptr;
    if (mark.entry->role != ToneRole::kMeasure) continue;
    const std::string_view text = scene.field.text();
    if (place_by_particle(text.substr(mark.span.end)) != Place::kEvent) continue;
    const bool latin = text::is_word(text[marks[at].span.begin]);
    if (latin && !joins(scene.field.cut({mark.span.end, marks[at].span.begin}))) continue;
    const std::string_view between = scene.field.cut({mark.span.end, marks[at].span.begin});
    const bool near = between.size() <= kBadMeasureBytes;
    if (mark.entry->score < 0 && mark.entry->alone > 0 && latin && !near) continue;
    // "확진자 발생에 진단주 강세": what rises is another's.
    if (mark.entry->score < 0 && !latin && between.find("에 ") != between.npos) continue;
    return mark.taken ? nullptr : &mark;
  }
  return nullptr;
}

/// The measure behind it: "lower costs", "늘어난 매출".
Mark* measure_behind(const Scene& scene, std::vector<Mark>& marks, std::size_t at) {
  if (at + 1 >= marks.size()) return nullptr;
  Mark& next = marks[at + 1];
  const std::size_t end = marks[at].span.end;
  if (next.entry->role != ToneRole::kMeasure || next.span.begin < end) return nullptr;
  const bool latin = text::is_word(scene.field.text()[end - 1]);
  const std::size_t gap = next.span.begin - end;
  if (gap > (latin ? kMeasureBehindBytes : 1)) return nullptr;
  return joins(scene.field.cut({end, next.span.begin})) ? &next : nullptr;
}

double score_of_move(const Scene& scene, std::vector<Mark>& marks, std::size_t at,
                     const LexiconEntry* open_measure) {
  const LexiconEntry& move = *marks[at].entry;
  Mark* const before = measure_before(scene, marks, at);
  Mark* const behind = measure_behind(scene, marks, at);
  Mark* measure = before == nullptr ? behind : before;
  if (before != nullptr && behind != nullptr &&
      distance(behind->span, marks[at].span) < distance(before->span, marks[at].span)) {
    measure = behind;
  }
  if (measure == nullptr && open_measure != nullptr && at == 0) {
    return move.score * open_measure->score;
  }
  if (measure == nullptr) return move.score * move.alone;
  measure->taken = true;
  return move.score * measure->entry->score;
}

bool is_negated(const Scene& scene, const ByteRange& clause, const ByteRange& span,
                const ToneWords& words) {
  const std::size_t from = span.begin > kNegationBytes ? span.begin - kNegationBytes : 0;
  if (scene.field.has(words.negation_before, {std::max(clause.begin, from), span.begin})) {
    return true;
  }
  return scene.field.has(words.negation_after,
                         {span.end, std::min(clause.end, span.end + kNegationBytes)});
}

/// "Operating profit was EUR 9m, compared with EUR 12m": the newer figure against the older one.
void compare_figures(const Scene& scene, const ByteRange& clause, const ToneWords& words,
                     const std::vector<Mark>& marks, std::vector<ToneUnit>& units) {
  const auto in_clause = scene.figures_in(clause);
  for (std::size_t i = 0; i + 1 < in_clause.size(); ++i) {
    const PlacedFigure* newer = &scene.figures[in_clause[i]];
    const PlacedFigure* older = &scene.figures[in_clause[i + 1]];
    const ByteRange between{newer->span.end, older->span.begin};
    if (between.begin >= between.end || newer->figure.kind != older->figure.kind ||
        newer->figure.currency != older->figure.currency) {
      continue;
    }
    if (scene.field.has(words.until, between)) {
      std::swap(newer, older);
    } else if (!scene.field.has(words.against, between)) {
      continue;
    }
    const auto owner = std::find_if(marks.rbegin(), marks.rend(), [&](const Mark& mark) {
      return mark.span.end <= newer->span.begin;
    });
    if (owner == marks.rend() || owner->entry->role != ToneRole::kMeasure || owner->taken) continue;
    const auto now = newer->figure.representative();
    const auto then = older->figure.representative();
    if (!now || !then || *now == *then) continue;
    const double way = (*now < *then ? -kCompared : kCompared) * owner->entry->score;
    units.push_back({owner->span, way, catalog::ToneAim::kSubject, false});
    ++i;
  }
}

/// "Profit fell less than feared": what stands in front of it means the contrary.
void lessen(const Scene& scene, const ByteRange& clause, const ToneWords& words,
            std::vector<ToneUnit>& units) {
  std::sort(units.begin(), units.end(), [](const ToneUnit& a, const ToneUnit& b) {
    return a.span.begin < b.span.begin;
  });
  for (const Hit& hit : scene.field.hits_in(clause)) {
    if (hit.term != Term::kWord || hit.index != words.less) continue;
    const auto behind = std::find_if(units.begin(), units.end(), [&](const ToneUnit& unit) {
      return unit.span.begin >= hit.begin;
    });
    if (behind == units.begin()) continue;
    ToneUnit& turned = *(behind - 1);
    if (hit.begin - std::min<std::size_t>(hit.begin, turned.span.end) > kLessBytes) continue;
    turned.score *= kLessened;
  }
}

}  // namespace

ToneWords::ToneWords(const Vocabulary& vocabulary)
    : contrast(vocabulary.class_of("tone.contrast")),
      negation_before(vocabulary.class_of("tone.negation_before")),
      negation_after(vocabulary.class_of("tone.negation_after")),
      less(vocabulary.class_of("tone.less")), doubt(vocabulary.class_of("tone.doubt")),
      listing(vocabulary.class_of("tone.listing")),
      against(vocabulary.class_of("tone.against")), until(vocabulary.class_of("tone.until")) {}

std::vector<ToneUnit> tone_units(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors, const ToneWords& words,
                                 const LexiconEntry*& open_measure) {
  std::vector<ToneUnit> units;
  std::vector<Mark> marks = find_marks(scene, clause, actors);
  std::vector<double> scores;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool move = marks[i].entry->role == ToneRole::kMove;
    scores.push_back(move ? score_of_move(scene, marks, i, open_measure) : marks[i].entry->score);
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    double score = scores[i];
    if (mark.entry->role == ToneRole::kMeasure) score *= mark.taken ? 0 : mark.entry->alone;
    if (score == 0) continue;
    if (is_negated(scene, clause, mark.span, words)) score *= kNegated;
    const Place place = place_of(scene, clause, mark.span);
    if (place != Place::kEvent) score *= place == Place::kReason ? kOfReason : kOfOvercome;
    const bool latin = text::is_word(scene.field.text()[mark.span.begin]);
    const bool verb = mark.entry->role == ToneRole::kMove && !latin;
    units.push_back({mark.span, score, mark.entry->aim, verb && place == Place::kEvent});
  }
  compare_figures(scene, clause, words, marks, units);
  lessen(scene, clause, words, units);
  if (!marks.empty()) {
    const Mark& last = marks.back();
    const bool open = last.entry->role == ToneRole::kMeasure && !last.taken;
    open_measure = open ? last.entry : nullptr;
  }
  return units;
}

}  // namespace wiremill::extract
