#pragma once
// How shares moved, said of the company itself, without a word for the share: "Vertiv gained 11%",
// "삼성전자는 3.1% 올라"; and the money that went into them: "외국인이 1조원어치를 순매수했다".
//
//   build_moves(place, facts);   // place.rule is tagged "move" or "flow"
//
// The verb stands right beside the figure, and nothing between it and the name could have moved
// instead. Indices and targets have rules of their own.

#include <vector>

#include "extract/prints.h"

namespace wiremill::extract {

/// Adds the moves of one sentence. Cost: linear in its figures.
void build_moves(const PrintPlace& place, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
