#include "catalog/weighing.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "catalog/catalogue.h"

namespace wiremill::catalog {
namespace {

namespace fs = std::filesystem;

/// The catalogue as it ships, with one text of one file changed.
class ChangedCatalogue {
 public:
  ChangedCatalogue(const std::string& file, const std::string& old_text,
                   const std::string& new_text) {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / (std::string("wiremill-weighing-") + test->name());
    fs::remove_all(folder_);
    fs::copy(WIREMILL_SOURCE_DIR "/deploy/catalog", folder_, fs::copy_options::recursive);
    std::ifstream in(folder_ / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << file << " has no " << old_text;
    text.replace(at, old_text.size(), new_text);
    std::ofstream(folder_ / file) << text;
  }
  ~ChangedCatalogue() { fs::remove_all(folder_); }
  ChangedCatalogue(const ChangedCatalogue&) = delete;
  ChangedCatalogue& operator=(const ChangedCatalogue&) = delete;

  /// What loading says is wrong; empty when nothing is.
  std::string mistakes() const {
    const auto loaded = load({folder_.string(), {}});
    return loaded ? std::string() : loaded.error().text;
  }

 private:
  fs::path folder_;
};

void expect_mistake(const ChangedCatalogue& catalogue, const std::string& words) {
  EXPECT_NE(catalogue.mistakes().find(words), std::string::npos) << catalogue.mistakes();
}

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
  ASSERT_EQ(weighing.packs.size(), 1U);
  EXPECT_EQ(weighing.packs[0].scenarios[0].name_ko, "이벤트 조정 후 안정화");
  EXPECT_EQ(weighing.packs[0].triggers[0].rows[0].ratios,
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

TEST(Weighing, PriorsMustSumToOne) {
  expect_mistake(ChangedCatalogue("packs/capex-shock-2026.yaml", "prior: 0.40", "prior: 0.50"),
                 "the priors sum to 1.1, must sum to 1");
}

TEST(Weighing, ARowNeedsARatioForEachScenario) {
  expect_mistake(
      ChangedCatalogue("packs/capex-shock-2026.yaml", "[1.5, 0.7, 1.2, 0.7]", "[1.5, 0.7, 1.2]"),
      "\"ratios\" has 3 numbers, must have one for each of the 4 scenarios");
}

TEST(Weighing, ARatioMustBeAbleToBeALogarithm) {
  expect_mistake(
      ChangedCatalogue("packs/capex-shock-2026.yaml", "[1.5, 0.7, 1.2, 0.7]", "[1.5, 0, 1.2, 1]"),
      "\"ratios\" has 0, must be in 0.05…20");
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

TEST(Weighing, AnUnknownKindListsTheKnownOnes) {
  expect_mistake(ChangedCatalogue("impacts.yaml", "kind: capex", "kind: capital"),
                 "\"kind\" is \"capital\", must be one of: capex, contract, ");
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
