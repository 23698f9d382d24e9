#pragma once
// What Korean market reports say of shares by the company's name alone, without a word for the
// share: "삼성전자는 3.1% 올라", "마이크론 3.4%, 브로드컴 1.9% 상승", and of the money that went into them:
// "외국인이 1조원어치를 순매수했다".
//
//   build_moves(place, facts);   // place.rule is tagged "move" or "flow"
//
// The verb stands right behind the figure, the name in front of it with nothing in between that
// could have moved instead. What might happen is left out altogether: it is no move.

#include <vector>

#include "extract/prints.h"

namespace wiremill::extract {

/// Adds the moves of one sentence. Cost: linear in its figures.
void build_moves(const PrintPlace& place, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
