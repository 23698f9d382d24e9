#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr char32_t kBroken = 0xFFFD;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// Number of bytes that the lead byte promises and the bits that it holds; 0 for a stray byte.
int promised(unsigned char lead, char32_t& bits) {
  if (lead >= 0xC2 && lead <= 0xDF) return bits = lead & 0x1FU, 2;
  if (lead >= 0xE0 && lead <= 0xEF) return bits = lead & 0x0FU, 3;
  if (lead >= 0xF0 && lead <= 0xF4) return bits = lead & 0x07U, 4;
  return 0;
}

bool is_valid(char32_t c, int length) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return c >= kSmallest[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

}  // namespace

char32_t next_code_point(std::string_view bytes, std::size_t& at) {
  const unsigned char lead = byte_at(bytes, at++);
  if (lead < 0x80) return lead;
  char32_t c = 0;
  const int length = promised(lead, c);
  std::size_t behind = at;
  for (int i = 1; i < length; ++i, ++behind) {
    if (behind >= bytes.size() || (byte_at(bytes, behind) & 0xC0U) != 0x80) {
      at = behind;
      return kBroken;
    }
    c = (c << 6U) | (byte_at(bytes, behind) & 0x3FU);
  }
  if (length == 0 || !is_valid(c, length)) return kBroken;
  at = behind;
  return c;
}

void append_utf8(char32_t c, std::string& out) {
  const auto push = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0U | (c >> 6U));
    push(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    push(0xE0U | (c >> 12U));
    push(0x80U | ((c >> 6U) & 0x3FU));
    push(0x80U | (c & 0x3FU));
  } else {
    push(0xF0U | (c >> 18U));
    push(0x80U | ((c >> 12U) & 0x3FU));
    push(0x80U | ((c >> 6U) & 0x3FU));
    push(0x80U | (c & 0x3FU));
  }
}

std::string_view code_point_range(std::string_view bytes, std::size_t start, std::size_t end) {
  std::size_t at = 0;
  std::size_t count = 0;
  while (at < bytes.size() && count < start) next_code_point(bytes, at), ++count;
  const std::size_t from = at;
  while (at < bytes.size() && count < end) next_code_point(bytes, at), ++count;
  return bytes.substr(from, at - from);
}

std::size_t count_code_points(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++count) next_code_point(bytes, at);
  return count;
}

std::string_view head(std::string_view bytes, std::size_t limit) {
  if (bytes.size() <= limit) return bytes;
  while (limit > 0 && (byte_at(bytes, limit) & 0xC0U) == 0x80) --limit;
  return bytes.substr(0, limit);
}

}  // namespace wiremill::text
