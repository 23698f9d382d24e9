#include "text/layout.h"

#include <gtest/gtest.h>

#include <string>

namespace wiremill::text {
namespace {

std::vector<std::string> sentences(const std::string& text) {
  std::vector<std::string> all;
  for (const Sentence& s : lay_out(text)) {
    all.push_back(text.substr(s.span.begin, s.span.end - s.span.begin));
  }
  return all;
}

using Texts = std::vector<std::string>;

TEST(Layout, EndsSentencesAtTheirMarks) {
  EXPECT_EQ(sentences("One is here. Two is there! 셋이다. 넷인가? end."),
            (Texts{"One is here.", "Two is there!", "셋이다.", "넷인가?", "end."}));
}

TEST(Layout, DoesNotEndThemInNumbersAndAbbreviations) {
  EXPECT_EQ(sentences("Amazon.com Inc. said U.S. sales rose 3.5 pct vs. 2. Next."),
            (Texts{"Amazon.com Inc. said U.S. sales rose 3.5 pct vs. 2.", "Next."}));
  EXPECT_EQ(sentences("Wait... what now."), Texts{"Wait... what now."});
}

TEST(Layout, JoinsWrappedLines) {
  const std::string first(60, 'a');
  EXPECT_EQ(sentences("The " + first + "\nand so it goes on.\nThe next line ends.").size(), 2U);
}

TEST(Layout, GivesCellsTheirColumnAndRow) {
  const std::string text = "| 시나리오 | 확률 |\n|---|---|\n| 급락 | 25% |\n";
  const auto all = lay_out(text);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].kind, LineKind::kHeading);
  EXPECT_EQ(all[3].kind, LineKind::kCell);
  const auto cut = [&](const ByteRange& r) { return text.substr(r.begin, r.end - r.begin); };
  EXPECT_EQ(cut(all[3].column), "확률");
  EXPECT_EQ(cut(all[3].row), "급락");
  EXPECT_EQ(all[2].line, all[3].line);
}

TEST(Layout, KeepsHeadingAndNumberedHeadingApart) {
  const std::string text = "투자 전략\n1) 공격형\n주식을 산다.\n- 채권을 판다.\n";
  const auto all = lay_out(text);
  ASSERT_EQ(all.size(), 4U);
  const auto cut = [&](const ByteRange& r) { return text.substr(r.begin, r.end - r.begin); };
  EXPECT_EQ(cut(all[2].heading), "투자 전략");
  EXPECT_EQ(cut(all[2].sub_heading), "1) 공격형");
  EXPECT_EQ(all[3].kind, LineKind::kBullet);
}

TEST(Layout, BoundsASentenceWithoutAnEnd) {
  for (const Sentence& s : lay_out(std::string(100'000, 'a') + " b")) {
    EXPECT_LE(s.span.end - s.span.begin, 1'600U);
  }
}

TEST(Layout, StopsOneLineBehindTheLastSentenceThatIsAskedFor) {
  EXPECT_EQ(lay_out("One.\nTwo. Three.\nFour.\nFive.\n", 2).size(), 4U);
  EXPECT_EQ(lay_out("One.\nTwo. Three.\nFour.\nFive.\n").size(), 5U);
}

}  // namespace
}  // namespace wiremill::text
