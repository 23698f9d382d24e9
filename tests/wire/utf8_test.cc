#include "wire/utf8.h"

#include <gtest/gtest.h>

namespace wiremill::wire {
namespace {

TEST(Utf8, CutsBetweenCharacters) {
  EXPECT_EQ(cut_utf8("아마존", 9), "아마존");
  EXPECT_EQ(cut_utf8("아마존", 8), "아마");
  EXPECT_EQ(cut_utf8("아마존", 4), "아");
  EXPECT_EQ(cut_utf8("아마존", 2), "");
  EXPECT_EQ(cut_utf8("a\xF0\x9F\x9A\x80", 4), "a");
  EXPECT_EQ(cut_utf8("\x80\x80\x80\x80\x80\x80", 5), "\x80\x80\x80\x80\x80");
}

TEST(Utf8, MendsEachByteThatIsNotPartOfACharacter) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(mended_utf8("아마존"), "아마존");
  EXPECT_EQ(mended_utf8("a\xFF" "b"), "a" + mark + "b");
  EXPECT_EQ(mended_utf8("\xEC\x95"), mark + mark);
  EXPECT_EQ(mended_utf8("\xC0\x80z"), mark + mark + "z");
  EXPECT_EQ(mended_utf8("\xED\xA0\x80"), mark + mark + mark);
  EXPECT_TRUE(is_utf8(mended_utf8("\xF8\x88\x80\x80\x80")));
}

}  // namespace
}  // namespace wiremill::wire
