#pragma once
// How a lane's positions look among its state: one entry a source, beside the stage's own keys.
//
//   position_key({"news", 3})   // "position/news/3"
//   position_value(17)          // {"schema":"wiremill.position","version":1,"next":17}

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stream/stream.h"

namespace wiremill::stream {

/// Keys that begin so belong to the lane itself.
inline constexpr std::string_view kLanePrefix = "position/";

inline std::string position_key(const Source& source) {
  return std::string(kLanePrefix) + source.topic + "/" + std::to_string(source.partition);
}

inline std::string position_value(std::int64_t next) {
  return R"({"schema":"wiremill.position","version":1,"next":)" + std::to_string(next) + "}";
}

/// The source in a key made by position_key; nothing for any other key.
inline std::optional<Source> source_in(std::string_view key) {
  if (!key.starts_with(kLanePrefix)) return std::nullopt;
  key.remove_prefix(kLanePrefix.size());
  const auto slash = key.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  Source source{std::string(key.substr(0, slash)), 0};
  const auto digits = key.substr(slash + 1);
  const auto* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, source.partition);
  if (read.ec != std::errc() || read.ptr != end || source.partition < 0) return std::nullopt;
  return source;
}

/// The whole number that follows `"name":` in one of the lane's own values; nothing when absent.
inline std::optional<std::int64_t> number_in(std::string_view value, std::string_view name) {
  const std::string quoted = '"' + std::string(name) + "\":";
  const auto at = value.find(quoted);
  if (at == std::string_view::npos) return std::nullopt;
  value.remove_prefix(at + quoted.size());
  while (value.starts_with(' ')) value.remove_prefix(1);
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

}  // namespace wiremill::stream
