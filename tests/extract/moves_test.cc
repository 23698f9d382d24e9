#include "extract/moves.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FactKind;

TEST(KoreanMoves, GiveEachNameOfAListItsOwnFigureAndTheLastOnesVerb) {
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

TEST(KoreanMoves, AreNotThoseOfSomethingThatTheCompanySellsOrMightSee) {
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

TEST(KoreanMoves, CountTheMoneyOfForeignersAndInstitutionsForTheMarket) {
  const auto record = read("외국인은 2조5,000억원을 순매도했고 개인은 4조원을 순매수했다.");
  const model::Fact flow = only_fact(record, FactKind::kFlows);
  EXPECT_EQ(flow.subject.id, "KOSPI");
  EXPECT_EQ(flow.direction, Direction::kDown);
  EXPECT_EQ(value_of(record, flow), "2500000000000 KRW");
}

TEST(KoreanMoves, GiveTheMoneyToTheCompanyThatIsNamed) {
  const auto record = read("연기금은 SK하이닉스를 3,120억원 순매수했다.");
  const model::Fact flow = only_fact(record, FactKind::kFlows);
  EXPECT_EQ(flow.subject.id, "000660");
  EXPECT_EQ(flow.direction, Direction::kUp);
}

/// "VRT up 11", one for each move, in order.
std::vector<std::string> moves_in(const std::string& text, const std::string& headline = "") {
  const auto record = read(text, headline);
  std::vector<std::string> moves;
  for (const model::Fact& fact : facts_of(record, FactKind::kPriceMove)) {
    const std::string way = fact.direction ? std::string(model::name_of(*fact.direction)) : "?";
    std::string by;
    for (const model::Figure& figure : record.figures) {
      if (figure.id == fact.figure && figure.low) by = figure.low->text();
    }
    moves.push_back(fact.subject.id + " " + way + " " + by);
  }
  return moves;
}

using Lines = std::vector<std::string>;

TEST(EnglishMoves, EveryNameOfAListHasItsOwn) {
  EXPECT_EQ(moves_in("Nvidia rose 2.5%, Broadcom 4% and Oracle fell 3%."),
            (Lines{"NVDA up 2.5", "AVGO up 4", "ORCL down 3"}));
}

TEST(EnglishMoves, AClosingPriceSaysTheWayBehindTheRate) {
  EXPECT_EQ(moves_in("Dell closed 2.2% higher at $130."), Lines{"DELL up 2.2"});
}

TEST(EnglishMoves, TheNextSentenceMayLeaveTheNameOut) {
  EXPECT_EQ(moves_in("Intel cut its outlook. On Friday they lost 7%."), Lines{"INTC down 7"});
}

TEST(EnglishMoves, SalesThatRiseAreNoPrice) {
  EXPECT_EQ(moves_in("Nvidia sales rose 22%. Orders at Vertiv jumped 30%."), Lines{});
  EXPECT_EQ(moves_in("Oracle lost 10% of its staff."), Lines{});
}

TEST(EnglishMoves, ThoseToldAgainAreNoNews) {
  const auto record = read("Micron had already fallen; earlier this month it and Vertiv slid. "
                           "Previously, Micron fell 4%.");
  const model::Fact move = only_fact(record, FactKind::kPriceMove);
  EXPECT_EQ(move.newness, model::Newness::kBackground);
  EXPECT_EQ(move.rule, "price.by_name");
}

TEST(EnglishMoves, AnAppositionMayStandBetween) {
  EXPECT_EQ(moves_in("Micron, which makes memory, slipped 2%."), Lines{"MU down 2"});
}

}  // namespace
}  // namespace wiremill::extract
