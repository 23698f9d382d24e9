#pragma once
// How far long work has come, on standard error: one line that is drawn again and again on a
// terminal, a plain line every few seconds elsewhere, and a last line when it was worth any.
//
//   Progress progress(bytes_of(files));
//   for (…) progress.show(counts);
//   progress.end(counts);

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "pipeline/replay.h"

namespace wiremill::cli {

/// Bytes of all files together; nothing when one of them has no length (standard input, a pipe).
std::optional<std::uint64_t> bytes_of(const std::vector<std::string>& files);

/// The line for people: how much of the total (if known), events, rates, dead letters, slowest.
std::string progress_line(const pipeline::ReplayCounts& counts, double seconds,
                          std::optional<std::uint64_t> bytes_total);
/// What is worth knowing at the end beside it: time of each stage, events that came late.
std::string closing_line(const pipeline::ReplayCounts& counts);

/// Threads: one. Cost of show(): a look at the clock, unless a line is due.
class Progress {
 public:
  /// `in_place`: standard error is a terminal, and nothing else is written to it meanwhile.
  Progress(std::optional<std::uint64_t> bytes_total, bool in_place);
  void show(const pipeline::ReplayCounts& counts);
  /// Silent for short work that nobody watches.
  void end(const pipeline::ReplayCounts& counts);

 private:
  void print(const pipeline::ReplayCounts& counts);

  std::optional<std::uint64_t> bytes_total_;
  bool in_place_;
  base::Stopwatch since_start_;
  double printed_ = 0;  ///< second of the last line
  bool any_ = false;
};

}  // namespace wiremill::cli
