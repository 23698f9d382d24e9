#include "catalog/weighing.h"

#include <gtest/gtest.h>

#include "changed_catalogue.h"

namespace wiremill::catalog {
namespace {

TEST(Weighing, WhatShipsIsRead) {
  const auto loaded = load({WIREMILL_SOURCE_DIR "/deploy/catalog", {}});
  ASSERT_TRUE(loaded) << loaded.error().text;
  const Weighing& weighing = (*loaded)->weighing;
  EXPECT_EQ(weighing.weights.credibility.at("wire"), 0.85);
  EXPECT_EQ(weighing.weights.status[static_cast<std::size_t>(model::Status::kPlanned)], 0.6);
  EXPECT_EQ(weighing.weights.keep_days[static_cast<std::size_t>(model::FactKind::kLegal)], 60)
      << "the default";
  ASSERT_FALSE(weighing.impacts.empty());
  EXPECT_EQ(weighing.impacts[0].id, "capex_up");
  EXPECT_EQ(weighing.impacts[0].strengths.size(), 10U);
  ASSERT_EQ(weighing.packs.size(), 8U);
  const Pack& shock = weighing.packs[1];  // in the order of their files
  EXPECT_EQ(shock.id, "capex-shock-2026");
  EXPECT_EQ(shock.scenarios[0].name_ko, "이벤트 조정 후 안정화");
  EXPECT_EQ(weighing.packs[2].triggers[3].baseline, 4.15);
  EXPECT_EQ(weighing.packs[4].triggers[0].rows[0].when.parties,
            (std::vector<std::string>{"GROQ", "NVDA"}));
  EXPECT_EQ(shock.triggers[0].rows[0].ratios,
            (std::vector<double>{1.5, 0.7, 1.2, 0.7}));
}

TEST(Weighing, AnUnknownKeyIsAMistakeWithItsPlaceAndTheNearestKnownOne) {
  expect_mistake(ChangedCatalogue("weights.yaml", "denial: 0.3", "denail: 0.3"),
                 "unknown key \"denail\", did you mean \"denial\"?");
}

TEST(Weighing, ANumberOutOfItsRangeIsAMistake) {
  expect_mistake(ChangedCatalogue("weights.yaml", "planned: 0.6", "planned: 1.6"),
                 "\"planned\" is \"1.6\", must be a number in 0…1");
}

TEST(Weighing, AMissingNumberIsAMistake) {
  expect_mistake(ChangedCatalogue("weights.yaml", "  story_days: 7\n", "\n"),
                 "\"story_days\" is missing");
}

TEST(Weighing, NamesOfOtherFilesMustExist) {
  expect_mistake(ChangedCatalogue("impacts.yaml", "group: hyperscalers", "group: hyperscaler"),
                 "impact \"capex_up\": group \"hyperscaler\" does not exist");
  expect_mistake(ChangedCatalogue("impacts.yaml", "gpu_accelerators:", "gpu:"),
                 "impact \"capex_up\": sector \"gpu\" does not exist");
  expect_mistake(ChangedCatalogue("impacts.yaml", "{demand: 0.6}", "{demnd: 0.6}"),
                 "impact \"capex_up\": aspect \"demnd\" does not exist");
  expect_mistake(ChangedCatalogue("reference.yaml", "subject: AMZN", "subject: AMAZON"),
                 "company or group \"AMAZON\" does not exist");
}

TEST(Weighing, AKnownFigureNeedsItsDateAndSource) {
  expect_mistake(ChangedCatalogue("reference.yaml", "as_of: 2026-02-05, ", ""),
                 "reference: \"as_of\" is missing");
}

TEST(Weighing, EveryMistakeIsNamedAtOnce) {
  const ChangedCatalogue catalogue("weights.yaml", "denial: 0.3", "denial: 3\n  story: 7");
  expect_mistake(catalogue, "\"denial\" is \"3\"");
  expect_mistake(catalogue, "unknown key \"story\"");
}

}  // namespace
}  // namespace wiremill::catalog
