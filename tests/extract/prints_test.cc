#include "extract/prints.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;
using model::Surprise;

model::Fact reading(const std::string& text) { return only_fact(read(text), FactKind::kReading); }

TEST(Prints, SetTheActualAgainstTheExpected) {
  for (const char* text :
       {"Core CPI increased 0.2% in January, less than the 0.3% economists had forecast.",
        "U.S. core consumer prices climbed 0.2% last month versus expectations of 0.3%.",
        "1월 근원 소비자물가는 0.2% 올라 시장 예상치(0.3%)를 하회했다.",
        "미국 근원 CPI, 1월 0.2% 상승…전망치 0.3% 밑돌아",
        "Core CPI rose 0.2% in January, the Labor Department said. Economists had forecast a "
        "0.3% gain."}) {
    const auto record = read(text);
    const model::Fact print = only_fact(record, FactKind::kReading);
    EXPECT_EQ(print.metric, "core_cpi") << text;
    EXPECT_EQ(value_of(record, print), "0.2 percent") << text;
    EXPECT_EQ(print.surprise, Surprise::kBelow) << text;
    EXPECT_EQ(print.direction, model::Direction::kUp) << text;
    ASSERT_TRUE(print.comparator) << text;
    EXPECT_EQ(print.comparator->relation, model::Comparison::kConsensus) << text;
    EXPECT_EQ(shown(*record.figure(print.comparator->figure)), "0.3 percent") << text;
    ASSERT_TRUE(print.period && print.period->start) << text;
    EXPECT_EQ(static_cast<unsigned>(print.period->start->month()), 1U) << text;
    EXPECT_TRUE(print.is_evidence()) << text;
  }
}

TEST(Prints, KnowSurprisesThatAreOnlySaid) {
  EXPECT_EQ(reading("Consumer prices rose more slowly than expected in January.").surprise,
            Surprise::kBelow);
  EXPECT_EQ(reading("1월 CPI가 예상보다 뜨거웠다.").surprise, Surprise::kAbove);
  EXPECT_EQ(reading("January CPI came in as expected.").surprise, Surprise::kInLine);
}

TEST(Prints, ThatAreOnlyExpectedAreNone) {
  for (const char* text : {"전문가들은 1월 근원 CPI가 0.3% 상승했을 것으로 예상했다.",
                           "이번 주 발표될 1월 CPI는 2.5% 상승할 것으로 전망된다.",
                           "Traders await Friday's core CPI, seen rising 0.3%.",
                           "The 10-year fell 8 bps to 4.05% after soft CPI."}) {
    for (const model::Fact& fact : facts_of(read(text), FactKind::kReading)) {
      EXPECT_EQ(fact.metric, "bond_yield") << text;
    }
  }
}

TEST(Prints, OfTwoSpansMeetTheirOwnExpectations) {
  for (const char* text :
       {"The core CPI advanced 0.2% on the month and 2.5% from a year earlier; economists had "
        "expected 0.3% and 2.6%.",
        "1월 근원 CPI가 전월 대비 0.2%, 전년 동월 대비 2.5% 상승했다. 시장 예상치는 각각 0.3%, 2.6%였다."}) {
    const auto record = read(text);
    const auto prints = facts_of(record, FactKind::kReading);
    ASSERT_EQ(prints.size(), 2U) << text;
    EXPECT_EQ(prints[0].qualifier.variant, "mom") << text;
    EXPECT_EQ(prints[1].qualifier.variant, "yoy") << text;
    ASSERT_TRUE(prints[0].comparator && prints[1].comparator) << text;
    EXPECT_EQ(shown(*record.figure(prints[0].comparator->figure)), "0.3 percent") << text;
    EXPECT_EQ(shown(*record.figure(prints[1].comparator->figure)), "2.6 percent") << text;
  }
}

TEST(Prints, TellTheCountry) {
  EXPECT_EQ(reading("US CPI rose 0.2%.").subject.id, "US");
  EXPECT_EQ(reading("통계청은 1월 소비자물가가 2.0% 올랐다고 밝혔다.").subject.id, "KR");
  EXPECT_EQ(reading("Euro zone consumer prices rose 2.1% in January.").subject.id, "EU");
}

TEST(Prints, AreConditionalWhenTheTextIs) {
  EXPECT_EQ(reading("만약 12월 CPI가 예상보다 높으면 증시는 조정받는다.").modality,
            model::Modality::kConditional);
  EXPECT_EQ(reading("| 트리거 | 반응 |\n| CPI 예상보다 높게 발표 | 조정 |").modality,
            model::Modality::kHypothetical);
}

TEST(Yields, CarryLevelAndMoveApart) {
  const auto record = read("미 국채 10년물 금리는 12bp 급등해 연 4.27%에 마감했다.");
  const model::Fact yield = only_fact(record, FactKind::kReading);
  EXPECT_EQ(yield.subject.id, "UST10Y");
  EXPECT_EQ(yield.metric, "bond_yield");
  EXPECT_EQ(value_of(record, yield), "4.27 percent");
  ASSERT_EQ(yield.measures.size(), 1U);
  EXPECT_EQ(shown(*record.figure(yield.measures[0].figure)), "12 basis_points");
  EXPECT_EQ(yield.direction, model::Direction::kUp);
}

TEST(Yields, OfOtherCountriesAreOthers) {
  EXPECT_EQ(reading("일본 국채 10년물 금리는 2.05%로 올랐다.").subject.id, "JGB10Y");
}

TEST(Yields, AreNotReadFromAVagueLevel) {
  EXPECT_TRUE(facts_of(read("10년물 금리는 4%대를 유지했다."), FactKind::kReading).empty());
}

}  // namespace
}  // namespace wiremill::extract
