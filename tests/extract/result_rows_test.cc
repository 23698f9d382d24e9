#include "extract/result_rows.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

model::FactsRecord filed(const std::string& body,
                         model::BodyFormat format = model::BodyFormat::kText) {
  model::Event event = event_of(body, "Results of operations");
  event.form = model::Form::kFiling;
  event.body_format = format;
  event.filing = model::Filing{};
  event.filing->filing_form = "8-K";
  event.filing->issuer = "Vertiv Holdings Co";
  return read(event);
}

const std::string kTable =
    "CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS\n"
    "(in millions, except per share data)\n"
    "                         Three Months Ended September 30,\n"
    "                             2025          2024\n"
    "Net sales                 $ 2,676       $ 2,073\n"
    "Net sales growth             1,029           985\n"
    "Operating income (loss)      (1,517)         1,372\n"
    "Diluted earnings per share $  1.02       $  0.46\n"
    "Purchases of property and equipment  (1,046)   (1,038)\n";

TEST(ResultRows, GiveFactsWithPeriodAndTheYearBefore) {
  const auto record = filed(kTable);
  const model::Fact sales = only_fact(record, FactKind::kRevenue);
  EXPECT_EQ(sales.subject.id, "VRT");
  EXPECT_EQ(value_of(record, sales), "2676000000 USD");
  ASSERT_TRUE(sales.period);
  EXPECT_EQ(sales.period->basis, model::Basis::kQuarter);
  EXPECT_EQ(sales.period->text, "Three Months Ended 2025-09-30");
  ASSERT_TRUE(sales.comparator);
  EXPECT_EQ(sales.comparator->relation, model::Comparison::kPriorYear);
  EXPECT_EQ(shown(*record.figure(sales.comparator->figure)), "2073000000 USD");
}

TEST(ResultRows, BracketsAreLossesButWhereMoneyIsSpent) {
  const auto record = filed(kTable);
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kEarnings)), "-1517000000 USD");
  const model::Fact capex = only_fact(record, FactKind::kCapex);
  EXPECT_EQ(value_of(record, capex), "1046000000 USD");
  EXPECT_EQ(capex.metric, "capex_cash");
  EXPECT_EQ(capex.status, model::Status::kActual);
}

TEST(ResultRows, OfHtmlWithTheSignInACellOfItsOwn) {
  const auto record = filed(
      "<p>(in thousands)</p><table><tr><td></td><td colspan=2>Nine months ended</td></tr>"
      "<tr><td></td><td>June 27, 2025</td><td>June 28, 2024</td></tr>"
      "<tr><td>Total revenues</td><td>$</td><td>412,300</td><td>$</td><td>398,100</td></tr>"
      "</table>",
      model::BodyFormat::kHtml);
  const model::Fact sales = only_fact(record, FactKind::kRevenue);
  EXPECT_EQ(value_of(record, sales), "412300000 USD");
  EXPECT_EQ(sales.period->basis, model::Basis::kYtd);
  EXPECT_FALSE(sales.period->start) << "of weeks, not of months";
}

TEST(ResultRows, OfKoreanTablesInLargeUnits) {
  model::Event event = event_of("(단위: 조원)\n매출액 93.0\n영업이익 20.0\n영업이익률 21.5\n",
                                "연결재무제표기준영업(잠정)실적(공정공시)");
  event.form = model::Form::kFiling;
  event.filing = model::Filing{};
  event.filing->issuer = "삼성전자";
  const auto record = read(event);
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kRevenue)), "93000000000000 KRW");
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kEarnings)), "20000000000000 KRW");
  EXPECT_EQ(record.figures.size(), 2U) << "a rate is no amount";
}

TEST(ResultRows, OfAKoreanFormAboutTheYear) {
  model::Event event = event_of("(단위: 백만원)\n구분 | 당해사업연도(2025년) | 직전사업연도(2024년) | 증감비율(%)\n"
                                "매출액 | 4,900,000 | 4,200,000 | 16.7\n",
                                "매출액또는손익구조30%(대규모법인은15%)이상변경");
  event.form = model::Form::kFiling;
  event.filing = model::Filing{};
  event.filing->issuer = "삼성전자";
  const auto record = read(event);
  const model::Fact sales = only_fact(record, FactKind::kRevenue);
  EXPECT_EQ(value_of(record, sales), "4900000000000 KRW");
  ASSERT_TRUE(sales.period);
  EXPECT_EQ(sales.period->basis, model::Basis::kAnnual);
  EXPECT_EQ(sales.period->text, "당해사업연도(2025");
  EXPECT_EQ(sales.direction, model::Direction::kUp);
  ASSERT_TRUE(sales.comparator);
  EXPECT_EQ(sales.comparator->relation, model::Comparison::kPriorYear);
}

TEST(ResultRows, OfAFormAboutWhatIsExpectedAreGuidance) {
  model::Event event = event_of("1. 전망 구분: 2026년 연간 매출\n2. 전망 내용\n매출액: 3조 1,000억원\n",
                                "영업실적등에대한전망(공정공시)");
  event.form = model::Form::kFiling;
  event.filing = model::Filing{};
  event.filing->issuer = "효성중공업";
  const auto record = read(event);
  const model::Fact fact = only_fact(record, FactKind::kGuidance);
  EXPECT_EQ(fact.status, model::Status::kGuided);
  EXPECT_EQ(fact.metric, "revenue");
  EXPECT_EQ(value_of(record, fact), "3100000000000 KRW");
  ASSERT_TRUE(fact.period);
  EXPECT_EQ(fact.period->text, "2026년 연간");
}

TEST(ResultRows, AreReadInFilingsAlone) {
  const auto record = read(kTable);
  for (const model::Fact& fact : record.facts) EXPECT_NE(fact.rule, kResultRow);
}

}  // namespace
}  // namespace wiremill::extract
