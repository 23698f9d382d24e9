#include "extract/comparators.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

/// "200000000000 USD, previous_guidance 150000000000 USD" of the one fact of the kind.
std::string compared(const std::string& text, FactKind kind) {
  const auto record = read(text);
  const model::Fact fact = only_fact(record, kind);
  if (!fact.comparator) return value_of(record, fact);
  const model::Figure* const other = record.figure(fact.comparator->figure);
  return value_of(record, fact) + ", " + std::string(model::name_of(fact.comparator->relation)) +
         " " + (other == nullptr ? "?" : shown(*other));
}

TEST(Comparators, WhatCameBeforeIsNoFactOfItsOwn) {
  EXPECT_EQ(compared("Amazon raised its 2026 capex forecast to $200 billion from $150 billion.",
                     FactKind::kCapex),
            "200000000000 USD, previous_guidance 150000000000 USD");
  EXPECT_EQ(compared("Amazon spent $131 billion on capex in 2025, up from $83 billion in 2024.",
                     FactKind::kCapex),
            "131000000000 USD, prior_year 83000000000 USD");
}

TEST(Comparators, AKoreanParticleSaysItByItself) {
  EXPECT_EQ(compared("아마존은 올해 자본지출을 석 달 전 제시한 1500억 달러보다 많은 2000억 달러로 늘릴 "
                     "계획이다.", FactKind::kCapex),
            "200000000000 USD, previous_guidance 150000000000 USD");
}

TEST(Comparators, WhatWasStandsBehindItsFigure) {
  EXPECT_EQ(compared("아마존은 830억 달러였던 자본지출을 1310억 달러로 늘릴 계획이다.",
                     FactKind::kCapex),
            "131000000000 USD, prior_year 83000000000 USD");
}

TEST(Comparators, TheConsensusIsMeasuredAgainst) {
  EXPECT_EQ(compared("Dell reported revenue of $30 billion, above the $28 billion consensus.",
                     FactKind::kRevenue),
            "30000000000 USD, consensus 28000000000 USD");
}

TEST(Comparators, AMarginOfErrorIsNoAmountOfItsOwn) {
  EXPECT_EQ(compared("Amazon guided revenue of $180 billion, plus or minus $2 billion.",
                     FactKind::kGuidance),
            "180000000000 USD");
  EXPECT_EQ(compared("Amazon guided revenue of $180 billion with a midpoint of $181 billion.",
                     FactKind::kGuidance),
            "180000000000 USD");
}

}  // namespace
}  // namespace wiremill::extract
