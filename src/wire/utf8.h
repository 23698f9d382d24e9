#pragma once
// The little of UTF-8 that records need: is it valid, cut it without breaking a character, mend it.
//
//   cut_utf8("아마존", 4)      // "아": 4 bytes would split the second character
//
// Normalising and code point offsets are the business of the room `text`, not of this one.

#include <cstddef>
#include <string>
#include <string_view>

namespace wiremill::wire {

bool is_utf8(std::string_view bytes);

/// The longest prefix of at most `bytes_max` bytes that ends between two characters. Bytes that
/// are not UTF-8 are cut anywhere.
std::string_view cut_utf8(std::string_view text, std::size_t bytes_max);

/// The text with every byte that is not part of a valid character replaced by U+FFFD.
std::string mended_utf8(std::string_view bytes);

}  // namespace wiremill::wire
