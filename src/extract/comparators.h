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

/// What the next sentence of the paragraph says about a figure, when it speaks of nothing else:
/// "…2천억 달러를 쓴다. 지난해의 1310억 달러보다 50% 늘어난 금액이다.", "… 시장 예상치 142억 달러를 웃돈다."
struct Sequel {
  std::optional<model::Comparator> prior_year;
  std::optional<model::Direction> direction;
  std::optional<model::Surprise> surprise;
};
Sequel sequel_of(const Scene& scene, std::size_t sentence, const model::Figure& figure);

/// Where a figure stands against the expected one; none when one of them has no value.
std::optional<model::Surprise> against(const model::Figure& actual, const model::Figure& expected);

}  // namespace wiremill::extract
