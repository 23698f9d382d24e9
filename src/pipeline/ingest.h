#pragma once
// Events from outside (HTTP, files, standard input) into the input topics, checked before they are
// accepted so that the sender hears at once what is wrong.
//
//   Ingested done = ingest(stream, topics, {{1, line}}, BadLine::kRefuse);
//   done.refused[0];                    // {1, "missing_field", "published_at: is missing"}

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/topics.h"
#include "stream/stream.h"

namespace wiremill::pipeline {

/// One event as it was sent; `number` counts lines from 1. Borrows: the bytes, for the call.
struct Line {
  std::int64_t number = 1;
  std::string_view bytes;
};

struct Refused {
  std::int64_t line = 1;
  std::string reason;
  std::string detail;
};

struct Ingested {
  std::int64_t accepted = 0;
  std::vector<Refused> refused;
};

/// What to do with a line that is not an event.
enum class BadLine {
  kRefuse,  ///< name it and take in none of the lines (HTTP: the sender mends and sends again)
  kAppend,  ///< take it in all the same: it will stand in the dead letters (files, stdin)
};

/// Appends events to news, filings to the filings topic, keyed by story. Returns when they are
/// durable. Errors: those of Stream::append.
[[nodiscard]] base::Result<Ingested> ingest(stream::Stream& stream, const Topics& topics,
                                            const std::vector<Line>& lines, BadLine bad_line);

}  // namespace wiremill::pipeline
