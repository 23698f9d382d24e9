#pragma once
// The parts of the page that board_page.cc puts together. Private to this room.
//
//   add_facts(html, board, catalogue);       // one <section>

#include "cli/board_page.h"

namespace wiremill::cli {

/// Each set of scenarios with its weights and what moved them.
void add_scenarios(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);
void add_sectors(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);
/// Capital spending, or the other figures of the ledgers.
void add_ledger(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue,
                bool capex);
void add_facts(http::Html& html, const BoardView& board, const catalog::Catalogue& catalogue);

/// A number with its sign in a cell of its own, coloured; a dash when there is none.
void add_signed(http::Html& html, std::optional<double> value, int decimals,
                std::string_view unit);

}  // namespace wiremill::cli
