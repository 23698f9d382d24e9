#pragma once
// Short names that several companies share (MS, 그록, LG): the full name elsewhere in the text, words
// nearby or the neighbours in a list decide, or nobody does and the name stays without a company.

#include <vector>

#include "extract/companies.h"

namespace wiremill::extract {

/// A short name as it stands, and whom it may mean.
struct OpenName {
  Hit hit;
  std::vector<std::uint32_t> candidates;  ///< indices into catalogue.companies
};

/// Adds the mention to `placed`, in its place, and says so when the text decides. `other` are the
/// mentions of the other field.
bool settle_name(const FieldText& field, const Lexis& lexis, const OpenName& open,
                 const std::vector<PlacedCompany>& other, std::vector<PlacedCompany>& placed);

}  // namespace wiremill::extract
