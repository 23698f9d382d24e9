#pragma once
// What a clause says in tone: its words joined to units, each with a score and whom it is about. A
// move ("falls") takes its meaning from the measure beside it ("profit", "losses"), negation and
// "less than feared" turn a unit round, a reason says less than what happens.
//
//   tone_units(scene, clause, actors, words, open)   // "Losses narrowed, sales rose": +0.5, +0.6

#include <vector>

#include "extract/tone_marks.h"

namespace wiremill::extract {

struct ToneUnit {
  ByteRange span;
  double score = 0;  ///< -1…1
  catalog::ToneAim aim = catalog::ToneAim::kSubject;
  /// A Korean word that is no reason: at the end of a sentence it is the news.
  bool predicate = false;
  bool reason = false;  ///< why, or in spite of what, it happens
  bool named = false;   ///< something bad, by its name alone: "losses"
  bool relief = false;  ///< something bad that goes away
  double beside = 1;    ///< what it counts for the whole text beside other units
};

/// In the order of the text. `actors`: of the clause, by place. `open_measure`: the one that the
/// clause in front has left without a move ("Operating loss of $2m; up 12%"), and then this one's;
/// nullptr for none. Threads: any.
std::vector<ToneUnit> tone_units(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors, const ToneWords& words,
                                 const catalog::LexiconEntry*& open_measure);

}  // namespace wiremill::extract
