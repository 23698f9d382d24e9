#pragma once
// What follows from who speaks: an analyst's note estimates, a policymaker's advice is a stance, a
// revision is the company's own, and a number above the consensus is a surprise.
//
//   if (form == Form::kAnalystNote) analyst_speaks(how, fact);
//
// Claimants themselves are read in circumstances.h; nothing is searched in the text here.

#include "extract/circumstances.h"
#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// "Rates should stay", "in no hurry to cut": what a policymaker says so is the stance itself.
void quote_speaker(const Label& label, const CompiledRule& rule, model::Fact& fact);

/// In an analyst's note what no company is said to have said is the analyst's own estimate.
void analyst_speaks(const Circumstances& how, model::Fact& fact);

/// "Raised its capital spending forecast from 350 to 500": nobody else revises it.
void own_revision(model::Fact& fact);

/// "… above the $18.3 billion consensus": of results and guidance the numbers say it themselves.
void measure_against_consensus(const Scene& scene, model::Fact& fact);

/// "모건스탠리는 구글의 자본지출을 … 추정했다": a bank that speaks of another company of the sentence.
bool is_forecaster(const Scene& scene, const ByteRange& sentence, const Actor& actor,
                   const std::vector<Actor>& actors);

}  // namespace wiremill::extract
