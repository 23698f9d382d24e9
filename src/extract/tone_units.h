#pragma once
// What a clause says in tone: its words joined to units, each with a score and whom it is about. A
// move ("falls") takes its meaning from the measure beside it ("profit", "losses"), negation and
// "less than feared" turn a unit round, doubt makes it weaker.
//
//   tone_units(scene, clause, words)   // "Losses narrowed, sales rose": +0.5, +0.6
//
// Names and figures are no words of the lexicon: a hit inside a company's name says nothing.

#include <vector>

#include "catalog/reading.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// The word classes that change what a unit says.
struct ToneWords {
  explicit ToneWords(const Vocabulary& vocabulary);

  ClassId contrast;         ///< "but": what stands in front weighs less
  ClassId negation_before;  ///< "not", "안"
  ClassId negation_after;   ///< "않", "없"
  ClassId less;             ///< "less than feared": turns what stands in front
  ClassId doubt;            ///< "may", "whether", "까": what is not said to be so
  ClassId listing;          ///< "stocks to watch": names and no view
  ClassId against;          ///< "compared with": the older of two figures stands behind
  ClassId until;            ///< "비해": the newer one does
};

struct ToneUnit {
  ByteRange span;
  double score = 0;  ///< -1…1
  catalog::ToneAim aim = catalog::ToneAim::kSubject;
  /// A Korean verb of direction that is no reason: at the end of a sentence it is the news.
  bool predicate = false;
};

/// In the order of the text. `actors`: of the clause, by place. `open_measure`: the one that the
/// clause in front has left without a move ("Operating loss of $2m; up 12%"), and then this one's;
/// nullptr for none. Threads: any.
std::vector<ToneUnit> tone_units(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors, const ToneWords& words,
                                 const catalog::LexiconEntry*& open_measure);

}  // namespace wiremill::extract
