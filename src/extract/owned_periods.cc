#include "extract/owned_periods.h"

#include <algorithm>
#include <string_view>

namespace wiremill::extract {
namespace {

/// Of a figure and of the word that leads over to its period.
constexpr std::size_t kReachBytes = 80;

bool joins(std::string_view gap) { return gap == " and " || gap == ", " || gap == ", and "; }

/// The figure that ends here, if one does.
std::optional<std::size_t> figure_ending(const Scene& scene, std::size_t end) {
  const std::size_t from = end > kReachBytes ? end - kReachBytes : 0;
  for (const std::size_t index : scene.figures_in({from, end})) {
    if (scene.figures[index].span.end == end) return index;
  }
  return std::nullopt;
}

/// "$77.7 billion and $128.3 billion": ends of the amounts joined to the one that ends here, the
/// first one first.
std::vector<std::size_t> ends_of_row(const Scene& scene, std::size_t end) {
  std::vector<std::size_t> ends;
  for (auto index = figure_ending(scene, end); index;) {
    const PlacedFigure& placed = scene.figures[*index];
    ends.push_back(placed.span.end);
    const std::size_t from = placed.span.begin > kReachBytes ? placed.span.begin - kReachBytes : 0;
    std::optional<std::size_t> before;
    for (const std::size_t other : scene.figures_in({from, placed.span.begin})) {
      const PlacedFigure& one = scene.figures[other];
      const bool alike = one.figure.kind == placed.figure.kind;
      if (alike && joins(scene.field.cut({one.span.end, placed.span.begin}))) before = other;
    }
    index = before;
  }
  std::reverse(ends.begin(), ends.end());
  return ends;
}

/// "2024 and 2025": how many periods are joined, from the first of them on.
std::size_t length_of_row(const Scene& scene, const std::vector<PeriodMention>& mentions,
                          std::size_t first) {
  std::size_t next = first + 1;
  while (next < mentions.size() && mentions[next - 1].span.end <= mentions[next].span.begin &&
         joins(scene.field.cut({mentions[next - 1].span.end, mentions[next].span.begin}))) {
    ++next;
  }
  return next - first;
}

}  // namespace

std::optional<std::size_t> end_of_owner(const Scene& scene, const PeriodMention& mention) {
  auto before = std::string_view(scene.field.normal.lower).substr(0, mention.span.begin);
  if (before.ends_with(" the ")) before.remove_suffix(4);
  for (const std::string_view link : {" in ", " for ", " during "}) {
    if (!before.ends_with(link)) continue;
    const std::size_t end = before.size() - link.size();
    if (figure_ending(scene, end)) return end;
  }
  return std::nullopt;
}

const PeriodMention* owned_period(const Scene& scene, const std::vector<PeriodMention>& mentions,
                                  const ByteRange& anchor) {
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const auto owner = end_of_owner(scene, mentions[i]);
    if (!owner) continue;
    const auto ends = ends_of_row(scene, *owner);
    const bool in_order = ends.size() > 1 && length_of_row(scene, mentions, i) == ends.size();
    if (!in_order) {
      if (*owner == anchor.end) return &mentions[i];
      continue;
    }
    const auto at = std::find(ends.begin(), ends.end(), anchor.end);
    if (at != ends.end()) return &mentions[i + static_cast<std::size_t>(at - ends.begin())];
  }
  return nullptr;
}

}  // namespace wiremill::extract
