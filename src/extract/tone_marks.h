#pragma once
// The words of the tone lexicon where they stand in a clause, and in which place: what happens, why
// it happens, or in spite of what. What is only feared or hoped for is no mark.
//
//   tone_clause(scene, clause, actors, words).marks   // "Shares fall on fears of a slump": two
//
// Names are no words of the lexicon: a hit inside a company's name says nothing.

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
  ClassId flat;             ///< "mixed", "보합": whatever rose or fell beside it
  ClassId against;          ///< "compared with": the older of two figures stands behind
  ClassId until;            ///< "비해": the newer one does
  ClassId reason;           ///< "on", "amid": why it happens stands behind
  ClassId spite;            ///< "despite": it happens all the same
};

enum class TonePlace { kEvent, kReason, kInSpite };

struct ToneMark {
  ByteRange span;
  const catalog::LexiconEntry* entry = nullptr;
  TonePlace place = TonePlace::kEvent;
  bool latin = false;
  bool taken = false;  ///< a measure that has its move
};

/// What one pass over a clause finds.
struct ToneClause {
  std::vector<ToneMark> marks;               ///< in the order of the text; none overlaps another
  std::vector<ByteRange> negations_before;   ///< of what stands behind them
  std::vector<ByteRange> negations_behind;   ///< of what stands in front of them
  std::vector<ByteRange> lessened;           ///< "less than feared"
};

/// `actors`: of the clause, by place. Threads: any.
ToneClause tone_clause(const Scene& scene, const ByteRange& clause,
                       const std::vector<Actor>& actors, const ToneWords& words);

}  // namespace wiremill::extract
