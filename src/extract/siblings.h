#pragma once
// Facts of one document that say the same at different length: the headline in short, the body in
// full. What one leaves out it takes from the other, so that they are one claim.

#include <vector>

#include "extract/frames.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// A repeated amount takes the period that is given with it once; a fact of the headline takes
/// metric, period and figure from the first fact of the body that says the same of its subject.
/// `record` holds the figures. Cost: facts squared, and facts are bounded.
void share_particulars(const model::FactsRecord& record, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
