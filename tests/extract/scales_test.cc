#include "extract/scales.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

TEST(Scales, ALabelNamesTheCurrencyOfItsOnlyFigure) {
  EXPECT_EQ(figures_of("계약금액 총액(원): 45,600,000,000"),
            (std::vector<std::string>{"45600000000 KRW"}));
  EXPECT_EQ(figures_of("| 투자금액(원) | 1,250,000,000,000 |"),
            (std::vector<std::string>{"1250000000000 KRW"}));
}

TEST(Scales, ALabelOfSeveralFiguresOrOfAShareNamesNone) {
  EXPECT_TRUE(figures_of("| 계약금액(원) | 45,600,000,000 | 47,000,000,000 |").empty());
  EXPECT_TRUE(figures_of("매출액 대비(%): 1,234").empty());
}

}  // namespace
}  // namespace wiremill::extract
