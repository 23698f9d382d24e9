#include "text/utf8.h"

#include <gtest/gtest.h>

namespace wiremill::text {
namespace {

std::vector<char32_t> decoded(std::string_view bytes) {
  std::vector<char32_t> all;
  for (std::size_t at = 0; at < bytes.size();) all.push_back(next_code_point(bytes, at));
  return all;
}

TEST(Utf8, ReadsEveryLength) {
  EXPECT_EQ(decoded("a\u00E9\uAC00\U0001F680"),
            (std::vector<char32_t>{'a', 0xE9, 0xAC00, 0x1F680}));
}

TEST(Utf8, GivesOneSignForEachBrokenPiece) {
  EXPECT_EQ(decoded("\xFF" "a"), (std::vector<char32_t>{0xFFFD, 'a'}));
  EXPECT_EQ(decoded("\xEA\xB0" "a"), (std::vector<char32_t>{0xFFFD, 'a'}));
  EXPECT_EQ(decoded("\xED\xA0\x80").front(), 0xFFFDU) << "a surrogate is no character";
  EXPECT_EQ(decoded("\xC0\x80").front(), 0xFFFDU) << "overlong";
}

TEST(Utf8, WritesWhatItReads) {
  std::string out;
  for (const char32_t c : {U'a', U'\u00E9', U'\uAC00', U'\U0001F680'}) append_utf8(c, out);
  EXPECT_EQ(out, "a\u00E9\uAC00\U0001F680");
}

TEST(Utf8, CutsByCodePointsAndNeverInsideOne) {
  EXPECT_EQ(code_point_range("아마존 A", 1, 3), "마존");
  EXPECT_EQ(code_point_range("아마존", 2, 9), "존");
  EXPECT_EQ(count_code_points("아마존 A"), 5U);
  EXPECT_EQ(head("아마존", 5), "아");
  EXPECT_EQ(head("abc", 9), "abc");
}

}  // namespace
}  // namespace wiremill::text
