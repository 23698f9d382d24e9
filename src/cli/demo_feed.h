#pragma once
// The feed that the demo replays: files of events, put in the order in which they were received,
// and which of them are due when their clock runs faster.
//
//   Result<DemoFeed> feed = read_feed(*sample_files());
//   feed->due(0.5)                       // how many lines came in the first half of its time

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace wiremill::cli {

/// The files of events in the sample folder (*.ndjson but not expected-*), sorted. Errors: rejected
/// when there is no such folder or no such file in it.
[[nodiscard]] base::Result<std::vector<std::string>> sample_files();

struct FeedLine {
  base::Instant received;
  bool under_embargo = false;  ///< travels by a topic of its own: it must not overtake what follows
  std::string text;
};

struct DemoFeed {
  std::vector<FeedLine> lines;  ///< by time received; never empty

  base::Duration span() const { return lines.back().received - lines.front().received; }
  /// The feed's own time after `part` of its span, 0…1.
  base::Instant at(double part) const;
  /// How many lines have come by then.
  std::size_t due(base::Instant until) const;
};

/// A line that is no event stays behind the one before it: it is there to become a dead letter.
/// Errors: rejected when a file cannot be read or all are empty.
[[nodiscard]] base::Result<DemoFeed> read_feed(const std::vector<std::string>& files);

}  // namespace wiremill::cli
