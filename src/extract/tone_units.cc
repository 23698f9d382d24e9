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
/// "Not bad" is less than good; "less than feared" nearly is.
constexpr double kNegated = -0.6;
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

/// Behind a measure: it is a cause and not what moves ("우려에 하락", "falls on fears").
bool is_cause(const Scene& scene, std::size_t end) {
  constexpr std::array<std::string_view, 9> kCauses{"에도", "에 ",  "에,", "로 ", "속 ",
                                                    "감에", "으로", "탓",  "속에"};
  const std::string_view rest = std::string_view(scene.field.text()).substr(end);
  return std::any_of(kCauses.begin(), kCauses.end(),
                     [&](std::string_view cause) { return rest.starts_with(cause); });
}

/// No word stands there that makes what follows the reason or the aim of what is in front.
bool joins(std::string_view between) {
  constexpr std::array<std::string_view, 14> kApart{
      " on ",    " as ",   " amid ", " after ", " despite ", " to ",      " by ",
      " with ", " for ", " over ", " and ",   " due ",     " because ", " ahead "};
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
    if (mark.entry->role != ToneRole::kMeasure || is_cause(scene, mark.span.end)) continue;
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

/// "Profit fell less than feared": what stands in front of it means the contrary.
void lessen(const Scene& scene, const ByteRange& clause, const ToneWords& words,
            std::vector<ToneUnit>& units) {
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
      against(vocabulary.class_of("tone.against")) {}

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
    units.push_back({mark.span, score, mark.entry->aim});
  }
  lessen(scene, clause, words, units);
  if (!marks.empty()) {
    const Mark& last = marks.back();
    const bool open = last.entry->role == ToneRole::kMeasure && !last.taken;
    open_measure = open ? last.entry : nullptr;
  }
  return units;
}

}  // namespace wiremill::extract
