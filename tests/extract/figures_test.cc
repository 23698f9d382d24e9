#include "extract/figures.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Bound;
using Texts = std::vector<std::string>;

// ----- Korean -----------------------------------------------------------------------------------

TEST(KoreanFigures, ReadTheWholeChainOfMagnitudes) {
  EXPECT_EQ(figures_of("라인 증설에 3조 4,500억원을 쓴다"), Texts{"3450000000000 KRW"});
  EXPECT_EQ(figures_of("수주 규모는 2천7백억 원"), Texts{"270000000000 KRW"});
  EXPECT_EQ(figures_of("영업이익 1조572억원"), Texts{"1057200000000 KRW"});
  EXPECT_EQ(figures_of("총 2천억 달러를 집행한다"), Texts{"200000000000 USD"});
  EXPECT_EQ(figures_of("3,250억 달러 규모"), Texts{"325000000000 USD"});
}

TEST(KoreanFigures, ShareMagnitudeInRangesOnlyWhilePlausible) {
  EXPECT_EQ(figures_of("70~80억 달러를 투입"), Texts{"7000000000…8000000000 USD"});
  EXPECT_EQ(figures_of("요금은 5000∼1만 원"), Texts{"5000…10000 KRW"});
  EXPECT_EQ(figures_of("1조2000억~1조5000억원"), Texts{"1200000000000…1500000000000 KRW"});
  EXPECT_EQ(figures_of("1.2조~1조5000억원을 쓴다"), Texts{"1200000000000…1500000000000 KRW"});
  EXPECT_EQ(figures_of("2천~3천억 달러"), Texts{"200000000000…300000000000 USD"});
}

TEST(KoreanFigures, LinkAConversionToItsAmount) {
  const auto record = read("125억달러(약 17조원)를 들인다");
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(shown(record.figures[0]), "12500000000 USD");
  EXPECT_EQ(shown(record.figures[1]), "17000000000000 KRW");
  EXPECT_EQ(record.figures[1].converts, record.figures[0].id);
}

TEST(KoreanFigures, KeepBothReadingsOfAContradiction) {
  const auto record = read("$125억(125 billion) 투자");
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(shown(record.figures[0]), "12500000000 USD");
  EXPECT_EQ(shown(record.figures[1]), "125000000000 USD");
  EXPECT_EQ(record.figures[0].alternatives, Texts{record.figures[1].id});
  EXPECT_EQ(record.figures[0].flags, Texts{"inconsistent_figure"});
}

TEST(KoreanFigures, ReadSomeInsideTheChain) {
  const model::Figure fine = only_figure("추징금 1억6천400여만원을 물었다");
  EXPECT_EQ(shown(fine), "164000000 KRW");
  EXPECT_EQ(fine.bound, Bound::kAbout);
}

TEST(KoreanFigures, KeepTheHedgeApartFromTheNumber) {
  EXPECT_EQ(only_figure("약 2조원을 쓴다").bound, Bound::kAbout);
  EXPECT_EQ(only_figure("2조원 안팎의 손실").bound, Bound::kAbout);
  EXPECT_EQ(only_figure("2조원에 육박하는 이익").bound, Bound::kAbout);
  EXPECT_EQ(only_figure("600억 달러 이상을 쓴다").bound, Bound::kAtLeast);
  EXPECT_EQ(only_figure("6000억 달러를 넘는 투자").bound, Bound::kMoreThan);
  EXPECT_EQ(only_figure("최대 50% 절감").bound, Bound::kAtMost);
  EXPECT_EQ(shown(only_figure("10조원 미만의 예산")), "≤10000000000000 KRW");
}

TEST(KoreanFigures, GiveVagueAmountsNoValue) {
  const model::Figure vague = only_figure("수십억 원대 손실을 냈다");
  EXPECT_EQ(vague.bound, Bound::kVague);
  EXPECT_FALSE(vague.low);
  EXPECT_FALSE(vague.high);
  EXPECT_TRUE(figures_of("억대 연봉을 받는다").empty());
  EXPECT_TRUE(figures_of("천문학적 금액, 수조원대는 아니다").size() <= 1);
}

TEST(KoreanFigures, ApplyTheScaleOfATable) {
  EXPECT_EQ(figures_of("(단위: 백만원)\n| 항목 | 금액 |\n| 매출액 | 1,234,567 |"),
            Texts{"1234567000000 KRW"});
}

TEST(KoreanFigures, ReadWonThatIsLeftOut) {
  const model::Figure investment = only_figure("새 공장에 10조 투자");
  EXPECT_EQ(shown(investment), "10000000000000 KRW");
  EXPECT_EQ(investment.currency_basis, model::CurrencyBasis::kInferred);
  EXPECT_EQ(figures_of("4000억 소송에 휘말려"), Texts{"400000000000 KRW"});
}

TEST(KoreanFigures, SeeNoMoneyInOtherWords) {
  EXPECT_TRUE(figures_of("회원 50만 돌파, 직원 3000명, 2차원 도면, 넘버원 병원").empty());
  EXPECT_TRUE(figures_of("3000원룸 단지와 2원자 분자").empty());
  EXPECT_TRUE(figures_of("2026년 1분기 10월 3일 H100 8대").empty());
}

TEST(KoreanFigures, TellRatesFromSizes) {
  EXPECT_EQ(figures_of("원·달러 환율은 1,350원이다"), Texts{"1350 KRW/fx"});
  EXPECT_EQ(figures_of("배럴당 80달러"), Texts{"80 USD/barrel"});
  EXPECT_EQ(figures_of("주당 5만 원에 판다"), Texts{"50000 KRW/share"});
}

TEST(KoreanFigures, ReadFullWidthDigitsAndEqualSpellings) {
  EXPECT_EQ(figures_of("１조２０００억원"), Texts{"1200000000000 KRW"});
  EXPECT_EQ(figures_of("3조5천억원"), figures_of("3.5조원"));
  EXPECT_EQ(figures_of("이천억 달러"), Texts{"200000000000 USD"});
}

TEST(KoreanFigures, TakeTriangleForNoSignInProse) {
  EXPECT_EQ(figures_of("▲ 2,300억원을 배정"), Texts{"230000000000 KRW"});
}

TEST(KoreanFigures, KeepPercentPointsAndBasisPointsApart) {
  EXPECT_EQ(figures_of("3.5% 올라 0.2%p 넓어졌고 25bp 내렸다"),
            (Texts{"3.5 percent", "0.2 percentage_points", "25 basis_points"}));
}

// ----- English ----------------------------------------------------------------------------------

TEST(EnglishFigures, ShareCurrencyAndMagnitudeInRanges) {
  EXPECT_EQ(figures_of("capex of $70-90bn"), Texts{"70000000000…90000000000 USD"});
  EXPECT_EQ(figures_of("a run rate of $70~90B"), Texts{"70000000000…90000000000 USD"});
  EXPECT_EQ(figures_of("between $950 million and $1.1 billion"), Texts{"950000000…1100000000 USD"});
  EXPECT_EQ(figures_of("growth of 10 to 12 percent"), Texts{"10…12 percent"});
}

TEST(EnglishFigures, KeepOldAndNewApart) {
  EXPECT_EQ(figures_of("lifted guidance to $65bn from $60bn"),
            (Texts{"65000000000 USD", "60000000000 USD"}));
}

TEST(EnglishFigures, KeepTheHedgeApartFromTheNumber) {
  EXPECT_EQ(only_figure("nearly $10bn").bound, Bound::kAbout);
  EXPECT_EQ(shown(only_figure("at least $10bn")), "≥10000000000 USD");
  EXPECT_EQ(shown(only_figure("up to $10bn")), "≤10000000000 USD");
  EXPECT_EQ(shown(only_figure("a $10bn-plus plan")), "≥10000000000 USD");
  EXPECT_EQ(only_figure("more than $600 billion").bound, Bound::kMoreThan);
}

TEST(EnglishFigures, GiveVagueAmountsNoValue) {
  for (const char* text : {"a multibillion-dollar deal", "tens of billions of dollars"}) {
    const model::Figure figure = only_figure(text);
    EXPECT_EQ(figure.bound, Bound::kVague) << text;
    EXPECT_FALSE(figure.low) << text;
  }
}

TEST(EnglishFigures, ReadFractionsOfAMagnitude) {
  EXPECT_EQ(figures_of("half a billion dollars"), Texts{"500000000 USD"});
  EXPECT_EQ(figures_of("a quarter million US dollars"), Texts{"250000 USD"});
}

TEST(EnglishFigures, ReadEveryMagnitudeNextToACurrency) {
  EXPECT_EQ(figures_of("US$1.5mn, USD 3.2trn, EUR50m, £8bn, $4.2b, $300k, 75 USD million"),
            (Texts{"1500000 USD", "3200000000000 USD", "50000000 EUR", "8000000000 GBP",
                   "4200000000 USD", "300000 USD", "75000000 USD"}));
  EXPECT_TRUE(figures_of("a 5m run and 3b seats").empty());
}

TEST(EnglishFigures, TellDollarsApart) {
  EXPECT_EQ(figures_of("C$300m, HK$10bn, A$2m, NT$4bn, S$7m"),
            (Texts{"300000000 CAD", "10000000000 HKD", "2000000 AUD", "4000000000 TWD",
                   "7000000 SGD"}));
  const model::Figure bare = only_figure("$5bn");
  EXPECT_EQ(bare.currency_basis, model::CurrencyBasis::kInferred);
  EXPECT_FALSE(bare.currency_candidates.empty());
}

TEST(EnglishFigures, TakeABracketForMinusOnlyWhenItHoldsALossAlone) {
  EXPECT_EQ(figures_of("a net loss of ($99.9 million)"), Texts{"-99900000 USD"});
  EXPECT_EQ(figures_of("the deal (worth $7.5 million)"), Texts{"7500000 USD"});
}

TEST(EnglishFigures, ApplyTheScaleOfATable) {
  EXPECT_EQ(figures_of("(in millions, except per share data)\nRevenue $4,801\nEPS $0.63"),
            (Texts{"4801000000 USD", "0.63 USD/share"}));
}

TEST(EnglishFigures, MergeWordsWithTheirBracket) {
  const auto record = read("Eighty-five Million Dollars ($85,000,000)");
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(shown(record.figures[0]), "85000000 USD");
  EXPECT_EQ(record.figures[1].same_as, record.figures[0].id);
}

TEST(EnglishFigures, TellProductsFromAmounts) {
  EXPECT_EQ(figures_of("the shipbuilder won 3 billion dollars of orders"),
            Texts{"3000000000 USD"});
  EXPECT_TRUE(figures_of("an 80-pound box, 3M, 5G, H100 and form 10-K").empty());
}

TEST(EnglishFigures, TellYieldsFromMaturities) {
  const auto record =
      read("The 10-year Treasury rose 3 bp to 4.25% while the contract is worth $2bn");
  Texts all;
  for (const model::Figure& figure : record.figures) all.push_back(shown(figure));
  EXPECT_EQ(all, (Texts{"3 basis_points", "4.25 percent", "2000000000 USD"}));
}

TEST(EnglishFigures, ReadPowerAndCounts) {
  EXPECT_EQ(figures_of("6 GW of capacity and 100,000 GPUs at 30MW"),
            (Texts{"6 GW", "100000 GPU", "30 MW"}));
}

TEST(Figures, RefuseBrokenGroupsRatherThanReadAPiece) {
  EXPECT_TRUE(figures_of("매출 1,2345억원").empty());
  EXPECT_TRUE(figures_of("$1,23,4567").empty());
  EXPECT_EQ(figures_of("prices of $17, $19, $21"), (Texts{"17 USD", "19 USD", "21 USD"}));
}

TEST(Figures, RefuseARangeOfTwoCurrencies) {
  EXPECT_EQ(figures_of("$5 million - €6 million"), (Texts{"5000000 USD", "6000000 EUR"}));
}

TEST(Figures, LeaveOutWhatIsBeyondTheLimit) {
  Options options;
  options.figures_max = 3;
  const auto extractor = compile(shipped_catalogue(), options);
  ASSERT_TRUE(extractor);
  const auto event = event_of("1% 2% 3% 4% 5%");
  const auto record = (*extractor)->extract(event, event.published_at);
  EXPECT_EQ(record.figures.size(), 3U);
  EXPECT_EQ(record.flags, Texts{"figures_cut"});
}

TEST(Figures, ASpreadFromOneToAnotherIsARange) {
  EXPECT_EQ(figures_of("They put it anywhere from $2 billion to $3 billion."),
            std::vector<std::string>{"2000000000…3000000000 USD"});
}

}  // namespace
}  // namespace wiremill::extract
