#pragma once
// A fold as a signal: the words, quotes and links that a reader needs to check it.

#include "model/signal.h"
#include "score/fold.h"

namespace wiremill::score {

/// What was the value an hour and a day before; fixed spans, so that two runs agree.
struct Changes {
  model::Values an_hour_ago;
  model::Values a_day_ago;
};

/// Everything but cause, sequence and times of the lane.
model::Signal render(const Scope& scope, const Fold& now, const Changes& changes,
                     const Program& program);

}  // namespace wiremill::score
