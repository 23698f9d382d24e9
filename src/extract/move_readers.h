#pragma once
// The two ways in which a move of shares is said. English puts the verb in front of its percentage
// and the name in front of the verb ("Vertiv gained 11% and Sandisk 6%"); Korean puts it behind
// ("마이크론 3.4%, 브로드컴 1.9% 상승"), and so it does with the money that went into them.
//
//   for (Move& move : read_verb_first(place)) …   // a rule tagged "move" and "verb_first"
//
// They only find who moved by what; what a fact says besides is the business of moves.h.

#include <vector>

#include "extract/circumstances.h"
#include "extract/prints.h"

namespace wiremill::extract {

struct Move {
  std::size_t figure;  ///< into scene.figures
  model::Subject subject;
  model::Direction direction;
  Circumstances how;
};

/// The moves of a sentence, by place. Cost: linear in its figures.
std::vector<Move> read_verb_first(const PrintPlace& place);
/// The same. What might happen is left out altogether: it is no move.
std::vector<Move> read_verb_last(const PrintPlace& place);

}  // namespace wiremill::extract
