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

}  // namespace
}  // namespace wiremill::extract
