#include "extract/price_moves.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

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

using Moves = std::vector<std::string>;

TEST(PriceMoves, EveryNameOfAListHasItsOwn) {
  EXPECT_EQ(moves_in("Nvidia rose 2.5%, Broadcom 4% and Oracle fell 3%."),
            (Moves{"NVDA up 2.5", "AVGO up 4", "ORCL down 3"}));
}

TEST(PriceMoves, AClosingPriceSaysTheWayBehindTheRate) {
  EXPECT_EQ(moves_in("Dell closed 2.2% higher at $130."), Moves{"DELL up 2.2"});
}

TEST(PriceMoves, TheNextSentenceMayLeaveTheNameOut) {
  EXPECT_EQ(moves_in("Intel cut its outlook. On Friday they lost 7%."), Moves{"INTC down 7"});
}

TEST(PriceMoves, SalesThatRiseAreNoPrice) {
  EXPECT_EQ(moves_in("Nvidia sales rose 22%. Orders at Vertiv jumped 30%."), Moves{});
  EXPECT_EQ(moves_in("Oracle lost 10% of its staff."), Moves{});
}

TEST(PriceMoves, AnAppositionMayStandBetween) {
  EXPECT_EQ(moves_in("Micron, which makes memory, slipped 2%."), Moves{"MU down 2"});
}

}  // namespace
}  // namespace wiremill::extract
