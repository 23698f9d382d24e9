#pragma once
// Tables of results in filings: the rows of revenue, operating income, net income and capital
// expenditure under a heading that names the months they cover.
//
//   (in millions)          Three Months Ended November 30,
//                               2025          2024
//   Total revenues         $  16,058     $  14,059      // the quarter's revenue, and a year before
//
// The first column is the fact, the second its comparison when its year is the one before. A label
// with other words behind it ("Revenue growth") is another row.

#include <vector>

#include "extract/frames.h"

namespace wiremill::extract {

/// The rule that such facts name: it is none of the catalogue's.
inline constexpr std::string_view kResultRow = "result.row";

/// Adds a fact for each kind of row, of the first such row in the text. Only in filings.
void read_result_rows(const Scene& body, const Setting& setting, std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
