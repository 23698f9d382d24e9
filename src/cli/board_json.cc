#include "cli/board_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/ascii.h"
#include "telemetry/escape.h"
#include "text/utf8.h"
#include "wire/signal.h"

namespace wiremill::cli {
namespace {

/// The scope's own words are short; what is asked for may be anything.
constexpr std::size_t kAskedShown = 80;

/// How many characters must be put in, left out or replaced to make one of the other.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row[b.size()];
}

std::string nearest_to(std::string_view asked_as, const BoardView& board) {
  const std::string asked = base::lower_ascii(asked_as);
  std::string nearest;
  std::size_t least = std::string::npos;
  for (const auto& [scope, belief] : board.beliefs) {
    // "MSFT" means company/MSFT: what stands behind the slash is compared by itself too.
    const std::string whole = base::lower_ascii(scope);
    const std::string_view name = std::string_view(whole).substr(whole.find('/') + 1);
    const bool begins = whole.starts_with(asked) || name.starts_with(asked);
    const std::size_t edits =
        begins ? 0 : std::min(edits_between(asked, whole), edits_between(asked, name));
    if (edits >= least) continue;
    least = edits;
    nearest = scope;
  }
  return nearest;
}

std::string all_scopes_json(const BoardView& board) {
  std::string scopes;
  for (const auto& [name, belief] : board.beliefs) {
    scopes += fmt::format(
        "{}{{\"scope\":\"{}\",\"type\":\"{}\",\"as_of\":\"{}\",\"sequence\":{}}}",
        scopes.empty() ? "" : ",", telemetry::escaped(name), model::name_of(belief->type),
        base::to_rfc3339(belief->as_of), belief->sequence);
  }
  return fmt::format("{{\"known_until\":\"{}\",\"lanes\":{},\"scopes\":[{}]}}\n",
                     base::to_rfc3339(board.known_until), board.lanes, scopes);
}

}  // namespace

base::Result<std::string> recent_json(const BoardView& board, std::size_t limit,
                                      std::string_view kind) {
  if (!kind.empty() && !model::parse_name<model::ScopeType>(kind)) {
    return base::fail({base::ErrorKind::kRejected,
                       fmt::format("kind is \"{}\"; it is one of {}", kind.substr(0, kAskedShown),
                                   model::all_names<model::ScopeType>()),
                       "bad_kind"});
  }
  std::string signals;
  for (const SignalView& signal : board.recent) {
    if (limit == 0) break;
    if (!kind.empty() && model::name_of(signal->type) != kind) continue;
    signals += (signals.empty() ? "" : ",\n") + wire::encode_signal(*signal);
    --limit;
  }
  return "[" + signals + "]\n";
}

base::Result<std::string> state_json(const BoardView& board, std::string_view scope) {
  if (scope.empty()) return all_scopes_json(board);
  const auto found = board.beliefs.find(std::string(scope));
  if (found != board.beliefs.end()) return wire::encode_signal(*found->second) + "\n";
  const std::string_view asked = scope.substr(0, kAskedShown);
  std::string text = fmt::format("there is no scope \"{}\"; ", asked);
  if (board.beliefs.empty()) {
    text += board.lanes == 0 ? "this process holds no score lane (yet)"
                             : "nothing is believed of any scope yet";
  } else {
    text += fmt::format("the nearest of {} is \"{}\"; GET /api/v1/state lists them",
                        board.beliefs.size(), nearest_to(asked, board));
  }
  return base::fail({base::ErrorKind::kRejected, std::move(text), "unknown_scope"});
}

}  // namespace wiremill::cli
