#include "telemetry/escape.h"

#include <gtest/gtest.h>

#include <string>

namespace wiremill::telemetry {
namespace {

TEST(Escape, LeavesReadableTextAlone) {
  for (const char* text : {"", "plain", "아마존 2천억 달러", "naïve café", "𝔘 😀", "a=b 'c'"}) {
    EXPECT_EQ(escaped(text), text);
  }
}

TEST(Escape, EscapesWhatJsonMustEscape) {
  EXPECT_EQ(escaped("a\"b\\c"), "a\\\"b\\\\c");
  EXPECT_EQ(escaped("\n\t\r\x01"), "\\n\\t\\u000d\\u0001");
  EXPECT_EQ(escaped(std::string_view("\0", 1)), "\\u0000");
}

TEST(Escape, EscapesWhatHidesOrTurnsText) {
  EXPECT_EQ(escaped("\x7f"), "\\u007f");
  EXPECT_EQ(escaped("\xc2\x85"), "\\u0085") << "next line";
  EXPECT_EQ(escaped("\xe2\x80\xa8"), "\\u2028") << "line separator";
  EXPECT_EQ(escaped("\xe2\x80\xae"), "\\u202e") << "right-to-left override";
  EXPECT_EQ(escaped("\xe2\x81\xa6"), "\\u2066") << "isolate";
  EXPECT_EQ(escaped("\xef\xbb\xbf"), "\\ufeff") << "byte order mark";
}

TEST(Escape, GivesEachByteThatIsNotUtf8AMark) {
  EXPECT_EQ(escaped("a\xff"
                    "b"), "a\\ufffdb");
  EXPECT_EQ(escaped("\xc0\x80"), "\\ufffd\\ufffd") << "overlong";
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\ufffd\\ufffd\\ufffd") << "a surrogate";
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\\ufffd\\ufffd\\ufffd\\ufffd") << "beyond Unicode";
  EXPECT_EQ(escaped("\xec\x95"), "\\ufffd\\ufffd") << "cut short";
  EXPECT_EQ(escaped("\xec" "ab"), "\\ufffdab");
}

TEST(Shown, IsTheTextItselfUnlessItHidesSomething) {
  EXPECT_EQ(shown("\"아마존\" <b> \\ & 'c'"), "\"아마존\" <b> \\ & 'c'");
  EXPECT_EQ(shown("one\r\ntwo\tthree"), "one  two three");
  EXPECT_EQ(shown("a\xe2\x80\xae" "b\x1b[31m\xff"),
            "a\xef\xbf\xbd" "b\xef\xbf\xbd[31m\xef\xbf\xbd");
}

}  // namespace
}  // namespace wiremill::telemetry
