#include "extract/moves.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FactKind;

TEST(Moves, GiveEachNameOfAListItsOwnFigureAndTheLastOnesVerb) {
  const auto record = read("마이크론이 6.3%, 오라클이 8.7% 하락했고 버티브는 1.2% 올랐다.");
  ASSERT_EQ(record.facts.size(), 3U);
  EXPECT_EQ(record.facts[0].subject.id, "MU");
  EXPECT_EQ(value_of(record, record.facts[0]), "6.3 percent");
  EXPECT_EQ(record.facts[0].direction, Direction::kDown);
  EXPECT_EQ(record.facts[1].subject.id, "ORCL");
  EXPECT_EQ(record.facts[1].direction, Direction::kDown);
  EXPECT_EQ(record.facts[2].subject.id, "VRT");
  EXPECT_EQ(record.facts[2].direction, Direction::kUp);
}

TEST(Moves, AreNotThoseOfSomethingThatTheCompanySellsOrMightSee) {
  for (const char* text : {"마이크론은 D램 가격이 5% 올랐다고 밝혔다.",
                           "마이크론 매출은 5% 하락했다.",
                           "마이크론이 5% 하락할 가능성이 있다.",
                           "마이크론이 5% 내리면 매수할 만하다.",
                           "올해 들어 마이크론은 80% 급등했다."}) {
    for (const model::Fact& fact : read(text).facts) {
      EXPECT_NE(fact.kind, FactKind::kPriceMove) << text;
    }
  }
}

TEST(Moves, CountTheMoneyOfForeignersAndInstitutionsForTheMarket) {
  const auto record = read("외국인은 2조5,000억원을 순매도했고 개인은 4조원을 순매수했다.");
  const model::Fact flow = only_fact(record, FactKind::kFlows);
  EXPECT_EQ(flow.subject.id, "KOSPI");
  EXPECT_EQ(flow.direction, Direction::kDown);
  EXPECT_EQ(value_of(record, flow), "2500000000000 KRW");
}

TEST(Moves, GiveTheMoneyToTheCompanyThatIsNamed) {
  const auto record = read("연기금은 SK하이닉스를 3,120억원 순매수했다.");
  const model::Fact flow = only_fact(record, FactKind::kFlows);
  EXPECT_EQ(flow.subject.id, "000660");
  EXPECT_EQ(flow.direction, Direction::kUp);
}

}  // namespace
}  // namespace wiremill::extract
