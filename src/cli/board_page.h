#pragma once
// The board as one HTML page for a desk: scenario weights with the facts that moved them, the tone
// of sectors, the capex ledger, the newest facts with their words. Rendered here, no script; it
// asks for itself again every few seconds.
//
//   http::Page page = board_page(board.view(), catalogue);

#include "catalog/catalogue.h"
#include "cli/board.h"
#include "http/html.h"

namespace wiremill::cli {

/// Cost: a millisecond. All text from outside goes through http::Html.
http::Page board_page(const BoardView& board, const catalog::Catalogue& catalogue);

}  // namespace wiremill::cli
