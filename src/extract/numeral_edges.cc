#include "extract/numeral_edges.h"

#include "extract/english_numerals.h"
#include "text/utf8.h"

namespace wiremill::extract {

bool is_in_link(std::string_view text, std::size_t at) {
  constexpr std::size_t kReachBytes = 300;
  const std::size_t from = at > kReachBytes ? at - kReachBytes : 0;
  const std::string_view before = text.substr(from, at - from);
  if (before.find("://") == std::string_view::npos) return false;
  return before.find_first_of(" \n", before.rfind("://")) == std::string_view::npos;
}

bool is_ordinal(std::string_view text, std::size_t at) {
  constexpr std::string_view kOrdinal = "제";
  if (!text.substr(0, at).ends_with(kOrdinal)) return false;
  const std::size_t begin = at - kOrdinal.size();
  if (begin < 3) return true;
  std::size_t before = begin - 3;
  return (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80 ||
         !text::is_hangul(text::next_code_point(text, before));
}

void skip_repeat(std::string_view text, std::string_view lower, Numeral& numeral) {
  if (!text.substr(numeral.end).starts_with(" (") || numeral.end + 2 >= text.size()) return;
  const std::size_t inside = numeral.end + 2;
  if (!may_begin_numeral(text, lower, inside)) return;
  const auto again = read_numeral(text, lower, inside);
  if (!again || again->spelled == numeral.spelled || again->value != numeral.value) return;
  if (again->end >= text.size() || text[again->end] != ')') return;
  Numeral whole = numeral;
  whole.end = again->end + 1;
  if (!whole.korean && add_english_tail(lower, whole)) numeral = std::move(whole);
}

std::size_t blank_groups_end(std::string_view text, std::size_t at) {
  constexpr int kGroupsMax = 5;
  std::size_t end = at;
  for (int groups = 0; end + 3 < text.size() && text[end] == ' ' && text::is_digit(text[end + 1]) &&
                       text::is_digit(text[end + 2]) && text::is_digit(text[end + 3]);
                       ++groups) {
    end += 4;
    if (groups == kGroupsMax) return at;
    if (end < text.size() && (text::is_digit(text[end]) || text[end] == ',')) return at;
  }
  return end;
}

}  // namespace wiremill::extract
