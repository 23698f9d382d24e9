#pragma once
// The fingerprint of a lead: forty reprints of one wire story agree, whatever their datelines,
// quotes and spacing.

#include <string>
#include <string_view>

namespace wiremill::text {

/// The first `limit` letters and digits of the text in lower case, without a dateline such as
/// "SEATTLE, Feb 6 (Reuters) -" or "(서울=연합뉴스) 홍길동 기자 =" in front.
std::string lead_letters(std::string_view normal_text, std::size_t limit);

/// What stands behind the dateline, the text itself when there is none.
std::string_view without_dateline(std::string_view normal_text);

}  // namespace wiremill::text
