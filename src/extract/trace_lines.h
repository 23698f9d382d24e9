#pragma once
// The words of `--explain`: what was found, how it was normalised, which rule fired, what was held.

#include <initializer_list>
#include <string>
#include <vector>

#include "extract/companies.h"
#include "extract/figures.h"
#include "extract/extract.h"

namespace wiremill::extract {

void explain_mentions(const model::FactsRecord& record,
                      std::initializer_list<const std::vector<PlacedFigure>*> figures,
                      const Companies& companies, Trace& trace);

/// `note` is which words decided about its circumstances.
void explain_fact(const model::FactsRecord& record, const model::Fact& fact,
                  const std::string& note, Trace& trace);

}  // namespace wiremill::extract
