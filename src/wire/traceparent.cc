#include "wire/traceparent.h"

#include <algorithm>

namespace wiremill::wire {
namespace {

constexpr std::size_t kLength = 55;  // 2-32-16-2 hex digits and three dashes

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::string parse_traceparent(std::string_view value) {
  if (value.size() < kLength) return {};
  const std::string_view version = value.substr(0, 2);
  if (!is_hex(version) || version == "ff") return {};
  // Version 00 ends here; a later one may go on after another dash.
  if (value.size() > kLength && (version == "00" || value[kLength] != '-')) return {};
  const bool dashes = value[2] == '-' && value[35] == '-' && value[52] == '-';
  const bool ids = is_id(value.substr(3, 32)) && is_id(value.substr(36, 16));
  return std::string(dashes && ids && is_hex(value.substr(53, 2)) ? value : std::string_view{});
}

}  // namespace wiremill::wire
