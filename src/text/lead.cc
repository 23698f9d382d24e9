#include "text/lead.h"

#include <algorithm>

#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr std::size_t kDatelineBytesMax = 120;

bool counts(char32_t c) {
  if (c < 0x80) return is_word(static_cast<char>(c));
  return is_hangul(c) || is_hanja(c) || (c >= 0xC0 && c <= 0x24F) || (c >= 0x3040 && c <= 0x30FF);
}

}  // namespace

std::string_view without_dateline(std::string_view text) {
  const std::string_view front = text.substr(0, std::min(kDatelineBytesMax, text.size()));
  const std::size_t bracket = front.find_first_of("([");
  if (bracket == std::string_view::npos) return text;
  const std::size_t closed = front.find_first_of(")]", bracket);
  if (closed == std::string_view::npos) return text;
  // Between the bracket and the sign that ends the dateline stands at most a name.
  const std::size_t sign = front.find_first_of("-=", closed);
  if (sign == std::string_view::npos || sign - closed > 40) return text;
  if (front.substr(0, sign).find('\n') != std::string_view::npos) return text;
  if (sign + 1 < text.size() && text[sign + 1] != ' ') return text;
  return text.substr(sign + 1);
}

std::string lead_letters(std::string_view normal_text, std::size_t limit) {
  const std::string_view text = without_dateline(normal_text);
  std::string letters;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < limit;) {
    const char32_t c = next_code_point(text, at);
    if (!counts(c)) continue;
    ++count;
    append_utf8(c < 0x80 && is_upper(static_cast<char>(c)) ? c + 32 : c, letters);
  }
  return letters;
}

}  // namespace wiremill::text
