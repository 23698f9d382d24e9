#pragma once
// Large lists of companies as others publish them, added to the catalogue: a plain CSV, a KRX
// listing CSV (UTF-8 or EUC-KR, with the exchange's own headers), the SEC's company_tickers.json.
// What a file is, its first bytes tell.
//
//   ListReport report = add_company_list("krx.csv", bytes, catalogue, mistakes);
//   report.added; report.merged; report.bad;          // counts; bad rows are named in `notices`
//
// It does not sort the catalogue or check names across companies: load() does.

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"

namespace wiremill::settings {
class Mistakes;
}

namespace wiremill::catalog {

struct ListReport {
  std::size_t rows = 0;
  std::size_t added = 0;
  std::size_t merged = 0;  ///< rows of companies that were there: they gain names
  std::size_t bad = 0;     ///< rows left out
  std::vector<std::string> notices;  ///< one line for each of the first bad rows, and the count
};

/// Rows that cannot be read are left out, named and counted while they are at most one in twenty
/// (or three in a short list); above that the file is not what it was taken for, and every one of
/// them is a mistake. So is a header without the columns that a list needs, JSON of another shape,
/// more than 200,000 rows, and text that is neither UTF-8 nor EUC-KR.
/// A row belongs to a company of the catalogue with its id, or with its ticker on its market.
ListReport add_company_list(const std::string& path, std::string_view bytes, Catalogue& catalogue,
                            settings::Mistakes& mistakes);

}  // namespace wiremill::catalog
