#include "text/normal.h"

#include <gtest/gtest.h>

namespace wiremill::text {
namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

TEST(Normalise, GivesSignsOneSpelling) {
  EXPECT_EQ(normalise("１조２０００억원 ５％").text, "1조2000억원 5%");
  EXPECT_EQ(normalise("70–80 70∼80 70～80").text, "70-80 70~80 70~80");
  EXPECT_EQ(normalise("“a” ‘b’\u00A0c").text, "\"a\" 'b' c");
  EXPECT_EQ(normalise("㎿ ﬁ").text, "MW fi");
}

TEST(Normalise, ComposesHangulThatCameInPieces) {
  EXPECT_EQ(normalise("\u1100\u1161\u11A8").text, "각");
}

TEST(Normalise, LeavesEnclosedAndRaisedNumbersAlone) {
  EXPECT_EQ(normalise("②2천억 m² ½").text, "②2천억 m² ½");
}

TEST(Normalise, DropsWhatHasNoWidth) {
  EXPECT_EQ(normalise("아\u200B마존\uFEFF").text, "아마존");
}

TEST(Normalise, KnowsWhereEachByteCameFrom) {
  const NormalText text = normalise("１조\u200B２억");
  EXPECT_EQ(text.text, "1조2억");
  EXPECT_EQ(text.origin(0, 1), (Range{0, 1}));
  EXPECT_EQ(text.origin(4, 5), (Range{3, 4}));
  const NormalText grown = normalise("a㎿b");
  EXPECT_EQ(grown.origin(1, 2), (Range{1, 2}));
  EXPECT_EQ(grown.origin(2, 4), (Range{1, 3}));
  const NormalText composed = normalise("e\u0301x");
  EXPECT_EQ(composed.origin(0, 2), (Range{0, 2}));
}

TEST(Normalise, KeepsALowerCaseCopyWithTheSamePlaces) {
  const NormalText text = normalise("AMD는 UP");
  EXPECT_EQ(text.lower, "amd는 up");
  EXPECT_EQ(text.lower.size(), text.text.size());
}

TEST(Normalise, BoundsACharacterWithManyMarks) {
  std::string marks = "a";
  for (int i = 0; i < 1000; ++i) marks += "\u0301";
  const NormalText text = normalise(marks);
  EXPECT_EQ(text.start_of.size(), text.text.size());
  EXPECT_EQ(text.end_of.back(), 1001U);
}

TEST(Normalise, StopsWhereItHasGrownToTheLimitAndSaysSo) {
  std::string signs;
  for (int i = 0; i < 1000; ++i) signs += "\uFDFA";
  EXPECT_TRUE(normalise(signs).whole);
  const NormalText text = normalise(signs, 500);
  EXPECT_FALSE(text.whole);
  EXPECT_GE(text.text.size(), 500U);
  EXPECT_LT(text.text.size(), 600U);
  EXPECT_TRUE(normalise("abc", 3).whole);
}

TEST(Normalise, CutsTextAndPlacesTogether) {
  NormalText text = normalise("ABC가");
  cut(text, 6);
  EXPECT_TRUE(text.whole);
  cut(text, 2);
  EXPECT_FALSE(text.whole);
  EXPECT_EQ(text.text, "AB");
  EXPECT_EQ(text.lower, "ab");
  EXPECT_EQ(text.start_of.size(), 2U);
  EXPECT_EQ(text.end_of.size(), 2U);
}

}  // namespace
}  // namespace wiremill::text
