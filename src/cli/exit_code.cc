#include "cli/exit_code.h"

#include <fmt/format.h>

#include <cstdio>

namespace wiremill::cli {

ExitCode report(const base::Error& error) {
  fmt::print(stderr, "wiremill: {}\n", error.text);
  switch (error.kind) {
    case base::ErrorKind::kMalformed:
    case base::ErrorKind::kRejected: return ExitCode::kRejected;
    case base::ErrorKind::kTransient: return ExitCode::kUnavailable;
    case base::ErrorKind::kFatal: return ExitCode::kFailed;
  }
  return ExitCode::kFailed;
}

}  // namespace wiremill::cli
