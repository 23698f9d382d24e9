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
  EXPECT_EQ(figures_of("매출액 대비(%): 1,234"), (std::vector<std::string>{"1234 percent"}));
}

TEST(Scales, ALabelMayScaleItsFigureOrMakeItAShare) {
  EXPECT_EQ(figures_of("투자금액(억원) : 350"), (std::vector<std::string>{"35000000000 KRW"}));
  EXPECT_EQ(figures_of("Contract value (USD): 1,250,000"),
            (std::vector<std::string>{"1250000 USD"}));
  EXPECT_EQ(figures_of("매출액대비(%) : 2.68"), (std::vector<std::string>{"2.68 percent"}));
  EXPECT_TRUE(figures_of("순번(원) : 3").empty());
}

TEST(Scales, ATableMayNameItsCurrencyAlone) {
  EXPECT_EQ(figures_of("(단위 : 원)\n| 매출액 | 1,234,567,890 |"),
            (std::vector<std::string>{"1234567890 KRW"}));
}

TEST(Scales, ATableTakesTheCurrencyOfItsFirstSign) {
  EXPECT_EQ(figures_of("(in thousands)\n| Sales | $ 1,200 |\n| Costs | 1,050 |"),
            (std::vector<std::string>{"1200000 USD", "1050000 USD"}));
}

TEST(Scales, ATriangleInATableIsALoss) {
  EXPECT_EQ(figures_of("(단위: 백만원)\n| 영업이익 | △2,300 |"),
            (std::vector<std::string>{"-2300000000 KRW"}));
}

}  // namespace
}  // namespace wiremill::extract
