#include "catalog/weighing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "changed_catalogue.h"

namespace wiremill::catalog {
namespace {

constexpr const char* kPack = "packs/capex-shock-2026.yaml";
constexpr const char* kWhen =
    "{kind: reading, subject: US, metric: core_cpi, surprise_at_most: -0.1}";

/// The first condition of the shipped pack, written anew.
ChangedCatalogue with(const std::string& when) { return ChangedCatalogue(kPack, kWhen, when); }

TEST(Condition, EveryPartOfItIsRead) {
  const auto loaded = with("{kind: [capex, guidance], subject: AMZN, group: hyperscalers, "
                           "status: planned, not_status: rumoured, role: spender, direction: up, "
                           "same_period: true, revision_at_least: 0.05, move_at_least: 3}").load();
  ASSERT_TRUE(loaded) << loaded.error().text;
  const auto& packs = (*loaded)->weighing.packs;
  const auto pack = std::find_if(packs.begin(), packs.end(),
                                 [](const Pack& one) { return one.id == "capex-shock-2026"; });
  ASSERT_NE(pack, packs.end());
  const Condition& when = pack->triggers[0].rows[0].when;
  EXPECT_EQ(when.kinds, (std::vector{model::FactKind::kCapex, model::FactKind::kGuidance}));
  EXPECT_EQ(when.subjects, std::vector<std::string>{"AMZN"});
  EXPECT_EQ(when.groups, std::vector<std::string>{"hyperscalers"});
  EXPECT_EQ(when.statuses, std::vector{model::Status::kPlanned});
  EXPECT_EQ(when.not_statuses, std::vector{model::Status::kRumoured});
  EXPECT_EQ(when.roles, std::vector{model::Role::kSpender});
  EXPECT_EQ(when.directions, std::vector{model::Direction::kUp});
  EXPECT_TRUE(when.same_period);
  EXPECT_FALSE(when.direction_or_surprise);
  EXPECT_EQ(when.revision_at_least, 0.05);
  EXPECT_EQ(when.move_at_least, 3);
  EXPECT_EQ(when.surprise_at_most, std::nullopt) << "what is not asked for is no zero";
}

TEST(Condition, AKindIsNeeded) {
  expect_mistake(with("{subject: US}"), "condition: \"kind\" is missing");
}

TEST(Condition, ANumberOutOfItsRangeIsAMistake) {
  expect_mistake(with("{kind: reading, surprise_at_most: -101}"),
                 "\"surprise_at_most\" is \"-101\", must be a number in -100…100");
}

TEST(Condition, ARowWithoutOneIsAMistake) {
  expect_mistake(ChangedCatalogue(kPack, std::string("          when: ") + kWhen + "\n", ""),
                 "\"when\" is missing");
}

TEST(Condition, AnUnknownKindListsTheKnownOnes) {
  expect_mistake(ChangedCatalogue("impacts.yaml", "kind: capex", "kind: capital"),
                 "\"kind\" is \"capital\", must be one of: capex, contract, ");
}

}  // namespace
}  // namespace wiremill::catalog
