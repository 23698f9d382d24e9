#include "extract/owned_periods.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using Texts = std::vector<std::string>;

/// "VALUE in YEAR" of each fact about spending.
Texts values_and_years(const std::string& text) {
  const auto record = read(text);
  Texts all;
  for (const model::Fact& fact : facts_of(record, model::FactKind::kCapex)) {
    const bool dated = fact.period && fact.period->start;
    all.push_back(value_of(record, fact) + " in " +
                  (dated ? std::to_string(static_cast<int>(fact.period->start->year())) : "none"));
  }
  return all;
}

TEST(OwnedPeriods, StandRightBehindTheirFigure) {
  EXPECT_EQ(values_and_years("Capital expenditures at Amazon came to $131 billion in 2025, and to "
                             "$83 billion in 2024."),
            (Texts{"131000000000 USD in 2025", "83000000000 USD in 2024"}));
}

TEST(OwnedPeriods, FollowTheOrderOfARowOfFigures) {
  EXPECT_EQ(values_and_years("Amazon's capital expenditures were $83 billion and $131 billion in "
                             "2024 and 2025."),
            (Texts{"83000000000 USD in 2024", "131000000000 USD in 2025"}));
}

TEST(OwnedPeriods, LeaveAFigureWithoutOneToItsNeighbours) {
  EXPECT_EQ(values_and_years("In 2025 Amazon's capital expenditures were $131 billion."),
            Texts{"131000000000 USD in 2025"});
}

}  // namespace
}  // namespace wiremill::extract
