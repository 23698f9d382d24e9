#pragma once
// What around a numeral tells that it is none, or that it goes on: links, ordinals, a repeat in
// brackets, thousands behind blanks.
//
//   is_ordinal("제3조", 3)   // an article, not three trillion

#include <cstddef>
#include <string_view>

#include "extract/numeral.h"

namespace wiremill::extract {

/// The word that holds this place is a web address.
bool is_in_link(std::string_view text, std::size_t at);

/// "제3조", "제10조": an article, not three trillion.
bool is_ordinal(std::string_view text, std::size_t at);

/// "forty-five (45) million dollars", "45 (forty-five) dollars": said twice, one number.
void skip_repeat(std::string_view text, std::string_view lower, Numeral& numeral);

/// Groups of three digits, each behind one blank; `at` itself when the last group is longer, or
/// there are too many.
std::size_t blank_groups_end(std::string_view text, std::size_t at);

}  // namespace wiremill::extract
