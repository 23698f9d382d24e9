// The scorer as the pipeline uses it: time, publishing, overlay, restart, limits.
#include "score/scorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>

#include "invented/invented_news.h"
#include "wire/state.h"

namespace wiremill::score {
namespace {

using invented::at;
using invented::capex;
using invented::commit;
using invented::News;
using model::Cause;

const model::Signal* find(const Effects& effects, const std::string& scope) {
  for (const model::Signal& signal : effects.signals) {
    if (signal.scope == scope) return &signal;
  }
  return nullptr;
}

class Scoring : public testing::Test {
 protected:
  Scoring() {
    scorer.advance(at("2026-02-20T09:00:00Z"));
    scorer.settle();
    scorer.keep();
  }
  Effects tick(const std::string& now) { return tick(at(now)); }
  Effects tick(base::Instant now) {
    scorer.advance(now);
    Effects effects = scorer.settle();
    scorer.keep();
    return effects;
  }

  Scorer scorer{invented::program(), Options{}};
};

TEST_F(Scoring, NewEvidenceIsPublishedAtOnceWithItsCauseSequenceAndTime) {
  const Effects effects = commit(scorer, News("a").at("2026-02-20T09:00:17Z").tone("AMZN", 0.5));
  const model::Signal* const signal = find(effects, "company/AMZN");
  ASSERT_NE(signal, nullptr);
  EXPECT_EQ(signal->cause, Cause::kNewEvidence);
  EXPECT_EQ(signal->sequence, 1);
  EXPECT_EQ(signal->supersedes, 0);
  EXPECT_EQ(signal->as_of, at("2026-02-20T09:00:00Z"));
  EXPECT_EQ(signal->known_until, at("2026-02-20T09:00:17Z"));
  EXPECT_NEAR(*signal->values.at("tone"), 0.5, 1e-12) << "within its tick news has not decayed";
  ASSERT_TRUE(effects.header);
  EXPECT_EQ(effects.header->log_time, at("2026-02-20T09:00:17Z"));
  ASSERT_EQ(effects.stories.size(), 1U);
  ASSERT_EQ(effects.scopes.size(), 2U);  // company/AMZN, sector/cloud
}

TEST_F(Scoring, AFigureOfTheYearBeforeCountsInTheTickThatItComesIn) {
  const auto plan = News("a").at("2026-02-20T08:00:00Z").fact(capex("AMZN", 200));
  const auto year_before = News("b").at("2026-02-20T08:10:00Z").fact(capex("AMZN", 190, 2025));
  commit(scorer, plan);
  commit(scorer, year_before);
  Scorer other{invented::program(), Options{}};
  other.advance(at("2026-02-20T09:00:00Z"));
  commit(other, year_before);
  commit(other, plan);
  const auto now = at("2026-02-20T09:00:00Z");
  EXPECT_EQ(scorer.export_state(now).cores, other.export_state(now).cores);
  Scorer alone{invented::program(), Options{}};
  alone.advance(at("2026-02-20T09:00:00Z"));
  commit(alone, plan);
  EXPECT_NE(alone.signal("sector/cloud", now)->values, scorer.signal("sector/cloud", now)->values);
}

TEST_F(Scoring, AnUnchangedCoreIsNotPublishedAgain) {
  commit(scorer, News("a").lead("w").tone("AMZN", 0.5));
  const Effects effects = commit(scorer, News("b").lead("w").from("x").tone("AMZN", 0.5));
  EXPECT_EQ(effects.signals.size(), 0U);
  EXPECT_EQ(effects.stories.size(), 1U) << "the reprint is kept as coverage all the same";
}

TEST_F(Scoring, ASmallMoveWaitsForTheTick) {
  Options options;
  options.because_max = 1;  // so that a weak document is not listed
  Scorer calm(invented::program(), options);
  calm.advance(at("2026-02-20T09:00:00Z"));
  commit(calm, News("a").tone("AMZN", 0.9));
  const Effects small = commit(calm, News("b").at("2026-02-20T09:00:20Z").tone("AMZN", 0.8, 0.002));
  EXPECT_EQ(find(small, "company/AMZN"), nullptr);
  calm.advance(at("2026-02-20T09:01:00Z"));
  const Effects later = calm.settle();
  ASSERT_NE(find(later, "company/AMZN"), nullptr);
  EXPECT_EQ(find(later, "company/AMZN")->cause, Cause::kNewEvidence);
}

TEST_F(Scoring, DecayIsPublishedOnTicksAndSaysSo) {
  commit(scorer, News("a").tone("AMZN", 0.5));
  const Effects effects = tick("2026-02-20T15:00:00Z");
  const model::Signal* const signal = find(effects, "company/AMZN");
  ASSERT_NE(signal, nullptr);
  EXPECT_EQ(signal->cause, Cause::kDecay);
  EXPECT_EQ(signal->supersedes, 1);
  EXPECT_LT(*signal->change_1h.at("mass"), 0);
  EXPECT_FALSE(signal->change_24h.at("tone").has_value()) << "there was no tone a day ago";
}

TEST_F(Scoring, ChangeIsMeasuredOverFixedSpans) {
  commit(scorer, News("a").at("2026-02-20T08:30:00Z").tone("AMZN", 0.5));
  tick("2026-02-20T10:00:00Z");
  const Effects effects = commit(scorer, News("b").at("2026-02-20T10:00:00Z").tone("AMZN", -0.9));
  const model::Signal* const signal = find(effects, "company/AMZN");
  ASSERT_NE(signal, nullptr);
  EXPECT_NEAR(*signal->change_1h.at("tone"), *signal->values.at("tone") - 0.5, 1e-12);
}

TEST_F(Scoring, AWithdrawalIsPublishedAsACorrection) {
  commit(scorer, News("a").tone("AMZN", 0.5));
  const Effects effects =
      commit(scorer, News("a2").story("a", 2, model::Action::kWithdraw));
  const model::Signal* const signal = find(effects, "company/AMZN");
  ASSERT_NE(signal, nullptr);
  EXPECT_EQ(signal->cause, Cause::kCorrection);
  EXPECT_FALSE(signal->values.at("tone").has_value());
}

TEST_F(Scoring, WhatIsUnderEmbargoCountsFromTheFirstTickPastIt) {
  commit(scorer, News("a").at("2026-02-20T08:00:00Z").embargo("2026-02-20T09:30:30Z")
                     .tone("AMZN", 0.5));
  EXPECT_EQ(scorer.header().log_time, at("2026-02-20T08:00:00Z"))
      << "an embargo does not move log time ahead";
  EXPECT_EQ(find(tick("2026-02-20T09:30:00Z"), "company/AMZN"), nullptr);
  const Effects effects = tick("2026-02-20T09:31:00Z");
  ASSERT_NE(find(effects, "company/AMZN"), nullptr);
  EXPECT_EQ(find(effects, "company/AMZN")->cause, Cause::kTick);
}

TEST_F(Scoring, WhatWasAppliedBeforeATickIsToldAsOfThen) {
  scorer.apply(News("a").tone("AMZN", 0.5));
  scorer.advance(at("2026-03-20T09:00:00Z"));  // long after the tone has expired
  const Effects effects = scorer.settle();
  std::vector<std::pair<base::Instant, bool>> told;
  for (const model::Signal& signal : effects.signals) {
    if (signal.scope != "company/AMZN") continue;
    told.emplace_back(signal.as_of, signal.values.at("tone").has_value());
  }
  EXPECT_EQ(told, (std::vector<std::pair<base::Instant, bool>>{
                      {at("2026-02-20T09:00:00Z"), true}, {at("2026-03-20T09:00:00Z"), false}}));
}

TEST_F(Scoring, ADroppedCommitLeavesNoTrace) {
  commit(scorer, News("a").fact(capex("AMZN", 200)).tone("AMZN", 0.5));
  const Export before = scorer.export_state(scorer.now());
  const auto header = scorer.header();
  scorer.apply(News("a2").story("a", 2, model::Action::kCorrect).fact(capex("AMZN", 20)));
  scorer.apply(News("b").at("2026-02-20T09:00:40Z").fact(capex("MSFT", 120)).tone("MSFT", -1));
  scorer.advance(at("2026-02-20T12:00:00Z"));
  const Effects first = scorer.settle();
  scorer.drop();
  EXPECT_EQ(scorer.export_state(scorer.now()), before);
  EXPECT_EQ(scorer.header(), header);
  EXPECT_EQ(scorer.now(), at("2026-02-20T09:00:00Z"));
  // The same work again has the same effects, sequence numbers included.
  scorer.apply(News("a2").story("a", 2, model::Action::kCorrect).fact(capex("AMZN", 20)));
  scorer.apply(News("b").at("2026-02-20T09:00:40Z").fact(capex("MSFT", 120)).tone("MSFT", -1));
  scorer.advance(at("2026-02-20T12:00:00Z"));
  EXPECT_EQ(scorer.settle().signals, first.signals);
}

TEST_F(Scoring, ARestartFromTheWrittenStateBelievesTheSameAndPublishesNothingNew) {
  std::map<std::string, std::string> stories;
  std::map<std::string, std::string> scopes;
  std::string header;
  const auto write = [&](const Effects& effects) {
    for (const auto& change : effects.stories) {
      stories[change.story_id] = wire::encode_story(change.state.value());
    }
    for (const auto& change : effects.scopes) {
      scopes[change.scope] = wire::encode_scope(change.state.value());
    }
    if (effects.header) header = wire::encode_header(*effects.header);
  };
  Scorer first(invented::program(), Options{});
  first.advance(at("2026-02-20T09:00:00Z"));
  write(commit(first, News("a").fact(capex("AMZN", 200)).tone("AMZN", 0.5)));
  write(commit(first, News("b").from("daily").fact(capex("AMZN", 150)).tone("NVDA", -0.2)));
  first.advance(at("2026-02-20T10:00:00Z"));
  write(first.settle());

  Scorer restarted(invented::program(), Options{});
  for (const auto& [id, bytes] : stories) restarted.load(*wire::decode_story(bytes));
  for (const auto& [id, bytes] : scopes) restarted.load(*wire::decode_scope(bytes));
  restarted.load(*wire::decode_header(header));
  EXPECT_EQ(restarted.export_state(first.now()), first.export_state(first.now()));
  restarted.advance(first.now());
  EXPECT_TRUE(restarted.settle().signals.empty());
}

TEST_F(Scoring, NewKnowledgeIsFoldedAgainAndSaysSo) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  const double before = *scorer.signal("sector/gpu", scorer.now())->values.at("tone_facts");
  auto changed = invented::catalogue();
  changed->stamp.digest = "sha256:test2";
  changed->weighing.impacts[0].strengths[2].strength = 0.3;  // gpu demand, was .6
  scorer.swap(invented::program(changed));
  const Effects effects = scorer.settle();
  const model::Signal* const signal = find(effects, "sector/gpu");
  ASSERT_NE(signal, nullptr);
  EXPECT_EQ(signal->cause, Cause::kCatalogueChange);
  EXPECT_EQ(signal->catalog.digest, "sha256:test2");
  EXPECT_NEAR(*signal->values.at("tone_facts"), before / 2, 1e-12);
  ASSERT_TRUE(effects.header);
  EXPECT_EQ(effects.header->catalog_digest, "sha256:test2");
  EXPECT_EQ(find(effects, "sector/memory"), nullptr) << "its core did not change";
}

TEST_F(Scoring, AChangedCatalogueIsNoticedAfterARestart) {
  const auto story = commit(scorer, News("a").fact(capex("AMZN", 200))).stories[0].state;
  auto changed = invented::catalogue();
  changed->stamp.digest = "sha256:test2";
  Scorer restarted(invented::program(changed), Options{});
  restarted.load(scorer.header());
  restarted.load(*story);
  const Effects effects = restarted.settle();
  ASSERT_NE(find(effects, "sector/gpu"), nullptr);
  EXPECT_EQ(find(effects, "sector/gpu")->cause, Cause::kCatalogueChange);
}

TEST_F(Scoring, AClaimIsForgottenWholeAfterItsNewestMention) {
  auto move = invented::told(model::FactKind::kPriceMove, "AMZN", "price", model::Status::kActual);
  commit(scorer, News("first").at("2026-02-20T09:00:00Z").fact(move));      // keep 5 days
  tick("2026-02-24T09:00:00Z");
  commit(scorer, News("second").from("daily").at("2026-02-24T09:00:00Z").fact(move));
  // The first ends by itself on 27 February (its story's 7 days), but its claim stands until 1
  // March by the second, and so both are kept: the one until 8 March, the other until 10 March.
  tick("2026-03-07T12:00:00Z");
  Effects effects = commit(scorer, News("clock").at("2026-03-07T12:00:00Z").synthetic());
  EXPECT_EQ(scorer.story_count(), 2U);
  tick("2026-03-11T12:00:00Z");
  effects = commit(scorer, News("clock").at("2026-03-11T12:00:00Z").synthetic());
  EXPECT_EQ(scorer.story_count(), 0U);
  ASSERT_EQ(effects.stories.size(), 2U);
  EXPECT_FALSE(effects.stories[0].state.has_value());
  EXPECT_EQ(commit(scorer, News("late").at("2026-02-20T09:00:00Z").fact(move)).stories.size(), 0U);
  EXPECT_EQ(scorer.header().too_late, 1);
  EXPECT_EQ(scorer.apply(News("late").at("2026-02-20T09:00:00Z").fact(move)), Applied::kTooLate);
}

TEST_F(Scoring, AMentionAfterTheExpiryOfAllBeforeItStartsTheClaimAnew) {
  const auto plan = capex("AMZN", 200);
  // Kept 400 days, to 9 January 2026; the next mention comes while the old one is still here.
  commit(scorer, News("old").at("2024-12-05T09:00:00Z").fact(plan));
  commit(scorer, News("new").from("daily").at("2026-01-11T09:00:00Z").fact(plan));
  ASSERT_EQ(scorer.story_count(), 2U);
  const auto because = scorer.signal("sector/gpu", scorer.now())->because;
  ASSERT_EQ(because.size(), 1U);
  EXPECT_EQ(because[0].story, "new");
  EXPECT_EQ(because[0].families, 1);
}

TEST_F(Scoring, AStandingClaimEndsWithItsLastCarryingMention) {
  auto move = invented::told(model::FactKind::kContract, "NVDA", "contract_value",
                             model::Status::kContracted);
  commit(scorer, News("a").at("2026-02-20T09:00:00Z").fact(move));  // keep 60 days: 21 April
  EXPECT_TRUE(scorer.signal("sector/memory", at("2026-04-21T09:00:00Z")));
  EXPECT_FALSE(scorer.signal("sector/memory", at("2026-04-21T09:01:00Z")));
}

TEST_F(Scoring, AFullScopeKeepsTheFactsThatExpireLastAndSaysSo) {
  Options options;
  options.scope_facts_max = 3;
  Scorer full(invented::program(), options);
  full.advance(at("2026-02-20T09:00:00Z"));
  for (int hour = 8; hour >= 3; --hour) {  // the newest first: arrival does not choose
    commit(full, News("n" + std::to_string(hour))
                     .at("2026-02-20T0" + std::to_string(hour) + ":00:00Z").tone("AMZN", 0.5));
  }
  const auto signal = full.signal("company/AMZN", full.now());
  EXPECT_TRUE(signal->saturated);
  EXPECT_EQ(full.saturated_scopes(), 2U);  // with its sector
  std::vector<std::string> stories;
  for (const auto& because : signal->because) stories.push_back(because.story);
  EXPECT_EQ(stories, (std::vector<std::string>{"n8", "n7", "n6"}));
}

TEST_F(Scoring, WhatARecordGetsWrongIsBoundedAndHarmsNothing) {
  const Export before = scorer.export_state(scorer.now());
  model::FactsRecord odd = News("odd").tone("AMZN", 1e300, 1e300).tone("AMZN", -1e300, 1e300)
                               .fact(capex("AMZN", 200)).fact(capex("AMZN", 300))
                               .fact(capex("META", 9e12));
  for (model::Fact& fact : odd.facts) fact.id = "twice";
  odd.figures[2].low = odd.figures[2].high = *base::Decimal::of(9).shifted(35);
  commit(scorer, odd);
  EXPECT_LE(*scorer.signal("company/AMZN", scorer.now())->values.at("tone"), 1);
  commit(scorer, News("gone").story("odd", 2, model::Action::kWithdraw));
  EXPECT_EQ(scorer.export_state(scorer.now()).cores, before.cores);
}

TEST_F(Scoring, ALedgerShowsItsNewestEntries) {
  Options options;
  options.ledger_max = 2;
  Scorer brief(invented::program(), options);
  brief.advance(at("2026-02-20T09:00:00Z"));
  for (int year = 2029; year >= 2026; --year) {
    commit(brief, News("n" + std::to_string(year))
                      .at("2026-02-20T08:0" + std::to_string(year - 2020) + ":00Z")
                      .fact(capex("AMZN", 200, year)));
  }
  const auto ledger = brief.signal("company/AMZN", brief.now())->ledger;
  ASSERT_EQ(ledger.size(), 2U);
  EXPECT_EQ(ledger[0].period, "FY2028");
  EXPECT_EQ(ledger[1].period, "FY2029");
}

TEST_F(Scoring, TheStoreOfStoriesIsBounded) {
  Options options;
  options.stories_max = 5;
  Scorer full(invented::program(), options);
  full.advance(at("2026-02-20T09:00:00Z"));
  for (int i = 0; i < 9; ++i) {
    commit(full, News("n" + std::to_string(i)).at("2026-02-20T08:0" + std::to_string(i) + ":00Z")
                     .tone("AMZN", 0.5));
  }
  EXPECT_EQ(full.story_count(), 5U);
}

TEST_F(Scoring, ShardsOwnTheScopesBetweenThemAndShareNone) {
  Options halves;
  halves.shards = 2;
  Scorer left(invented::program(), halves);
  halves.shard = 1;
  Scorer right(invented::program(), halves);
  for (Scorer* const shard : {&left, &right}) {
    shard->advance(scorer.now());
    commit(*shard, News("a").fact(capex("AMZN", 200)).tone("MSFT", 0.1).tone("NVDA", 0.1));
  }
  commit(scorer, News("a").fact(capex("AMZN", 200)).tone("MSFT", 0.1).tone("NVDA", 0.1));
  auto scopes = left.scopes(scorer.now());
  const auto others = right.scopes(scorer.now());
  EXPECT_FALSE(scopes.empty());
  EXPECT_FALSE(others.empty());
  scopes.insert(scopes.end(), others.begin(), others.end());
  std::sort(scopes.begin(), scopes.end());
  EXPECT_EQ(scopes, scorer.scopes(scorer.now()));
}

TEST(Options, EveryMistakeIsNamedAtOnce) {
  Options options;
  options.tick = std::chrono::seconds(0);
  options.shards = 2;
  options.shard = 2;
  options.because_max = 0;
  const auto error = mistakes_in(options);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->text,
            "score option tick (s) is 0, must be in 1…3600\n"
            "score option because_max is 0, must be in 1…100\n"
            "score option shard is 2, must be in 0…1");
  EXPECT_FALSE(mistakes_in(Options{}));
}

TEST(Compile, EveryMistakeIsNamedAtOnce) {
  auto catalogue = invented::catalogue();
  catalogue->weighing.weights.novelty = {1, 0.1, 0.2};
  catalogue->weighing.weights.magnitude_low = 3;
  const auto program = compile(catalogue);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().kind, base::ErrorKind::kRejected);
  EXPECT_NE(program.error().text.find("novelty"), std::string::npos);
  EXPECT_NE(program.error().text.find("\"low\" is above \"high\""), std::string::npos);
}

TEST(Cost, AHotScopeIsFoldedInWellUnderAMillisecond) {
  Scorer hot(invented::program(), Options{});
  hot.advance(at("2026-02-20T09:00:00Z"));
  for (int i = 0; i < 5000; ++i) {
    hot.apply(News("n" + std::to_string(i))
                  .at(at("2026-02-20T08:00:00Z") + std::chrono::seconds(i / 2))
                  .tone("AMZN", (i % 21 - 10) / 10.0));
  }
  hot.settle();
  hot.keep();
  base::Stopwatch watch;
  constexpr int kRounds = 20;
  for (int i = 0; i < kRounds; ++i) {
    commit(hot, News("m" + std::to_string(i)).at("2026-02-20T09:00:00Z").tone("AMZN", 0.3));
  }
  // Two scopes of 5,000 facts a round, both saturated; generous for a busy machine.
  const double ms = watch.seconds() * 1e3 / kRounds / 2;
  RecordProperty("ms_per_scope", std::to_string(ms));
  std::cout << "one commit on a scope of 5,000 facts: " << ms << " ms\n";
  EXPECT_LT(ms, 20);
}

}  // namespace
}  // namespace wiremill::score
