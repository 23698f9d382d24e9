#pragma once
// What one claim weighs on a company or a sector: its row, and the evidence behind its shares.
//
//   const Row& row = row_of(weighed, scope, moment, program);    // kept while nothing changes
//   evidence_of(*weighed.claim, row.shares[0], moment, program)
//
// A share is the part of evidence that sums need. Evidence is worked out again for the few shares
// that are shown: keeping it for all would cost more memory than the facts.

#include "score/fold.h"

namespace wiremill::score {

/// The claim's row as of the moment. A row of now is kept; others are made in `spare`.
/// Borrows: until the claim changes or the next call with the same `spare`.
const Row& row_of(const Scope::Weighed& weighed, const Scope& scope, Moment moment,
                  const Program& program, Row& spare);

/// Requires: the share is of the claim's row as of the moment.
Evidence evidence_of(const Claim& claim, const Share& share, Moment moment,
                     const Program& program);

/// Of evidence without an impact: the tone of a text.
inline constexpr std::string_view kToneAspect = "tone";
inline constexpr std::string_view kToneRule = "document_tone";
std::string_view rule_of(const Share& share, const Program& program);
std::string_view aspect_of(const Share& share, const Program& program);

}  // namespace wiremill::score
