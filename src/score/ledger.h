#pragma once
// The ledger: for a subject, a metric and a period the figure that stands now, with its status and
// what was said before. Group totals are summed here, apart from those that were stated.
//
//   for (const auto& line : ledger_of(scope, {t}, program, 200)) line->entry…
//
// Amounts stay exact decimals; nothing here decays.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "model/signal.h"
#include "score/scope.h"

namespace wiremill::score {

/// "200000000000 USD", "-0.1 percentage_points", "4…5 GW"; empty without a figure.
std::string value_text(const model::Figure* figure);

/// The statement that an entry shows; a denial leaves the figure before it as history only.
/// nullptr: the claim has no entry.
const Statement* shown_statement(const Claim& claim, const Account& account,
                                 const Program& program);

std::shared_ptr<const LedgerLine> line_of(model::LedgerEntry entry);

/// The entries of the scope's claims of the ledger's kinds, by subject, metric, variant, period;
/// at most `entries_max`, those with the newest statements. Requires: a moment of now.
std::vector<std::shared_ptr<const LedgerLine>> ledger_of(const Scope& scope, Moment moment,
                                                         const Program& program,
                                                         std::size_t entries_max);

/// A total over two or more members of a group, in the currency in which most of them have
/// figures, and the same members' total a year before.
struct GroupTotal {
  std::string period;
  std::string unit;
  base::Decimal total;
  std::vector<std::string> members;    ///< whose figures are in it
  std::vector<std::string> compared;   ///< those that have a figure for the year before as well
  base::Decimal now_of_compared;
  base::Decimal before_of_compared;
  base::Instant at;  ///< of the newest figure in it
};

/// At most one total for each annual period, by period.
std::vector<GroupTotal> group_totals(const Scope& scope, Moment moment, const Program& program);

model::LedgerEntry entry_of(const GroupTotal& total, const std::string& group,
                            const std::string& metric);

}  // namespace wiremill::score
