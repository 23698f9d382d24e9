#pragma once
// The board as JSON: what GET /api/v1/… answers. Signals are the records of the output topic
// (schemas/signal.schema.json), byte for byte in the same form.
//
//   recent_json(board.view(), 10, "sector")      // [{"schema":"wiremill.signal",…},…]
//   state_json(board.view(), "sector/memry")     // rejected: … the nearest is "sector/memory" …

#include <string>
#include <string_view>

#include "cli/board.h"

namespace wiremill::cli {

/// Newest first. `kind`: a type of scope, empty for all. Errors: rejected, naming the kinds.
[[nodiscard]] base::Result<std::string> recent_json(const BoardView& board, std::size_t limit,
                                                    std::string_view kind);

/// The belief of a scope; without one the list of all scopes. Errors: rejected (reason
/// "unknown_scope"), naming the nearest one.
[[nodiscard]] base::Result<std::string> state_json(const BoardView& board, std::string_view scope);

}  // namespace wiremill::cli
