#pragma once
// Ctrl-C and SIGTERM as a flag that loops look at.
//
//   const std::atomic<bool>& stop = stop_on_signals();
//   while (!stop) …

#include <atomic>

namespace wiremill::cli {

/// From now on SIGINT and SIGTERM make the flag true instead of ending the process, and writing
/// into a closed pipe fails instead of ending it. Threads: from main, before others start.
const std::atomic<bool>& stop_on_signals();

}  // namespace wiremill::cli
