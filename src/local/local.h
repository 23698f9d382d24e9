#pragma once
// The embedded log: `stream` over one SQLite file, or over memory for tests. Topics,
// partitions, offsets, lanes and units mean what they mean on Kafka; there is one process and one
// writer at a time.
//
//   auto stream = local::open({.folder = "/var/lib/wiremill"}, clock, events);
//   (*stream)->append({{"news", "key", "value", {}}});
//
// What it does not do: share a folder between processes (the second one is refused), replicate.

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "stream/stream.h"

namespace wiremill::local {

struct Options {
  /// Where log.sqlite3 and its lock live; made when missing. ":memory:" keeps all in memory, where
  /// nothing is ever expired or compacted.
  std::string folder = ":memory:";
};

/// Opens the log. Several streams of one process may share a folder: they see the same records,
/// and a newer stream takes a lane away from an older one (whose lane then answers kLost).
/// Durable: what append() or commit() has answered survives a power cut (WAL, synchronous=FULL).
/// Retention and compaction run when a folder is opened and then hourly.
/// Borrows: the clock, which stamps `Record::appended`, until the stream is destroyed.
/// Errors: rejected (folder in use by another process, not writable, not our file).
[[nodiscard]] base::Result<std::unique_ptr<stream::Stream>> open(const Options& options,
                                                                 const base::Clock& clock,
                                                                 stream::StreamEvents events);

/// Version of the database library that runs, "3.40.1".
std::string library_version();

}  // namespace wiremill::local
