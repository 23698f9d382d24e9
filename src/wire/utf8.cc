#include "wire/utf8.h"

#include <simdjson.h>

#include <algorithm>

namespace wiremill::wire {
namespace {

constexpr std::size_t kShort = 32;

bool is_beyond_ascii(char byte) { return static_cast<unsigned char>(byte) > 0x7FU; }
bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// Bytes that a character with this first byte has; 1 for a byte that cannot be first.
std::size_t length_after(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0U) return 4;
  if (byte >= 0xE0U) return 3;
  return byte >= 0xC0U ? 2 : 1;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  // Names of fields and codes are short and ASCII: not worth a call that chooses by processor.
  const bool is_short = bytes.size() <= kShort;
  if (is_short && std::none_of(bytes.begin(), bytes.end(), is_beyond_ascii)) return true;
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  for (int back = 0; back < 3 && end > 0 && is_continuation(text[end]); ++back) --end;
  return text.substr(0, is_continuation(text[end]) ? bytes_max : end);
}

std::string mended_utf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::string_view character = bytes.substr(0, length_after(bytes.front()));
    if (is_utf8(character)) {
      text += character;
      bytes.remove_prefix(character.size());
    } else {
      text += "\xEF\xBF\xBD";
      bytes.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace wiremill::wire
