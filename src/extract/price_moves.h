#pragma once
// How shares moved, said in English of the company itself: "Vertiv gained 11% and Sandisk 6%",
// "shares of Arista fell 9%", "Vertiv closed 4.6% lower". A move is a verb of moving right before a
// percentage and a name right before the verb, so that sales that rise are no price.
//
//   build_price_moves(scene, setting, index, before, facts);
//
// It reads neither indices nor targets; those have rules of their own.

#include <optional>
#include <vector>

#include "extract/frames.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// `before`: the company that the sentence before spoke of, for "The stock fell 5%".
void build_price_moves(const Scene& scene, const Setting& setting, std::size_t index,
                       const std::optional<Actor>& before, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
