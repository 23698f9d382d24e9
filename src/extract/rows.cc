#include "extract/rows.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

/// Of a figure, and of what may stand between two of a row.
constexpr std::size_t kReachBytes = 80;

bool are_joined(const Scene& scene, const PlacedFigure& one, const PlacedFigure& other) {
  return one.figure.kind == other.figure.kind && one.span.end < other.span.begin &&
         joins(scene, scene.field.cut({one.span.end, other.span.begin}));
}

std::optional<std::size_t> before(const Scene& scene, std::size_t index) {
  const PlacedFigure& placed = scene.figures[index];
  const std::size_t from = placed.span.begin > kReachBytes ? placed.span.begin - kReachBytes : 0;
  for (const std::size_t other : scene.figures_in({from, placed.span.begin})) {
    if (are_joined(scene, scene.figures[other], placed)) return other;
  }
  return std::nullopt;
}

std::optional<std::size_t> behind(const Scene& scene, std::size_t index) {
  const PlacedFigure& placed = scene.figures[index];
  for (const std::size_t other :
       scene.figures_in({placed.span.end, placed.span.end + kReachBytes})) {
    if (are_joined(scene, placed, scene.figures[other])) return other;
  }
  return std::nullopt;
}

}  // namespace

bool joins(const Scene& scene, std::string_view gap) {
  return scene.lexis.beside.row_joined.are(gap);
}

std::optional<std::size_t> figure_ending(const Scene& scene, std::size_t end) {
  const std::size_t from = end > kReachBytes ? end - kReachBytes : 0;
  for (const std::size_t index : scene.figures_in({from, end})) {
    if (scene.figures[index].span.end == end) return index;
  }
  return std::nullopt;
}

std::vector<std::size_t> row_of_figures(const Scene& scene, std::size_t end) {
  std::vector<std::size_t> row;
  const auto here = figure_ending(scene, end);
  for (auto index = here; index; index = before(scene, *index)) row.push_back(*index);
  std::reverse(row.begin(), row.end());
  if (!here) return row;
  for (auto index = behind(scene, *here); index; index = behind(scene, *index)) {
    row.push_back(*index);
  }
  return row;
}

const Actor* actor_in_row(const Scene& scene, const std::vector<Actor>& actors, std::size_t end) {
  const auto row = row_of_figures(scene, end);
  if (row.size() < 2) return nullptr;
  const std::size_t begin = scene.figures[row.front()].span.begin;
  // The names right in front of the first figure, as long as they are joined.
  std::vector<const Actor*> names;
  for (auto actor = actors.rbegin(); actor != actors.rend(); ++actor) {
    if (actor->span.end > begin || actor->in_brackets) continue;
    const bool joined =
        names.empty() ||
        joins(scene, scene.field.cut({actor->span.end, names.back()->span.begin}));
    if (!joined) break;
    names.push_back(&*actor);
  }
  if (names.size() != row.size()) return nullptr;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (scene.figures[row[i]].span.end == end) return names[row.size() - 1 - i];
  }
  return nullptr;
}

}  // namespace wiremill::extract
