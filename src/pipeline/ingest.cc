#include "pipeline/ingest.h"

#include "wire/event.h"

namespace wiremill::pipeline {

base::Result<Ingested> ingest(stream::Stream& stream, const Topics& topics,
                              const std::vector<Line>& lines, BadLine bad_line) {
  Ingested done;
  std::vector<stream::Output> outputs;
  for (const Line& line : lines) {
    const auto decoded = wire::decode_event(line.bytes);
    if (!decoded) {
      done.refused.push_back({line.number, decoded.error().reason, decoded.error().text});
      if (bad_line == BadLine::kRefuse) continue;
    }
    const bool is_filing = decoded && decoded->event.filing;
    outputs.push_back({.topic = is_filing ? topics.filings : topics.news,
                       .key = decoded ? decoded->event.story_id : "",
                       .value = std::string(line.bytes),
                       .headers = {}});
  }
  if (bad_line == BadLine::kRefuse && !done.refused.empty()) return done;
  if (const auto appended = stream.append(outputs); !appended) {
    return base::fail(appended.error());
  }
  done.accepted = static_cast<std::int64_t>(outputs.size());
  return done;
}

}  // namespace wiremill::pipeline
