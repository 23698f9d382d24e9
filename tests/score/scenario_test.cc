// Scenario packs, by hand.
#include "score/scorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "catalog/catalogue.h"
#include "invented/invented_news.h"

namespace wiremill::score {
namespace {

using invented::capex;
using invented::commit;
using invented::core_cpi;
using invented::guidance;
using invented::News;
using model::Direction;

constexpr double kClose = 1e-9;

std::vector<double> softmax(std::vector<double> logs) {
  double sum = 0;
  for (double& log : logs) sum += log = std::exp(log);
  for (double& weight : logs) weight /= sum;
  return logs;
}

std::vector<double> prior_logs() {
  return {std::log(0.4), std::log(0.25), std::log(0.25), std::log(0.1)};
}

/// Adds `by` × ln(ratio), shrunk so that its spread is at most ln(cap).
void add(std::vector<double>& logs, const std::vector<double>& ratios, double by, double cap) {
  std::vector<double> piece;
  for (const double ratio : ratios) piece.push_back(by * std::log(ratio));
  const auto [low, high] = std::minmax_element(piece.begin(), piece.end());
  const double shrink = std::min(1.0, std::log(cap) / (*high - *low));
  for (std::size_t k = 0; k < logs.size(); ++k) logs[k] += shrink * piece[k];
}

class Scenarios : public testing::Test {
 protected:
  Scenarios() { scorer.advance(invented::at("2026-02-20T09:00:00Z")); }

  model::ScenarioView view() { return *scorer.signal("scenario/shock", scorer.now())->scenario; }
  void expect(const std::vector<double>& logs) {
    const auto expected = softmax(logs);
    const auto weights = view().weights;
    ASSERT_EQ(weights.size(), expected.size());
    for (std::size_t k = 0; k < weights.size(); ++k) {
      EXPECT_NEAR(weights[k], expected[k], kClose) << view().names[k];
    }
  }
  std::string state_of(const std::string& trigger) {
    for (const auto& each : view().triggers) {
      if (each.id == trigger) return each.state;
    }
    return "no such trigger";
  }

  Scorer scorer{invented::program(), Options{}};
};

TEST_F(Scenarios, WithoutEvidenceTheWeightsAreThePrior) {
  expect(prior_logs());
  EXPECT_EQ(view().state, "open");
  EXPECT_EQ(state_of("core_cpi"), "untested");
}

TEST_F(Scenarios, AnEventWeighsByCredibilityTimesStatusAndIsCapped) {
  commit(scorer, News("a").fact(guidance("AMZN", Direction::kDown)));
  auto logs = prior_logs();
  add(logs, {0.6, 2.0, 0.8, 1}, 0.85 * 0.8, 2);  // spread .819 is cut to ln 2
  expect(logs);
  EXPECT_EQ(state_of("spender_guidance"), "on");
  EXPECT_TRUE(view().capped);
  const auto signal = scorer.signal("scenario/shock", scorer.now());
  ASSERT_EQ(signal->because.size(), 1U);
  EXPECT_EQ(signal->because[0].fact, "a/1/1");
  EXPECT_EQ(signal->because[0].rule, "weak");
  EXPECT_NEAR(signal->because[0].contribution, signal->scenario->moved_points[1], kClose);
}

TEST_F(Scenarios, NoveltyAndRelevanceAreGatesAndNoFactors) {
  commit(scorer, News("a").tone("AMZN", 0, 0.1).fact(guidance("AMZN", Direction::kDown)));
  commit(scorer, News("b").from("bloomberg").fact(guidance("AMZN", Direction::kDown)));
  auto logs = prior_logs();
  add(logs, {0.6, 2.0, 0.8, 1}, 0.85 * 0.8, 2);
  expect(logs);
}

TEST_F(Scenarios, AnEventFadesByItsHalfLife) {
  commit(scorer, News("a").fact(guidance("NVDA", Direction::kUp)));
  scorer.advance(invented::at("2026-03-02T09:00:00Z"));  // ten days
  auto logs = prior_logs();
  std::vector<double> fresh(4, 0);
  add(fresh, {1.1, 0.65, 2.0, 0.9}, 0.85 * 0.8, 2);
  for (std::size_t k = 0; k < 4; ++k) logs[k] += 0.5 * fresh[k];
  expect(logs);
}

TEST_F(Scenarios, AStateCountsFullyUntilTheNextReadingReplacesIt) {
  commit(scorer, News("jan").fact(core_cpi("2.4", "2.5")));
  scorer.advance(invented::at("2026-03-10T09:00:00Z"));
  auto logs = prior_logs();
  add(logs, {1.5, 0.7, 1.2, 0.7}, 0.85 * 1, 3);
  expect(logs);
  commit(scorer, News("feb").at("2026-03-10T09:00:00Z").fact(core_cpi("2.7", "2.5")));
  logs = prior_logs();
  add(logs, {0.7, 1.4, 0.8, 1.5}, 0.85 * 1, 3);
  expect(logs);
  commit(scorer, News("mar").at("2026-03-10T09:00:30Z").fact(core_cpi("2.5", "2.5")));
  expect(prior_logs());
  EXPECT_EQ(state_of("core_cpi"), "off");
}

TEST_F(Scenarios, ASurpriseIsCountedInDecimals) {
  commit(scorer, News("a").fact(core_cpi("0.2", "0.3")));  // in binary a little less than a tenth
  EXPECT_EQ(state_of("core_cpi"), "on");
  commit(scorer, News("b").at("2026-02-20T09:00:20Z").fact(core_cpi("0.3", "0.3")));
  EXPECT_EQ(state_of("core_cpi"), "off");
  commit(scorer, News("c").at("2026-02-20T09:00:40Z").fact(core_cpi("0.4", "0.3")));
  EXPECT_EQ(state_of("core_cpi"), "on");
}

TEST_F(Scenarios, TheWordBelowStandsForATenthOfAPoint) {
  auto word = core_cpi("2.4", "2.5");
  word.compared.reset();
  word.fact.comparator.reset();
  word.fact.surprise = model::Surprise::kBelow;
  commit(scorer, News("jan").fact(word));
  EXPECT_EQ(state_of("core_cpi"), "on");
}

TEST_F(Scenarios, AYieldIsMeasuredByThePacksFirstReading) {
  commit(scorer, News("a").fact(invented::ten_year("4.10")));
  EXPECT_EQ(state_of("ten_year"), "off");
  commit(scorer, News("b").at("2026-02-20T09:00:20Z").fact(invented::ten_year("4.19")));
  EXPECT_EQ(state_of("ten_year"), "off");
  commit(scorer, News("c").at("2026-02-20T09:00:40Z").fact(invented::ten_year("4.20")));
  EXPECT_EQ(state_of("ten_year"), "on");
}

TEST_F(Scenarios, TheSecondClaimOfAFamilyCountsHalfAndTheFamilyIsCapped) {
  commit(scorer, News("a").fact(guidance("AMZN", Direction::kDown)));
  commit(scorer, News("b").from("daily").fact(guidance("MSFT", Direction::kDown)));
  auto logs = prior_logs();
  add(logs, {0.6, 2.0, 0.8, 1}, 0.85 * 0.8, 2);
  std::vector<double> second(4, 0);
  add(second, {0.6, 2.0, 0.8, 1}, 0.7 * 0.8, 2);
  for (std::size_t k = 0; k < 4; ++k) logs[k] += 0.5 * second[k];
  expect(logs);
  commit(scorer, News("c").fact(guidance("META", Direction::kDown)));
  commit(scorer, News("d").fact(guidance("GOOGL", Direction::kDown)));
  // ln 2 · (1 + ½ + ¼ + ⅛ of the weaker one) stays below ln 4: spread ≤ 2 ln 2.
  const auto w = view().weights;
  const double spread = std::log(w[1] / 0.25) - std::log(w[0] / 0.4);
  EXPECT_LE(spread, std::log(4.0) + kClose);
  EXPECT_GT(spread, std::log(2.0) * 1.7);
}

TEST_F(Scenarios, AFirstPlanIsNotRaisedAgain) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  expect(prior_logs());
  EXPECT_EQ(state_of("spender_capex"), "off");
  commit(scorer, News("b").at("2026-02-20T09:00:20Z").fact(capex("AMZN", 208)));
  EXPECT_EQ(state_of("spender_capex"), "off") << "4 % is less than 5 %";
  commit(scorer, News("c").at("2026-02-20T09:00:40Z").fact(capex("AMZN", 220)));
  auto logs = prior_logs();
  add(logs, {0.8, 1.4, 1.4, 1}, 0.85 * 0.6, 2);
  expect(logs);
}

TEST_F(Scenarios, WhatWasKnownBeforeThePackIsABaselineAndNoEvidence) {
  commit(scorer, News("a").at("2026-02-05T09:00:00Z").fact(capex("AMZN", 200)));
  commit(scorer, News("b").from("bloomberg").fact(capex("AMZN", 200)));
  commit(scorer, News("g").at("2026-02-13T23:59:00Z").fact(guidance("AMZN", Direction::kDown)));
  expect(prior_logs());
  commit(scorer, News("c").fact(capex("AMZN", 220)));
  EXPECT_EQ(state_of("spender_capex"), "on");
}

TEST_F(Scenarios, AColumnMovesNoPackAndIsNoBaseline) {
  for (const char* day : {"14", "15", "16", "17"}) {
    commit(scorer, News(std::string("column") + day).form(model::Form::kColumn)
                       .at(std::string("2026-02-") + day + "T01:00:00Z")
                       .fact(capex("AMZN", 150 + std::stoi(day)))
                       .fact(guidance("AMZN", Direction::kDown))
                       .fact(core_cpi("2.4", "2.5")));
  }
  for (const double points : view().moved_points) EXPECT_EQ(points, 0.0);
  commit(scorer, News("wire").fact(capex("AMZN", 300)));
  EXPECT_EQ(state_of("spender_capex"), "off");
}

TEST_F(Scenarios, ADenialCountsAgainstWhatItDenies) {
  commit(scorer, News("a").fact(guidance("AMZN", Direction::kDown)));
  commit(scorer, News("b").at("2026-02-20T09:00:30Z")
                     .fact(invented::denied(guidance("AMZN", Direction::kDown))));
  auto logs = prior_logs();
  add(logs, {0.6, 2.0, 0.8, 1}, -0.85 * 0.3, 2);
  expect(logs);
}

TEST_F(Scenarios, ACompanysOwnFirmFigureMayMoveTheSetFurther) {
  auto own = capex("AMZN", 220, 2026, model::Status::kActual);
  own.fact.claimant = {model::ClaimantType::kCompany, "AMZN", "Amazon", ""};
  commit(scorer, News("a").fact(capex("AMZN", 100)));
  commit(scorer, News("b").form(model::Form::kFiling).at("2026-02-20T09:00:30Z").fact(own));
  auto logs = prior_logs();
  add(logs, {0.8, 1.4, 1.4, 1}, 1, 3);
  expect(logs);
}

TEST_F(Scenarios, APackIsSilentBeforeItOpensAndFrozenWhenItCloses) {
  Scorer early(invented::program(), Options{});
  early.advance(invented::at("2026-02-13T23:59:00Z"));
  EXPECT_FALSE(early.signal("scenario/shock", early.now()));

  commit(scorer, News("a").fact(guidance("AMZN", Direction::kDown)));
  scorer.advance(invented::at("2026-03-12T23:59:00Z"));
  const auto last = view().weights;
  scorer.advance(invented::at("2026-03-15T00:00:00Z"));
  commit(scorer, News("late").at("2026-03-14T00:00:00Z").fact(guidance("META", Direction::kDown)));
  EXPECT_EQ(view().state, "closed");
  EXPECT_NEAR(view().weights[1], last[1], 1e-4);
  scorer.advance(invented::at("2026-03-21T00:00:00Z"));
  EXPECT_FALSE(scorer.signal("scenario/shock", scorer.now()));
}

TEST_F(Scenarios, SilenceIsEvidenceUntilTheTriggerIsOn) {
  auto catalogue = invented::catalogue();
  catalogue->weighing.packs[0].silence =
      catalog::Silence{"supplier_guidance", {0, 0.2, 0.8, 0.1}, 20};
  Scorer quiet(invented::program(catalogue), Options{});
  quiet.advance(invented::at("2026-02-24T00:00:00Z"));  // ten of twenty days
  const auto weights = quiet.signal("scenario/shock", quiet.now())->scenario->weights;
  const auto expected = softmax({std::log(0.4), std::log(0.25 * 0.9), std::log(0.25 * 0.6),
                                 std::log(0.1 * 0.95)});
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(weights[k], expected[k], kClose);
}

/// The pack as it ships, moved by three follow-ups; the weights are worked out by hand.
TEST(ShippedPack, ThreeFollowUpsMoveItAsTheDeskSays) {
  const auto catalogue = catalog::load({WIREMILL_SOURCE_DIR "/deploy/catalog", {}});
  ASSERT_TRUE(catalogue) << catalogue.error().text;
  const auto program = compile(*catalogue);
  ASSERT_TRUE(program) << program.error().text;
  Scorer scorer(*program, Options{});
  const auto points = [&] {
    return scorer.signal("scenario/capex-shock-2026", scorer.now())->scenario->moved_points;
  };
  const auto weights = [&] {
    return scorer.signal("scenario/capex-shock-2026", scorer.now())->scenario->weights;
  };
  scorer.advance(invented::at("2026-02-25T12:00:00Z"));
  commit(scorer, News("column").form(model::Form::kColumn).at("2026-02-15T23:00:00Z")
                     .fact(capex("AMZN", 200)));
  for (const double moved : points()) EXPECT_EQ(moved, 0.0);

  const auto expect_weights = [&](const std::vector<double>& by_hand) {
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(weights()[k], by_hand[k], 1e-3) << k;
  };
  // A spender's weak guidance, guided .8 by a wire .85: .68 · ln(.6, 2, .8, 1) spreads .8187 and is
  // cut to ln 2: -.2941, +.3991, -.1285, 0.
  commit(scorer, News("weak").at("2026-02-25T12:00:00Z").fact(guidance("AMZN", Direction::kDown)));
  expect_weights({0.3009, 0.3762, 0.2220, 0.1010});
  // A supplier raises: .68 · ln(1.1, .65, 2, .9) spreads .7643, cut to ln 2: +.0588, -.2657,
  // +.4275, -.0650.
  commit(scorer, News("raise").at("2026-02-25T12:00:00Z").fact(guidance("NVDA", Direction::kUp)));
  expect_weights({0.3061, 0.2766, 0.3265, 0.0907});
  // Core CPI a tenth below, an official print: .85 · ln(1.5, .7, 1.2, .7) spreads .6478 < ln 3:
  // +.3446, -.3032, +.1550, -.3032.
  commit(scorer, News("cpi").at("2026-02-25T12:00:00Z").fact(core_cpi("2.4", "2.5")));
  expect_weights({0.3984, 0.1884, 0.3515, 0.0618});

  const auto signal = scorer.signal("scenario/capex-shock-2026", scorer.now());
  std::vector<std::string> facts;
  for (const auto* side : {&signal->because, &signal->against}) {
    for (const auto& because : *side) facts.push_back(because.story);
  }
  std::sort(facts.begin(), facts.end());
  EXPECT_EQ(facts, (std::vector<std::string>{"cpi", "raise", "weak"}));
}

}  // namespace
}  // namespace wiremill::score
