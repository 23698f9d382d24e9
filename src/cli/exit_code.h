#pragma once
// What the process's exit status says; documented in README and in --help.

#include "base/result.h"

namespace wiremill::cli {

enum class ExitCode : int {
  kDone = 0,
  kFailed = 1,       ///< we can no longer vouch for the outcome
  kRejected = 2,     ///< usage, configuration or catalogue is wrong: change something
  kUnavailable = 3,  ///< a broker, port or file is not there now: try again
  kDiffers = 4,      ///< a check was made and did not hold
  kInterrupted = 130,  ///< asked to stop before the work was done
};

/// Prints "wiremill: <text>" to stderr and gives the code that belongs to the kind.
ExitCode report(const base::Error& error);

}  // namespace wiremill::cli
