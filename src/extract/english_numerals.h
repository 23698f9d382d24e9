#pragma once
// English number words: "seventy-five million", "half a billion", "two and a half billion", "three
// lakh crore", "a couple of hundred"; and the words that go on behind digits: "4.5 lakh crore",
// "3 million and a half", "$100-odd million".
//
//   read_number_words("two and a half billion won", 0)->value   // 2500000000
//
// Words that do not fit together ("twenty twenty-six") are no number: none is better than half one.

#include <optional>
#include <string_view>

#include "extract/numeral.h"

namespace wiremill::extract {

/// Requires: `lower` is the normalised text in lower case.
std::optional<Numeral> read_number_words(std::string_view lower, std::size_t at);

/// A number in words may begin here, and none that it would be the rest of ends before it.
bool may_begin_number_words(std::string_view lower, std::size_t at);

/// Takes the magnitude and fraction that stand behind digits. False: what follows is a magnitude
/// that does not fit, so that the number would be half of another.
bool add_english_tail(std::string_view lower, Numeral& numeral);

}  // namespace wiremill::extract
