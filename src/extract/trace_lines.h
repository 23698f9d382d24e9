#pragma once
// The words of `--explain`: what was found, how it was normalised, which rule fired, what was held.

#include <initializer_list>
#include <string>
#include <vector>

#include "extract/companies.h"
#include "extract/figures.h"
#include "extract/extract.h"
#include "extract/frames.h"

namespace wiremill::extract {

void explain_mentions(const model::FactsRecord& record,
                      std::initializer_list<const std::vector<PlacedFigure>*> figures,
                      const Companies& companies, Trace& trace);

void explain_fact(const model::FactsRecord& record, const PlacedFact& placed, Trace& trace);

}  // namespace wiremill::extract
