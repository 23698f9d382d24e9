#pragma once
// Letters of ASCII in lower case, whatever the locale; all other bytes stay, so places stay too.
//
//   lower_ascii("Application/JSON") == "application/json"
//
// It knows nothing of UTF-8 and need not: no byte of a longer sign looks like a letter.

#include <string>
#include <string_view>

namespace wiremill::base {

constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

inline std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = lower_ascii(c);
  return lowered;
}

}  // namespace wiremill::base
