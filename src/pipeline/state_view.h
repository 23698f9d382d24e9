#pragma once
// The score stage's state as one canonical text: equal for every order of the same input.

#include <optional>
#include <string>

#include "pipeline/topics.h"
#include "score/scorer.h"
#include "stream/stream.h"

namespace wiremill::pipeline {

/// NDJSON without the last line break: header, stories by id, the core of each scope. Cores stand
/// at the tick of `at`; without it at the tick of the newest received time that the state has seen.
std::string canonical_export(const score::Scorer& scorer, std::optional<base::Instant> at);

/// Reads the state topic up to its present end into the scorer. All score lanes keep every story,
/// so one scorer with one shard speaks for all of them. Errors: fatal for a record that cannot be
/// read (its key), those of Stream::scan.
[[nodiscard]] base::Result<void> load_state(stream::Stream& stream, const Topics& topics,
                                            score::Scorer& scorer);

}  // namespace wiremill::pipeline
