#pragma once
// How wide text is on a terminal, where a Hangul syllable takes two columns and a mark none.
//
//   columns_of("아마존 capex")         // 12
//   fitted("아마존 capex", 8)          // "아마존 …", exactly 8 columns

#include <cstddef>
#include <string>
#include <string_view>

namespace wiremill::text {

std::size_t columns_of(std::string_view bytes);

/// As much of the text as fits, with "…" when something is cut off; never wider than `columns`.
std::string cut_to(std::string_view bytes, std::size_t columns);

/// cut_to, filled up with blanks to exactly `columns`.
std::string fitted(std::string_view bytes, std::size_t columns);

}  // namespace wiremill::text
