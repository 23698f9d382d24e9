#include "extract/respective.h"

#include <algorithm>

#include "extract/settling.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kJointBytes = 16;
constexpr std::size_t kNamesToFiguresBytes = 90;

/// "과 ", "와 연결 ", ", ", "·": what stands between two members of a list.
bool is_joint(const Scene& scene, std::string_view gap) {
  return gap.size() <= kJointBytes && scene.lexis.beside.list_joint.begin(gap);
}

/// "(12%↑)와 " as "와 ": what a figure has in brackets is said of it alone.
std::string_view behind_brackets(std::string_view gap) {
  if (!gap.starts_with('(')) return gap;
  const auto close = gap.find(')');
  return close == std::string_view::npos ? gap : gap.substr(close + 1);
}

/// The figures in one list with this one, by place, and which of them it is.
struct Row {
  std::vector<std::size_t> figures;
  std::size_t place = 0;
};

Row row_of(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  Row row;
  for (const std::size_t index : scene.figures_in(sentence)) {
    const PlacedFigure& one = scene.figures[index];
    if (one.figure.kind != placed.figure.kind || !one.figure.converts.empty()) continue;
    const bool joined =
        !row.figures.empty() &&
        is_joint(scene, behind_brackets(scene.field.cut(
            {scene.figures[row.figures.back()].span.end, one.span.begin})));
    const bool past = one.span.begin > placed.span.begin;
    if (!joined && past) break;
    if (!joined) row.figures.clear();
    if (one.span.begin == placed.span.begin) row.place = row.figures.size();
    row.figures.push_back(index);
  }
  return row;
}

/// Of names by place, the last `count` that are joined to a list and end before `to`.
template <class Name, class Span>
std::vector<Name> list_before(const Scene& scene, const std::vector<Name>& names, std::size_t to,
                              std::size_t count, Span&& span_of) {
  std::vector<Name> found;
  std::vector<Name> run;
  const auto keep = [&] {
    if (run.size() == count) found = run;
    run.clear();
  };
  for (const Name& name : names) {
    const ByteRange span = span_of(name);
    if (span.end > to) break;
    const bool joined =
        !run.empty() && is_joint(scene, scene.field.cut({span_of(run.back()).end, span.begin}));
    if (!joined) keep();
    run.push_back(name);
  }
  keep();
  const bool near = !found.empty() && to - span_of(found.back()).end <= kNamesToFiguresBytes;
  return near ? found : std::vector<Name>{};
}

}  // namespace

const Hit* respective_measure(const Scene& scene, const ByteRange& sentence,
                              const PlacedFigure& placed) {
  const Row row = row_of(scene, sentence, placed);
  if (row.figures.size() < 2) return nullptr;
  std::vector<const Hit*> names;
  std::size_t covered = 0;
  for (const Hit& hit : scene.field.hits_in(sentence)) {
    if (hit.begin < covered || Lexis::name_in(scene.lexis.measures, hit).empty()) continue;
    covered = hit.end;
    names.push_back(&hit);
  }
  const std::size_t to = scene.figures[row.figures.front()].span.begin;
  const auto list = list_before(scene, names, to, row.figures.size(), [](const Hit* hit) {
    return ByteRange{hit->begin, hit->end};
  });
  // Between the list and its figures no other measure stands.
  const bool last = !list.empty() && std::none_of(names.begin(), names.end(), [&](const Hit* hit) {
    return hit->begin > list.back()->begin && hit->end <= to;
  });
  return last ? list[row.place] : nullptr;
}

std::optional<BoundSubject> respective_subject(const Scene& scene, const ByteRange& sentence,
                                               const PlacedFigure& placed) {
  const Row row = row_of(scene, sentence, placed);
  if (row.figures.size() < 2) return std::nullopt;
  const std::size_t to = scene.figures[row.figures.front()].span.begin;
  const auto list = list_before(scene, scene.actors_in(sentence), to, row.figures.size(),
                                [](const Actor& actor) { return actor.span; });
  if (list.empty()) return std::nullopt;
  const std::string_view between = scene.field.cut({list.back().span.end, to});
  if (!scene.lexis.beside.list_each.stand_in(between)) return std::nullopt;
  const Actor& actor = list[row.place];
  BoundSubject bound;
  bound.subject = subject_of(scene, actor);
  bound.span = actor.span;
  if (actor.type == model::SubjectType::kCompany) bound.company = actor.index;
  return bound;
}

bool is_other_side(const Scene& scene, const ByteRange& sentence, const CompiledRule& rule,
                   const BoundSubject& bound) {
  using model::Role;
  const bool acts = rule.role == Role::kSupplier || rule.role == Role::kSpender ||
                    rule.role == Role::kAcquirer || rule.role == Role::kBorrower;
  if (!acts || bound.span.begin == bound.span.end) return false;
  if (scene.field.has(scene.lexis.orders_from, {bound.span.end, sentence.end})) return false;
  const std::string_view behind = scene.field.text().substr(bound.span.end);
  return scene.lexis.beside.receiver_behind.begin(behind) &&
         !scene.lexis.beside.source_behind.begin(behind);
}

std::string sum_behind(const Scene& scene, std::size_t sentence, const CompiledRule& rule) {
  const auto& kinds = rule.figure_kinds;
  const auto money = std::find(kinds.begin(), kinds.end(), model::FigureKind::kMoney);
  if (money == kinds.end() || !is_commitment(rule.kind)) return {};
  if (sentence + 1 >= scene.sentences().size()) return {};
  const text::Sentence& next = scene.sentences()[sentence + 1];
  const bool begins = scene.lexis.beside.sum_begins.begin(scene.field.cut(next.span));
  if (!begins || next.line != scene.sentences()[sentence].line) return {};
  if (!scene.actors_in(next.span).empty()) return {};
  std::string found;
  for (const std::size_t index : scene.figures_in(next.span)) {
    const model::Figure& figure = scene.figures[index].figure;
    if (figure.kind != model::FigureKind::kMoney || !figure.converts.empty()) continue;
    if (!found.empty() || figure.bound == model::Bound::kVague || !figure.per.empty()) return {};
    found = figure.id;
  }
  return found;
}

}  // namespace wiremill::extract
