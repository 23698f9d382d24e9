#pragma once
// Which figures of a sentence are what others are measured against: "vs $131bn in 2025", "raised to
// 65 from 60", "below the 0.3% economists expected", "예상치(0.3%)".

#include <optional>
#include <vector>

#include "extract/scene.h"
#include "model/fact.h"

namespace wiremill::extract {

/// For one figure of a sentence: the relation in which it is a comparator; none for a figure that
/// is stated for its own sake.
struct FigurePart {
  std::size_t figure = 0;  ///< index into scene.figures
  std::optional<model::Comparison> relation;
};

std::vector<FigurePart> read_parts(const Scene& scene, const ByteRange& sentence);

/// The comparator of `figure` among the parts: of its kind and currency, the nearest, better behind
/// it than before it. nullptr for none.
const FigurePart* comparator_of(const Scene& scene, const std::vector<FigurePart>& parts,
                                std::size_t figure);

}  // namespace wiremill::extract
