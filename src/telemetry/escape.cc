#include "telemetry/escape.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace wiremill::telemetry {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};

/// The code point at the beginning of `text`; nothing when its bytes are not UTF-8.
/// Requires: text is not empty.
std::optional<CodePoint> first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return CodePoint{byte(0), 1};
  const std::size_t bytes = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < bytes) return std::nullopt;
  char32_t value = byte(0) & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[bytes] || value > 0x10FFFF || surrogate) return std::nullopt;
  return CodePoint{value, bytes};
}

/// Control characters, line separators and marks that turn the direction of writing: what could
/// forge a line or hide text on a terminal.
bool is_dangerous(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string escaped(std::string_view value) {
  std::string text;
  while (!value.empty()) {
    const std::optional<CodePoint> point = first_code_point(value);
    const std::size_t bytes = point ? point->bytes : 1;
    if (!point) {
      text += "\\ufffd";
    } else if (point->value == '"' || point->value == '\\') {
      text += '\\';
      text += value.front();
    } else if (point->value == '\n') {
      text += "\\n";
    } else if (point->value == '\t') {
      text += "\\t";
    } else if (is_dangerous(point->value)) {
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(point->value));
    } else {
      text += value.substr(0, bytes);
    }
    value.remove_prefix(bytes);
  }
  return text;
}

std::string shown(std::string_view value) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string text;
  while (!value.empty()) {
    const std::optional<CodePoint> point = first_code_point(value);
    const std::size_t bytes = point ? point->bytes : 1;
    const bool blank = point && (point->value == '\n' || point->value == '\t' ||
                                 point->value == '\r');
    if (blank) {
      text += ' ';
    } else {
      text += !point || is_dangerous(point->value) ? kReplacement : value.substr(0, bytes);
    }
    value.remove_prefix(bytes);
  }
  return text;
}

}  // namespace wiremill::telemetry
