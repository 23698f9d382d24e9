#pragma once
// What becomes of a fact when it is set against time, the expected and the sentence that follows:
// a plan for a year that is over is what was spent, "up to" an amount binds nobody, the value of
// the year before may stand in the next sentence.
//
//   go_on(scene, sentence, figure, fact);   // "… Last year it was $131 billion."
//   settle_time(setting, fact);

#include <string>
#include <vector>

#include "extract/comparators.h"
#include "extract/frames.h"
#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// Kinds where an amount is a promise to somebody.
bool is_commitment(model::FactKind kind);

/// Takes what the next sentence adds to a plan or a forecast: last year's value, where it stands
/// against the expected.
void go_on(const Scene& scene, std::size_t sentence, const model::Figure& figure,
           model::Fact& fact);

/// Where the consensus stands beside it, the analysts' number is what the company's is measured
/// against: the company speaks.
void own_beside_consensus(const Setting& setting, const std::vector<FigurePart>& parts,
                          model::Fact& fact);

/// "Up to" an amount binds nobody to it, for kinds where an amount is a commitment.
void settle_bound(const Scene& scene, const CompiledRule& rule, model::Fact& fact);

/// A rule tagged "ahead" tells of what is to come, one tagged "over" of what has been.
bool is_out_of_time(const Setting& setting, const CompiledRule& rule, const model::Fact& fact);

/// The period of a forecast ended before the text appeared: what it tells is no forecast.
bool is_over(const Setting& setting, const model::Fact& fact);

/// A plan for a year that is over is what was spent, and no news.
void settle_time(const Setting& setting, model::Fact& fact);

}  // namespace wiremill::extract
