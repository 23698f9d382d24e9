#pragma once
// What a bracket behind a company's name says against the catalogue: another ticker, or that a
// listed company were private. The catalogue wins; the flag stays.

#include <string>
#include <vector>

#include "extract/companies.h"

namespace wiremill::extract {

/// "ticker_conflict", "listing_conflict".
std::vector<std::string> flags_behind_name(const FieldText& field, const Lexis& lexis,
                                           const PlacedCompany& mention);

}  // namespace wiremill::extract
