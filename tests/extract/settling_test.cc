#include "extract/settling.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Comparison;
using model::Direction;
using model::FactKind;
using model::Surprise;

TEST(Settling, TheNextSentenceTellsLastYearsValue) {
  const auto record = read("아마존은 올해 자본지출이 1500억 달러가 될 것이라고 밝혔다. 지난해의 1000억 "
                           "달러보다 절반 늘어난 금액이다.");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  ASSERT_TRUE(fact.comparator);
  EXPECT_EQ(fact.comparator->relation, Comparison::kPriorYear);
  EXPECT_EQ(fact.direction, Direction::kUp);
}

TEST(Settling, TheNextSentenceTellsTheExpectedValue) {
  const auto record = read("버티브는 2분기 매출 가이던스로 30억 달러를 제시했다. 시장 컨센서스인 32억 달러를 "
                           "밑도는 수치다.");
  EXPECT_EQ(only_fact(record, FactKind::kGuidance).surprise, Surprise::kBelow);
}

TEST(Settling, ASentenceAboutSomebodyElseTellsNothing) {
  const auto record = read("아마존은 올해 자본지출이 1500억 달러가 될 것이라고 밝혔다. 지난해 메타는 700억 "
                           "달러를 썼다.");
  EXPECT_FALSE(only_fact(record, FactKind::kCapex).comparator);
}

TEST(Settling, AResultOfAPeriodThatIsNotOverIsNone) {
  EXPECT_TRUE(facts_of(read("버티브의 2026년 4분기 매출은 30억 달러로 늘었다."), FactKind::kRevenue)
                  .empty());
  EXPECT_EQ(facts_of(read("버티브의 2025년 4분기 매출은 30억 달러로 늘었다."), FactKind::kRevenue)
                .size(), 1U);
}

TEST(Settling, WhatWasSpentInAQuarterWasSpentInTheLastOne) {
  const auto record = read("Equinix spent $900 million on capital expenditures in the third "
                           "quarter.");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  ASSERT_TRUE(fact.period && fact.period->start);
  EXPECT_EQ(static_cast<int>(fact.period->start->year()), 2025);
}

TEST(Settling, AYearThatHasHardlyBegunHasNotBeenSpent) {
  const auto record = read("What frightened investors was one line: capital expenditures of $90 "
                           "billion in 2026 at Meta.");
  EXPECT_EQ(only_fact(record, FactKind::kCapex).status, model::Status::kPlanned);
}

TEST(Settling, TheSurpriseMayStandBehindTheResult) {
  const auto record = read("Vertiv's revenue rose to $2.9 billion, beating expectations.");
  EXPECT_EQ(only_fact(record, FactKind::kRevenue).surprise, Surprise::kAbove);
}

TEST(Settling, ASpendingPlanIsMeasuredByWhatAnalystsExpected) {
  const auto record = read("Oracle forecast capital expenditures of $60 billion for 2026, above "
                           "the $48 billion analysts expected.");
  EXPECT_EQ(only_fact(record, FactKind::kCapex).surprise, Surprise::kAbove);
}

}  // namespace
}  // namespace wiremill::extract
