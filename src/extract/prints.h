#pragma once
// Readings: the print of a price index with its surprise against what was expected, and the level
// and move of a bond yield. Direction and surprise are two things: prices can rise and be softer
// than expected.

#include <vector>

#include "extract/comparators.h"
#include "extract/frames.h"

namespace wiremill::extract {

struct PrintPlace {
  const Scene& scene;
  const Setting& setting;
  const CompiledRule& rule;
  std::size_t sentence;
  const std::vector<FigurePart>& parts;
  const std::optional<Actor>& before;  ///< whom the sentence before spoke of
};

/// Adds the readings of one sentence. A rule tagged "print" reads an index, one tagged "yield" an
/// instrument, one tagged "fx" an exchange rate. Nothing is added where neither a figure nor
/// a surprise is said.
void build_prints(const PrintPlace& place, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
