#pragma once
// Listings as texts write them: "(NASDAQ: NVDA)", "(NYSE:ABC, XYZ)", "(코스피 005930)",
// "000660.KS", "AMZN.O".
//
//   for (const Listing& one : listings_in_bracket(field, lexis, at)) one.symbol;

#include <optional>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/lexis.h"

namespace wiremill::extract {

struct Listing {
  ByteRange span;  ///< the symbol alone
  std::optional<std::uint32_t> exchange;  ///< index into catalogue.exchanges, when it is named
};

/// The listings in the bracket that opens at `at`; none when something else stands in it.
std::vector<Listing> listings_in_bracket(const FieldText& field, const Lexis& lexis,
                                         std::size_t at);

/// The exchange named in front of a symbol that begins at `begin`: "NYSE: ", "코스닥 ".
std::optional<std::uint32_t> exchange_before(const FieldText& field, std::size_t begin);

/// The exchange whose suffix stands behind a symbol that ends at `end`: ".KS".
std::optional<std::uint32_t> exchange_behind(const FieldText& field, const Lexis& lexis,
                                             std::size_t end);

/// Both are of one numbering: one market, or two of the United States.
bool same_market(const catalog::Catalogue& catalogue, std::string_view company_exchange,
                 std::uint32_t exchange);

}  // namespace wiremill::extract
