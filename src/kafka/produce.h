#pragma once
// Handing one record to a producer, and holding it against its topic's limit first.
//
//   if (auto fits = check_size(topics, line)) produce(client, line, nullptr, until);

#include <optional>
#include <string_view>

#include "base/time.h"
#include "kafka/client.h"
#include "kafka/topics.h"

namespace wiremill::kafka {

/// One record to write; borrows everything.
struct Line {
  std::string_view topic;
  std::int32_t partition = RD_KAFKA_PARTITION_UA;  ///< unassigned: by key
  std::string_view key;
  std::optional<std::string_view> value;
  const stream::Headers* headers = nullptr;
};

Line line_of(const stream::Output& output);

/// The topic's limit in bytes. Errors: malformed (output_too_large: topic, key, size and limit),
/// rejected (no such topic), transient.
[[nodiscard]] base::Result<std::size_t> check_size(Topics& topics, const Line& line);

/// Gives the record to the client, waiting for room in its queue. `mark` is told back when it is
/// delivered.
rd_kafka_resp_err_t produce(rd_kafka_t* client, const Line& line, void* mark,
                            base::Deadline until);

}  // namespace wiremill::kafka
