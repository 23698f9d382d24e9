#include "extract/owned_periods.h"

#include <algorithm>
#include <string_view>

#include "extract/rows.h"

namespace wiremill::extract {
namespace {

/// "2024 and 2025": how many periods are joined, from the first of them on.
std::size_t length_of_row(const Scene& scene, const std::vector<PeriodMention>& mentions,
                          std::size_t first) {
  std::size_t next = first + 1;
  while (next < mentions.size() && mentions[next - 1].span.end <= mentions[next].span.begin &&
         joins(scene,
               scene.field.cut({mentions[next - 1].span.end, mentions[next].span.begin}))) {
    ++next;
  }
  return next - first;
}

}  // namespace

std::optional<std::size_t> end_of_owner(const Scene& scene, const PeriodMention& mention) {
  const auto before = std::string_view(scene.field.normal.lower).substr(0, mention.span.begin);
  const std::size_t link = scene.lexis.beside.period_link.ended(before);
  if (link == 0 || !figure_ending(scene, before.size() - link)) return std::nullopt;
  return before.size() - link;
}

const PeriodMention* owned_period(const Scene& scene, const std::vector<PeriodMention>& mentions,
                                  const ByteRange& anchor) {
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const auto owner = end_of_owner(scene, mentions[i]);
    if (!owner) continue;
    const auto row = row_of_figures(scene, *owner);
    const bool in_order = row.size() > 1 && length_of_row(scene, mentions, i) == row.size();
    if (!in_order) {
      if (*owner == anchor.end) return &mentions[i];
      continue;
    }
    const auto at = std::find_if(row.begin(), row.end(), [&](std::size_t figure) {
      return scene.figures[figure].span.end == anchor.end;
    });
    if (at != row.end()) return &mentions[i + static_cast<std::size_t>(at - row.begin())];
  }
  return nullptr;
}

}  // namespace wiremill::extract
