#pragma once
// Code points in and out of UTF-8. Broken bytes read as U+FFFD, one for each maximal broken piece,
// so every byte sequence has a reading and counting never fails.
//
//   std::size_t at = 0;
//   while (at < text.size()) use(next_code_point(text, at));

#include <cstdint>
#include <string>
#include <string_view>

namespace wiremill::text {

/// Reads the code point at `at` and moves behind it. Requires: at < bytes.size().
char32_t next_code_point(std::string_view bytes, std::size_t& at);

void append_utf8(char32_t code_point, std::string& out);

/// The code points [start, end) of the text, cut to what is there. Cost: linear in `end`.
std::string_view code_point_range(std::string_view bytes, std::size_t start, std::size_t end);

std::size_t count_code_points(std::string_view bytes);

/// The first `limit` bytes at most, never cutting a code point.
std::string_view head(std::string_view bytes, std::size_t limit);

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_word(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }
/// Chinese characters, which Korean headlines use for countries and people (美, 李).
constexpr bool is_hanja(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

}  // namespace wiremill::text
