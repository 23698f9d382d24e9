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
  bool says_company = false;  ///< what stands beside it says that a company is meant
};

/// Adds the mentions that the text decides to `placed`, in their places; how many it left open.
/// `other` are the mentions of the other field.
std::size_t settle_names(const FieldText& field, const Lexis& lexis,
                         const std::vector<OpenName>& open,
                         const std::vector<PlacedCompany>& other,
                         std::vector<PlacedCompany>& placed);

}  // namespace wiremill::extract
