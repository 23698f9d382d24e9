#pragma once
// Listings of companies that the catalogue does not know: "the maker Acme Robotics (NYSE: ACME)".
//
//   out.unknown_in_body = unknown_listings(document.body, lexis, out.body);
//
// A bracket behind a known name is that company's, right or wrong, and none of these.

#include <vector>

#include "extract/companies.h"

namespace wiremill::extract {

/// In brackets, with an exchange, by place. Requires: `placed` by place.
std::vector<UnknownListing> unknown_listings(const FieldText& field, const Lexis& lexis,
                                             const std::vector<PlacedCompany>& placed);

}  // namespace wiremill::extract
