#include "extract/siblings.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FactKind;

std::vector<std::string> values(const model::FactsRecord& record, FactKind kind) {
  std::vector<std::string> all;
  for (const model::Fact& fact : facts_of(record, kind)) all.push_back(value_of(record, fact));
  return all;
}

TEST(Siblings, ARoundHeadlineIsTheBodysStatement) {
  const auto record = read("LS일렉트릭은 4,930억원 규모의 변압기 공급계약을 체결했다.",
                           "LS일렉트릭, 5천억원 육박하는 공급계약 체결");
  EXPECT_EQ(values(record, FactKind::kContract),
            (std::vector<std::string>{"493000000000 KRW"}));
}

TEST(Siblings, TheTopOfARangeIsNoPlanOfItsOwn) {
  const auto record = read("메타는 올해 자본지출로 1000억~1200억 달러를 제시했다.",
                           "메타, 올해 자본지출 최대 1200억 달러로 확대");
  const auto facts = facts_of(record, FactKind::kCapex);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(value_of(record, facts.front()), "100000000000…120000000000 USD");
  EXPECT_EQ(facts.front().direction, Direction::kUp);  // the headline's word for it is kept
}

TEST(Siblings, AHeadlineInWonIsTheConversionOfTheBody) {
  const auto record = read("알파벳은 올해 자본지출 1000억 달러(약 145조원)를 계획했다.",
                           "알파벳, 올해 자본지출 145조원");
  EXPECT_EQ(values(record, FactKind::kCapex),
            (std::vector<std::string>{"100000000000 USD"}));
}

TEST(Siblings, AHeadlineIsNoFirmerThanItsBody) {
  const auto record = read("버티브가 냉각 업체를 9억 달러에 인수하는 의향서(LOI)를 체결했다.",
                           "버티브, 냉각 업체 9억 달러에 인수");
  const auto facts = facts_of(record, FactKind::kDeal);
  ASSERT_FALSE(facts.empty());
  for (const model::Fact& fact : facts) EXPECT_EQ(fact.status, model::Status::kNonBinding);
}

TEST(Siblings, AnotherValueStaysAnother) {
  const auto record = read("알파벳은 올해 자본지출 1000억 달러를 계획했다.",
                           "알파벳, 올해 자본지출 1100억 달러");
  EXPECT_EQ(values(record, FactKind::kCapex).size(), 2U);
}

TEST(Siblings, TheBodyNamesTheCountryThatTheHeadlineLeavesOut) {
  const auto record = read("국가데이터처는 1월 소비자물가가 2.2% 상승했다고 밝혔다.",
                           "1월 소비자물가 2.2% 상승");
  for (const model::Fact& fact : facts_of(record, FactKind::kReading)) {
    EXPECT_EQ(fact.subject.id, "KR");
  }
}

}  // namespace
}  // namespace wiremill::extract
