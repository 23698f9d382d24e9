#include "text/columns.h"

#include <gtest/gtest.h>

namespace wiremill::text {
namespace {

TEST(Columns, AHangulSyllableTakesTwoAndAMarkNone) {
  EXPECT_EQ(columns_of(""), 0U);
  EXPECT_EQ(columns_of("capex"), 5U);
  EXPECT_EQ(columns_of("아마존 2천억"), 11U + 1U);
  EXPECT_EQ(columns_of("e\u0301"), 1U);
  EXPECT_EQ(columns_of("█░│"), 3U);
}

TEST(Columns, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(cut_to("아마존", 6), "아마존");
  EXPECT_EQ(cut_to("아마존", 5), "아마…");
  EXPECT_EQ(cut_to("아마존", 4), "아…") << "half a syllable is none";
  EXPECT_EQ(cut_to("capex", 1), "…");
  EXPECT_EQ(cut_to("capex", 0), "");
}

TEST(Columns, FillsUpToExactlyTheWidth) {
  for (const char* text : {"", "아마존", "아마존 capex", "a", "\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    EXPECT_EQ(columns_of(fitted(text, 7)), 7U) << text;
  }
}

}  // namespace
}  // namespace wiremill::text
