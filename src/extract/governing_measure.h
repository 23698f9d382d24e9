#pragma once
// What a figure measures: of the words for measures around it ("capex", "revenue", 영업이익) the one
// that governs it. The nearest one, in front rather than behind, and not across another figure.
//
//   const Hit* measure = governing_measure(scene, sentence, placed);

#include "extract/scene.h"

namespace wiremill::extract {

/// The word that says what a figure measures: the nearest one, in front rather than behind. nullptr
/// when the sentence has none.
const Hit* governing_measure(const Scene& scene, const ByteRange& sentence,
                             const PlacedFigure& figure);

}  // namespace wiremill::extract
