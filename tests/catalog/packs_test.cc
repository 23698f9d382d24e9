#include "catalog/weighing.h"

#include <gtest/gtest.h>

#include "changed_catalogue.h"

namespace wiremill::catalog {
namespace {

constexpr const char* kShipped = "packs/capex-shock-2026.yaml";

/// A pack with all that it must say and one trigger; `more` are further keys of the pack.
std::string pack_with(const std::string& more) {
  return "pack:\n"
         "  id: small\n  name: Small\n  name_ko: 작은 것\n"
         "  opens: 2026-03-01\n  closes: 2026-03-31\n  half_life_days: 8\n"
         "  scenarios:\n"
         "    - {id: yes, name: Yes, name_ko: 예, prior: 0.7}\n"
         "    - {id: no, name: No, name_ko: 아니요, prior: 0.3}\n"
         "  triggers:\n"
         "    - id: rates\n"
         "      rows: [{id: cut, ratios: [2, 0.5], when: {kind: central_bank}}]\n" + more;
}

TEST(Packs, WhatIsLeftOutFollowsFromTheRest) {
  const auto loaded = ChangedCatalogue(pack_with("")).load();
  ASSERT_TRUE(loaded) << loaded.error().text;
  const Pack& pack = (*loaded)->weighing.packs.front();
  ASSERT_EQ(pack.id, "small");
  EXPECT_EQ(pack.evidence_from, pack.opens);
  EXPECT_EQ(pack.prior_basis, "unpublished");
  ASSERT_EQ(pack.triggers.size(), 1U);
  EXPECT_EQ(pack.triggers[0].family, "rates");
  EXPECT_EQ(pack.triggers[0].half_life_days, 8);
  EXPECT_EQ(pack.triggers[0].type, TriggerType::kEvent);
  EXPECT_FALSE(pack.silence);
}

TEST(Packs, SilenceIsReadWithItsSpan) {
  const auto loaded =
      ChangedCatalogue(pack_with("  silence: {trigger: rates, quiet: [0, 0.4], span_days: 12}\n"))
          .load();
  ASSERT_TRUE(loaded) << loaded.error().text;
  const auto& silence = (*loaded)->weighing.packs.front().silence;
  ASSERT_TRUE(silence);
  EXPECT_EQ(silence->quiet, (std::vector<double>{0, 0.4}));
  EXPECT_EQ(silence->span_days, 12);
}

TEST(Packs, QuietIsAShareBelowOne) {
  expect_mistake(
      ChangedCatalogue(pack_with("  silence: {trigger: rates, quiet: [1, 0], span_days: 12}\n")),
      "\"quiet\" has 1, must be in 0…0.99");
}

TEST(Packs, CloseAfterTheyOpen) {
  expect_mistake(ChangedCatalogue(kShipped, "closes: 2026-03-13", "closes: 2026-02-14"),
                 "\"opens\" and \"closes\" must be dates in that order");
}

TEST(Packs, ATriggerNeedsRows) {
  expect_mistake(ChangedCatalogue(pack_with("    - {id: bare}\n")),
                 "trigger: \"rows\" is missing or empty");
}

TEST(Packs, PriorsMustSumToOne) {
  expect_mistake(ChangedCatalogue(kShipped, "prior: 0.40", "prior: 0.50"),
                 "the priors sum to 1.1, must sum to 1");
}

TEST(Packs, ARowNeedsARatioForEachScenario) {
  expect_mistake(
      ChangedCatalogue(kShipped, "[1.5, 0.7, 1.2, 0.7]", "[1.5, 0.7, 1.2]"),
      "\"ratios\" has 3 numbers, must have one for each of the 4 scenarios");
}

TEST(Packs, ARatioMustBeAbleToBeALogarithm) {
  expect_mistake(
      ChangedCatalogue(kShipped, "[1.5, 0.7, 1.2, 0.7]", "[1.5, 0, 1.2, 1]"),
      "\"ratios\" has 0, must be in 0.05…20");
}

}  // namespace
}  // namespace wiremill::catalog
