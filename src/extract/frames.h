#pragma once
// Facts from rules: in every sentence the rules whose words stand there are tried, and each joins
// its words, a figure, a subject, a period and the circumstances to a fact.
//
// A rule that needs a figure gives one fact for each figure that its measure governs (a list of
// companies gives a list of facts); any other gives one fact for the clause.

#include <string>
#include <vector>

#include "extract/binding.h"
#include "extract/extract.h"
#include "extract/periods.h"
#include "extract/plausibility.h"
#include "extract/presence.h"
#include "extract/rules.h"
#include "extract/scene.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// What does not change from sentence to sentence.
struct Setting {
  const model::Event& event;
  const model::EventHeader& header;
  const Lexis& lexis;
  const RuleIndex& index;
  const PeriodReader& periods;
  const Plausibility& plausibility;
  std::optional<std::uint32_t> main_company;  ///< of headline or symbols, when there is just one
  std::string unknown_company;                ///< named in front or by symbol, not catalogued
  std::size_t facts_max;
  std::string via;                            ///< family of the outlet that the text quotes
};

/// A fact with the place that it hangs on, until the record is put together.
struct PlacedFact {
  model::Fact fact;
  ByteRange anchor;
  std::string note;     ///< for the trace
  std::string because;  ///< it is held, for the trace
};

/// Adds the facts of one field. Figures are named by their ids.
void build_facts(const Scene& scene, const Setting& setting, Trace& trace,
                 std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
