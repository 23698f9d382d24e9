#include <fmt/format.h>

#include "score/scorer.h"

namespace wiremill::score {

std::optional<base::Error> mistakes_in(const Options& options) {
  std::string mistakes;
  const auto within = [&](std::string_view name, auto value, auto low, auto high) {
    if (value >= low && value <= high) return;
    mistakes += fmt::format("{}score option {} is {}, must be in {}…{}",
                            mistakes.empty() ? "" : "\n", name, value, low, high);
  };
  using std::chrono::duration_cast;
  using std::chrono::hours;
  using std::chrono::seconds;
  within("tick (s)", duration_cast<seconds>(options.tick).count(), 1, 3600);
  within("lateness (h)", duration_cast<hours>(options.lateness).count(), 24, 30 * 24);
  within("scope_facts_max", options.scope_facts_max, 1U, 100'000U);
  within("claim_mentions_max", options.claim_mentions_max, 10U, 100'000U);
  within("stories_max", options.stories_max, 1U, 10'000'000U);
  within("versions_max", options.versions_max, 2U, 1000U);
  within("drops_max", options.drops_max, 1U, 100'000U);
  within("because_max", options.because_max, 1U, 100U);
  within("ledger_max", options.ledger_max, 1U, 10'000U);
  within("between_tick_move", options.between_tick_move, 0.0, 1.0);
  within("shards", options.shards, 1U, 1024U);
  within("shard", options.shard, 0U, options.shards == 0 ? 0U : options.shards - 1);
  if (mistakes.empty()) return std::nullopt;
  return base::Error{base::ErrorKind::kRejected, std::move(mistakes)};
}

}  // namespace wiremill::score
