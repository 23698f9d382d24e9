#pragma once
// Character references of HTML: "&amp;", "&#8212;", "&#x2014;".
//
//   char32_t c = 0;
//   reference_length("&euro;5", c);   // 6, c == U'€'
//
// Known by name are those of HTML 4 and the ASCII signs that HTML 5 adds. A name of Latin-1 may
// stand without its semicolon; any other text behind an ampersand is text.

#include <cstddef>
#include <string_view>

namespace wiremill::text {

/// Bytes of the reference that the text begins with, and what it stands for; 0 when there is none.
std::size_t reference_length(std::string_view text, char32_t& code_point);

}  // namespace wiremill::text
