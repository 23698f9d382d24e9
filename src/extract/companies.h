#pragma once
// Which companies a text speaks of, and where: names with particles, cashtags, exchange prefixes,
// brackets, codes; never a piece of another word, never a common word that happens to be a ticker.
//
//   Companies found = find_companies(document, event, lexis, options, trace);
//   found.body       // placed mentions, for the frames
//   found.listed     // the record's companies with relevance and flags, tone still open

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/lexis.h"
#include "model/event.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// A mention in one field, resolved to a company of the catalogue.
struct PlacedCompany {
  ByteRange span;
  std::uint32_t company = 0;  ///< index into catalogue.companies
  model::MentionBy by = model::MentionBy::kAlias;
};

/// A listing of a company that the catalogue does not know: "Name (EXCH: TICK)".
struct UnknownListing {
  ByteRange name;    ///< empty when no name stands in front
  ByteRange symbol;
  std::uint32_t exchange = 0;  ///< index into catalogue.exchanges
};

struct Companies {
  std::vector<PlacedCompany> headline;  ///< by place
  std::vector<PlacedCompany> body;
  std::vector<UnknownListing> unknown_in_headline;
  std::vector<UnknownListing> unknown_in_body;
  std::vector<model::CompanyInText> listed;  ///< by relevance, then id
  std::optional<std::uint32_t> issuer;       ///< of a filing, by its code or name
  std::vector<std::string> notes;            ///< for the trace: what was not taken and why
  bool ambiguous = false;  ///< a short name stayed without a company
};

Companies find_companies(const Document& document, const model::Event& event, const Lexis& lexis,
                         const Options& options, Work& work);

}  // namespace wiremill::extract
