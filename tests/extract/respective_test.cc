#include "extract/respective.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

/// "AMZN 200", for the amount in whole billions or trillions that the test speaks of.
std::string told(const model::FactsRecord& record, const model::Fact& fact) {
  const model::Figure* const figure = record.figure(fact.figure);
  return fact.subject.id + " " + (figure == nullptr ? "-" : shown(*figure));
}

TEST(Respective, AmountsGoToTheMeasuresInTheirOrder) {
  const auto record = read("LG전자의 지난해 매출과 영업이익은 각각 88조원, 3조원으로 집계됐다.");
  EXPECT_EQ(told(record, only_fact(record, FactKind::kRevenue)), "066570 88000000000000 KRW");
  EXPECT_EQ(told(record, only_fact(record, FactKind::kEarnings)), "066570 3000000000000 KRW");
}

TEST(Respective, AmountsGoToTheCompaniesInTheirOrder) {
  const auto record = read("아마존과 알파벳은 올해 자본지출로 각각 2000억달러와 1850억달러를 쓴다.");
  const auto facts = facts_of(record, FactKind::kCapex);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(told(record, facts[0]), "AMZN 200000000000 USD");
  EXPECT_EQ(told(record, facts[1]), "GOOGL 185000000000 USD");
}

TEST(Respective, MovesGoToTheSharesInTheirOrder) {
  const auto record = read("삼성전자와 SK하이닉스는 각각 2.1%, 3.4% 올랐다.");
  const auto facts = facts_of(record, FactKind::kPriceMove);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(told(record, facts[0]), "005930 2.1 percent");
  EXPECT_EQ(told(record, facts[1]), "000660 3.4 percent");
}

TEST(Respective, AYearInFrontOfAnotherAmountIsThatAmounts) {
  const auto record = read("LG화학은 올해 설비투자를 작년 2조9000억원에서 1조7000억원으로 줄인다.");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  ASSERT_TRUE(fact.period && fact.period->start);
  EXPECT_EQ(static_cast<int>(fact.period->start->year()), 2026);
}

TEST(Respective, AListOfAnotherLengthSaysNothing) {
  const auto record = read("LG전자의 지난해 매출과 영업이익은 88조원, 3조원, 1조원이었다.");
  EXPECT_TRUE(facts_of(record, FactKind::kRevenue).empty());
}

TEST(Respective, WhomTheParticleMarksDoesNotSupply) {
  EXPECT_TRUE(facts_of(read("이 회사는 삼성전자에 500억원 규모의 장비를 공급한다."), FactKind::kContract)
                  .empty());
}

TEST(Respective, TheNextSentenceMayNameTheSum) {
  const auto record = read("현대로템은 폴란드와 이행계약을 체결했다. 금액은 8조9천억원이다.");
  EXPECT_EQ(told(record, only_fact(record, FactKind::kContract)), "064350 8900000000000 KRW");
}

}  // namespace
}  // namespace wiremill::extract
