#pragma once
// The parts of the page that board_page.cc puts together. Private to this room.
//
//   add_facts(html, board, catalogue);       // one <section>

#include "cli/board_page.h"

namespace wiremill::cli {

/// Each set of scenarios with its weights and what moved them.
void add_scenarios(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);
void add_sectors(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);
/// Sets that have closed by the newest event, in brief.
void add_closed(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);
/// Capital spending, or the other figures of the ledgers.
void add_ledger(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue,
                bool capex);
void add_facts(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);

/// Where words come from: time, publisher, headline. What stands above in the same words is not
/// said again.
struct Origin {
  base::Instant at;
  std::string_view publisher;
  std::string_view headline;
  std::string_view url;
  std::string_view quote;
};
void add_origin(http::Html& html, const Origin& origin, std::string_view more);

/// A number with its sign in a cell of its own, coloured; a dash when there is none.
void add_signed(http::Html& html, std::optional<double> value, int decimals,
                std::string_view unit);

}  // namespace wiremill::cli
