#pragma once
// Numbers, times and words of our records as a desk reads them, the same on page and terminal.
//
//   amount_text({"70000000000", "90000000000", "range", "USD"})     // "70–90 bn USD"
//   amount_of("-0.1 percentage_points")                              // "−0.1 points"
//
// Rounded for reading: the exact decimals stand in the records.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "catalog/catalogue.h"
#include "model/fact.h"

namespace wiremill::cli {

/// An amount as ledgers and evidence write it: decimal texts, a bound's name, currency or unit.
struct Amount {
  std::string_view low;
  std::string_view high;
  std::string_view bound = "exact";
  std::string_view unit;
};
/// "≥ 125 bn USD"; empty when there is no number.
std::string amount_text(const Amount& amount);
/// "200000000000 USD" or "5…7 percent", as Because::value has it.
std::string amount_of(std::string_view value);
/// "guided 125000000000 USD", as LedgerEntry::history has it.
std::string history_text(std::string_view entry);
/// "by_date ..2028-12-31" → "by 2028", as LedgerEntry::period has it.
std::string period_text(std::string_view period);
/// The number in such an entry, the middle of a range.
std::optional<double> number_in(std::string_view value);

/// "+3.2", "−0.1", "0.0": with a true minus sign.
std::string signed_text(double value, int decimals);
/// "16 Feb 2026" and "16 Feb 01:05", both UTC.
std::string day_text(base::Instant at);
std::string minute_text(base::Instant at);
/// "data_centre" → "data centre".
std::string plain(std::string_view word);

/// The catalogue's names; the id itself when the catalogue does not know it. An id alone is that
/// of a company or a group: of whom the ledger speaks.
std::string name_of_subject(const catalog::Catalogue& catalogue, const model::Subject& subject);
std::string name_of_spender(const catalog::Catalogue& catalogue, std::string_view id);
std::string name_of_metric(const catalog::Catalogue& catalogue, std::string_view id);
const catalog::Pack* pack_of(const catalog::Catalogue& catalogue, std::string_view id);
const catalog::Scenario* scenario_of(const catalog::Pack* pack, std::string_view id);

}  // namespace wiremill::cli
