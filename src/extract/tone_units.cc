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
/// A bad thing named and moved within a few words: "fears ease", but not "fears … shares fall".
constexpr std::size_t kBadMeasureBytes = 20;
/// So many marks back a move's topic may stand; a clause with more is no sentence of anybody's.
constexpr std::size_t kMarksBackMax = 32;
/// A reason says less than what happens, what is overcome says least.
constexpr double kOfReason = 0.6;
constexpr double kOfOvercome = 0.3;
/// Of a measure that is greater than a year ago, when no verb says by how much.
constexpr double kCompared = 0.5;
/// "Not bad" is less than good, and so is "less than feared".
constexpr double kNegated = -0.7;
constexpr double kLessened = -0.7;

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
ToneMark* measure_before(const Scene& scene, std::vector<ToneMark>& marks, std::size_t at) {
  for (std::size_t i = at; i-- > 0;) {
    ToneMark& mark = marks[i];
    if (marks[at].span.begin - mark.span.end > kMeasureBeforeBytes) return nullptr;
    if (mark.entry->role == ToneRole::kMove) return nullptr;
    if (mark.entry->role != ToneRole::kMeasure) continue;
    if (!mark.latin && mark.place != TonePlace::kEvent) continue;
    const bool latin = marks[at].latin;
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

/// Bytes of the Korean verb form that goes on at `at` and describes the next word ("늘어난 매출"),
/// 0 when none does: "하락 우려" is no such form.
std::size_t attributive_length(std::string_view text, std::size_t at) {
  constexpr char32_t kFirst = 0xAC00;
  constexpr char32_t kFinals = 28;
  constexpr char32_t kFinalN = 4;
  constexpr std::size_t kSyllable = 3;
  constexpr std::size_t kFormBytesMax = 10 * kSyllable;
  std::size_t end = at;
  for (std::size_t next = at; next < text.size(); end = next) {
    if (!text::is_hangul(text::next_code_point(text, next))) break;
    if (next > at + kFormBytesMax) return 0;  // so long a word is no form of a verb
  }
  std::size_t last = end - kSyllable;
  const char32_t syllable = text::next_code_point(text, last);
  const bool describes = text::is_hangul(syllable) && (syllable - kFirst) % kFinals == kFinalN;
  return describes && text.substr(end).starts_with(' ') ? end - at + 1 : 0;
}

/// The measure behind it: "lower costs", "늘어난 매출".
ToneMark* measure_behind(const Scene& scene, std::vector<ToneMark>& marks, std::size_t at) {
  if (at + 1 >= marks.size()) return nullptr;
  ToneMark& next = marks[at + 1];
  const std::size_t end = marks[at].span.end;
  if (next.entry->role != ToneRole::kMeasure || next.span.begin < end) return nullptr;
  const std::size_t gap = next.span.begin - end;
  if (!marks[at].latin) {
    const std::size_t form = attributive_length(scene.field.text(), end);
    return form > 0 && gap <= form ? &next : nullptr;
  }
  if (gap > kMeasureBehindBytes) return nullptr;
  return joins(scene.field.cut({end, next.span.begin})) ? &next : nullptr;
}

/// What else the move can be about: the measure that the clause in front left open, or one that
/// says nothing, whatever it has done before ("환율 연고점 찍고 하락"); but "금리 인상에 은행주 강세".
const LexiconEntry* silent_topic(const std::vector<ToneMark>& marks, std::size_t at,
                                 const LexiconEntry* open_measure) {
  const std::size_t from = at > kMarksBackMax ? at - kMarksBackMax : 0;
  for (std::size_t i = at; i-- > from && marks[i].place == TonePlace::kEvent;) {
    if (marks[i].entry->role != ToneRole::kMeasure) continue;
    return marks[i].entry->score == 0 ? marks[i].entry : nullptr;
  }
  return at == 0 ? open_measure : nullptr;
}

/// What a move comes to with its measure, if it has one.
struct Moved {
  double score = 0;
  const LexiconEntry* measure = nullptr;
};

Moved move_with_measure(const Scene& scene, std::vector<ToneMark>& marks, std::size_t at,
                        const LexiconEntry* open_measure) {
  const LexiconEntry& move = *marks[at].entry;
  ToneMark* const before = measure_before(scene, marks, at);
  ToneMark* const behind = measure_behind(scene, marks, at);
  ToneMark* mark = before == nullptr ? behind : before;
  if (before != nullptr && behind != nullptr &&
      distance(behind->span, marks[at].span) < distance(before->span, marks[at].span)) {
    mark = behind;
  }
  if (mark != nullptr) mark->taken = true;
  const LexiconEntry* const measure =
      mark != nullptr ? mark->entry : silent_topic(marks, at, open_measure);
  return {move.score * (measure == nullptr ? move.alone : measure->score), measure};
}

/// A comma between keeps the negation of one thing from the next.
bool is_negated(const Scene& scene, const ToneClause& found, const ByteRange& span) {
  const auto in_front = [&](const ByteRange& word) {
    return word.end <= span.begin && span.begin - word.begin <= kNegationBytes &&
           scene.field.cut({word.end, span.begin}).find(", ") == std::string_view::npos;
  };
  const auto behind = [&](const ByteRange& word) {
    return word.begin >= span.end && word.end - span.end <= kNegationBytes;
  };
  return std::any_of(found.negations_before.begin(), found.negations_before.end(), in_front) ||
         std::any_of(found.negations_behind.begin(), found.negations_behind.end(), behind);
}

/// "Operating profit was EUR 9m, compared with EUR 12m": the newer figure against the older one.
void compare_figures(const Scene& scene, const ByteRange& clause, const ToneWords& words,
                     const std::vector<ToneMark>& marks, std::vector<ToneUnit>& units) {
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
    const auto owner = std::find_if(marks.rbegin(), marks.rend(), [&](const ToneMark& mark) {
      return mark.span.end <= newer->span.begin;
    });
    if (owner == marks.rend() || owner->entry->role != ToneRole::kMeasure || owner->taken) continue;
    const auto now = newer->figure.representative();
    const auto then = older->figure.representative();
    if (!now || !then || *now == *then) continue;
    const double way = (*now < *then ? -kCompared : kCompared) * owner->entry->score;
    units.push_back({owner->span, way});
    ++i;
  }
}

/// "Profit fell less than feared": what stands in front of it means the contrary.
void lessen(const std::vector<ByteRange>& lessened, std::vector<ToneUnit>& units) {
  std::sort(units.begin(), units.end(), [](const ToneUnit& a, const ToneUnit& b) {
    return a.span.begin < b.span.begin;
  });
  for (const ByteRange& less : lessened) {
    const auto behind = std::partition_point(
        units.begin(), units.end(),
        [&](const ToneUnit& unit) { return unit.span.begin < less.begin; });
    if (behind == units.begin()) continue;
    ToneUnit& turned = *(behind - 1);
    if (less.begin - std::min<std::size_t>(less.begin, turned.span.end) > kLessBytes) continue;
    turned.score *= kLessened;
  }
}

/// What the mark says, with its measure when it is a move; a score of 0 says nothing.
ToneUnit unit_of(const Scene& scene, const ToneClause& found, const ToneMark& mark,
                 const Moved& moved) {
  ToneUnit unit{mark.span, moved.score, mark.entry->aim};
  if (mark.entry->role == ToneRole::kMeasure) unit.score *= mark.taken ? 0 : mark.entry->alone;
  if (unit.score == 0) return unit;
  unit.named = mark.entry->role == ToneRole::kMeasure && unit.score < 0;
  const LexiconEntry* const measure = moved.measure;
  if (measure != nullptr) {
    unit.relief = measure->score < 0 && measure->alone > 0 && unit.score > 0;
    if (mark.latin && unit.aim == catalog::ToneAim::kSubject) unit.aim = measure->aim;
  }
  if (is_negated(scene, found, mark.span)) unit.score *= kNegated;
  unit.reason = mark.place != TonePlace::kEvent;
  if (unit.reason) unit.score *= mark.place == TonePlace::kReason ? kOfReason : kOfOvercome;
  unit.predicate = mark.entry->role == ToneRole::kMove && !mark.latin && !unit.reason;
  return unit;
}

}  // namespace

std::vector<ToneUnit> tone_units(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors, const ToneWords& words,
                                 const LexiconEntry*& open_measure) {
  std::vector<ToneUnit> units;
  ToneClause found = tone_clause(scene, clause, actors, words);
  std::vector<ToneMark>& marks = found.marks;
  if (marks.empty()) return units;
  // "… on China jitters; Vedanta falls": who is named begins a matter of his own.
  if (!actors.empty() && actors.front().span.begin < marks.front().span.begin) {
    open_measure = nullptr;
  }
  std::vector<Moved> moved;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool move = marks[i].entry->role == ToneRole::kMove;
    moved.push_back(move ? move_with_measure(scene, marks, i, open_measure)
                         : Moved{marks[i].entry->score, nullptr});
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const ToneUnit unit = unit_of(scene, found, marks[i], moved[i]);
    if (unit.score != 0) units.push_back(unit);
  }
  compare_figures(scene, clause, words, marks, units);
  lessen(found.lessened, units);
  const ToneMark& last = marks.back();
  const bool open = last.entry->role == ToneRole::kMeasure && !last.taken &&
                    last.place == TonePlace::kEvent;
  open_measure = open ? last.entry : nullptr;
  return units;
}

}  // namespace wiremill::extract
