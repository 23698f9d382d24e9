#pragma once
// Whose figure a print is that names no country: "The January rise in consumer prices was 1.0 pct"
// under "Sweden revises its inflation figure" is Sweden's, and nobody's default.

#include <vector>

#include "extract/frames.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// Readings whose sentence names no country take the one that the headline names, or the body's
/// first sentence. Where those name several and not the rule's own, the reading is dropped.
void settle_countries(const Scene& headline, const Scene& body, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
