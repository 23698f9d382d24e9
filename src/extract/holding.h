#pragma once
// Where the gate stands: facts that cannot be true are held with their reason, and an amount that
// lost its unit ("capex of $200") is let through to be held instead of being passed over.
//
//   hold_implausible(setting, record, facts);
//
// What cannot be true, `plausibility.h` says.

#include <vector>

#include "extract/frames.h"
#include "extract/rules.h"
#include "extract/scene.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// The figure fits the rule; or it would but for its size, and the sentence names a company whose
/// known figures can tell that.
bool may_lead(const Scene& scene, const Setting& setting, const ByteRange& sentence,
              const CompiledRule& rule, const model::Figure& figure);

/// Holds what cannot be true. A filing and a company's own release are flagged and not held: they
/// are what other texts are measured by. Too small an amount that is not held is taken out.
void hold_implausible(const Setting& setting, const model::FactsRecord& record,
                      std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
