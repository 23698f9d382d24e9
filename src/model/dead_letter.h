#pragma once
// An input that could not be worked on, kept whole so that it can be looked at and sent again.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace wiremill::model {

struct DeadLetter {
  std::string stage;   ///< extract, score
  std::string reason;  ///< closed set: see wire/dead_letter.h
  std::string detail;  ///< for people: the thing, the value, the limit
  std::string topic;   ///< where it was read
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<base::Instant> appended_at;
  std::string key;
  std::optional<std::string> value;  ///< original bytes; absent for a tombstone
  std::vector<std::pair<std::string, std::string>> headers;
  std::int64_t attempts = 1;
  std::string traceparent;
  bool operator==(const DeadLetter&) const = default;
};

}  // namespace wiremill::model
