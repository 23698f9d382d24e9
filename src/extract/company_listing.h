#pragma once
// The companies of a document as the record lists them: one entry each, with all its mentions, how
// relevant the document is to it, and what its brackets say against the catalogue.

#include <string>
#include <vector>

#include "extract/companies.h"

namespace wiremill::extract {

/// By relevance, then id. Relevance, 0…1, is a function of place and count: a headline first, an
/// early place in the body next, a little for every repetition and for being what a sentence at
/// the front speaks of; less for a company that stands in long lists only.
std::vector<model::CompanyInText> list_companies(const Document& document, const Companies& found,
                                                 const model::Event& event, const Lexis& lexis,
                                                 const Options& options);

}  // namespace wiremill::extract
