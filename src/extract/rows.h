#pragma once
// What stands in a row, joined by "and" or a comma: figures, periods, names. Rows of one length go
// together in their order.
//
//   "$77.7 billion and $128.3 billion in 2024 and 2025"
//   "Amazon and Meta plan capital expenditures of $200 billion and $125 billion"
//
// A row of one is none.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/scene.h"

namespace wiremill::extract {

/// " and ", ", " and their like, and nothing else.
bool joins(const Scene& scene, std::string_view gap);

/// The figure that ends here, if one does.
std::optional<std::size_t> figure_ending(const Scene& scene, std::size_t end);

/// The figures joined with the one that ends here, itself among them, in the order of the text;
/// empty when none ends here.
std::vector<std::size_t> row_of_figures(const Scene& scene, std::size_t end);

/// The name that the figure ending at `end` belongs to because a row of names stands in front of
/// its row of figures; nullptr without such rows. Requires: `actors` in the order of the text.
const Actor* actor_in_row(const Scene& scene, const std::vector<Actor>& actors, std::size_t end);

}  // namespace wiremill::extract
