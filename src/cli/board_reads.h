#pragma once
// What page and terminal show of a board: chosen and ordered here, so that both say the same.
//
//   for (const ToldFact& told : newest_facts(board, 20)) …
//
// Everything borrows from the board it was read from.

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "cli/board.h"

namespace wiremill::cli {

/// The beliefs of one type, by scope.
std::vector<const model::Signal*> beliefs_of(const BoardView& board, model::ScopeType type);

/// Whether a set has closed by then; its last signal may be from before.
bool is_closed(const model::ScenarioView& set, base::Instant at);
/// The sets with their scenarios, open or closed by the newest event; the youngest first.
std::vector<const model::Signal*> sets_of(const BoardView& board, bool closed);

/// A fact that moved a set of scenarios, with the points it moved each.
struct Mover {
  const model::Because* because = nullptr;
  std::vector<std::pair<std::string, double>> points;  ///< by scenario, largest move first
  double largest = 0;                                  ///< size of the first
};
/// Largest move first.
std::vector<Mover> movers_of(const model::Signal& signal);

/// What it says, behind its subject's name: " guidance: 78 bn USD after 80.5 bn USD", ", denied".
std::string mover_words(const model::Because& because);
/// "14 days: no news of “A named large customer”"; empty where a silence moves nothing.
std::string silence_words(const model::Signal& signal, const catalog::Catalogue& catalogue);

/// A group's total, and by how much its members' figures differ from the year before.
struct GroupTotal {
  const model::LedgerEntry* entry = nullptr;
  std::optional<double> growth_percent;  ///< over the members that have both years
};
struct LedgerView {
  std::vector<GroupTotal> totals;                  ///< by group and period
  /// Of companies, by subject, metric, period; first those for whole years.
  std::vector<const model::LedgerEntry*> figures;
};
/// Capital spending; the other metrics of the ledgers when `capex` is false.
LedgerView ledger_of(const BoardView& board, bool capex);
/// By how much the figure differs from what was said before, in percent; nullopt when unknown.
std::optional<double> revision_percent(const model::LedgerEntry& entry);

/// A fact where it was told first, and how often since.
struct ToldFact {
  const model::FactsRecord* record = nullptr;
  const model::Fact* fact = nullptr;
  std::size_t again = 0;  ///< stories that repeat it
};
/// Asserted and no background.
bool is_told(const model::Fact& fact);
/// What it says: equal when another story says the same (who, what, how much, for when).
std::string fact_key(const model::FactsRecord& record, const model::Fact& fact);
/// Asserted facts that are no background, newest first; what many stories say stands once.
std::vector<ToldFact> newest_facts(const BoardView& board, std::size_t count);

/// Who published a story; empty when the board no longer has it.
std::string_view publisher_of(const BoardView& board, std::string_view story);

/// "capex ↑ · ~200 bn USD · 2026년", "planned" ("not planned", "denied"); with the subject in one.
std::string fact_details(const ToldFact& told, const catalog::Catalogue& catalogue);
std::string status_words(const model::Fact& fact);
std::string fact_words(const ToldFact& told, const catalog::Catalogue& catalogue);

}  // namespace wiremill::cli
