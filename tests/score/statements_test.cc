// Claims and statements: what weighs how much, by hand.
#include "score/scorer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "invented/invented_news.h"

namespace wiremill::score {
namespace {

using invented::capex;
using invented::commit;
using invented::denied;
using invented::News;
using model::Status;

class Statements : public testing::Test {
 protected:
  Statements() { scorer.advance(invented::at("2026-02-20T09:00:00Z")); }

  model::Signal sector(const std::string& id) {
    const auto signal = scorer.signal("sector/" + id, scorer.now());
    return signal.value_or(model::Signal{});
  }
  double value(const std::string& scope, const std::string& name) {
    const auto signal = scorer.signal(scope, scorer.now());
    return signal && signal->values.contains(name) ? signal->values.at(name).value_or(-99) : -99;
  }

  Scorer scorer{invented::program(), Options{}};
};

// One reuters story at t: weight = relevance .8 × credibility .85 × planned .6 × novelty 1 ×
// magnitude 2 (131 → 200 is +52.7 %, cut at 2) = .816; tone of facts = w s / (w + 1).
constexpr double kOneStory = 0.8 * 0.85 * 0.6 * 2;

TEST_F(Statements, APlanIsMeasuredByTheYearBefore) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory, 1e-12);
  EXPECT_NEAR(value("sector/gpu", "tone_facts"), kOneStory * 0.6 / (kOneStory + 1), 1e-12);
  const auto signal = sector("gpu");
  ASSERT_EQ(signal.because.size(), 1U);
  EXPECT_EQ(signal.because[0].previous, "131000000000 USD");
  EXPECT_EQ(signal.because[0].rule, "capex_up");
  EXPECT_NEAR(signal.because[0].factors.at("magnitude"), 2, 1e-12);
}

TEST_F(Statements, AspectsStandApartAndAreAveragedByTheirNamedWeights) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  const double share = kOneStory / (kOneStory + 1);
  EXPECT_NEAR(value("sector/cloud", "tone.free_cash_flow"), -0.5 * share, 1e-12);
  EXPECT_NEAR(value("sector/cloud", "tone.growth"), 0.2 * share, 1e-12);
  EXPECT_NEAR(value("sector/cloud", "tone_facts"), -0.15 * share, 1e-12);
  EXPECT_NEAR(value("sector/cloud", "mass"), kOneStory, 1e-12) << "a claim is one mass";
}

TEST_F(Statements, FurtherFamiliesAddAFallingBonus) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").from("bloomberg").fact(capex("AMZN", 201)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory * 1.25, 1e-12);
  commit(scorer, News("c").from("yonhap").fact(capex("AMZN", 199)));
  commit(scorer, News("d").from("daily").fact(capex("AMZN", 200)));
  commit(scorer, News("e").from("aggregator").fact(capex("AMZN", 200)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory * 1.43, 1e-12) << "1 + .25 + .12 + .06";
  EXPECT_EQ(sector("gpu").because[0].families, 5);
}

TEST_F(Statements, FortyCopiesOfOneWireAreOneFact) {
  commit(scorer, News("a").lead("wire").fact(capex("AMZN", 200)));
  const auto before = scorer.export_state(scorer.now()).cores;
  for (int i = 0; i < 40; ++i) {
    commit(scorer, News("copy" + std::to_string(i)).from("outlet" + std::to_string(i))
                       .lead("wire").at("2026-02-20T09:00:30Z").fact(capex("AMZN", 200)));
  }
  EXPECT_EQ(scorer.export_state(scorer.now()).cores, before);
  EXPECT_EQ(sector("gpu").coverage, 41);
  EXPECT_EQ(sector("gpu").because[0].mentions, 41);
}

TEST_F(Statements, TheSameFamilyAgainIsAReprintWithAnotherLeadToo) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").lead("another").fact(capex("AMZN", 200)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory, 1e-12);
}

TEST_F(Statements, AQuotedOutletIsTheOrigin) {
  auto quoting = capex("AMZN", 200);
  quoting.fact.claimant.via = "Reuters";
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").from("yonhap").fact(quoting));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory, 1e-12);
}

TEST_F(Statements, TheBestFamilyLendsItsCredibility) {
  commit(scorer, News("a").from("aggregator").fact(capex("AMZN", 200)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory / 0.85 * 0.5, 1e-12);
  commit(scorer, News("b").form(model::Form::kFiling).from("sec").fact(capex("AMZN", 200)));
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory / 0.85 * 1 * 1.25, 1e-12);
}

TEST_F(Statements, ANewValueIsANewStatementWithAFamilySetOfItsOwn) {
  commit(scorer, News("a").fact(capex("AMZN", 125)));
  commit(scorer, News("b").from("bloomberg").fact(capex("AMZN", 125)));
  commit(scorer, News("c").at("2026-02-20T09:00:10Z").fact(capex("AMZN", 200)));
  // 125 → 200 is +60 %: magnitude 2; novelty starts again at 1.
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory, 1e-12);
  EXPECT_EQ(sector("gpu").because[0].previous, "125000000000 USD");
  const auto ledger = scorer.signal("company/AMZN", scorer.now())->ledger;
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger[0].history, std::vector<std::string>{"planned 125000000000 USD"});
}

TEST_F(Statements, ValuesWithinTwoPercentOfTheFirstMentionAreOneStatement) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").from("daily").fact(capex("AMZN", 204)));
  EXPECT_EQ(sector("gpu").because[0].families, 2);
  commit(scorer, News("c").from("yonhap").at("2026-02-20T09:00:10Z").fact(capex("AMZN", 204.1)));
  EXPECT_EQ(sector("gpu").because.size() + sector("gpu").against.size(), 0U)
      << "204.1 is another statement, and flat against 200 within 2.05 %";
}

TEST_F(Statements, AStepUpTheLadderAddsTheDifferenceOnly) {
  commit(scorer, News("a").fact(capex("AMZN", 200, 2026, Status::kRumoured)));
  EXPECT_NEAR(value("sector/gpu", "mass"), 0.8 * 0.85 * 0.15 * 2, 1e-12);
  commit(scorer, News("b").at("2026-02-20T09:00:10Z").fact(capex("AMZN", 200, 2026,
                                                                 Status::kGuided)));
  EXPECT_NEAR(value("sector/gpu", "mass"), 0.8 * 0.85 * 0.8 * 2, 1e-12)
      << "the step is measured by the year before, as the rumour was";
}

TEST_F(Statements, ADenialCancelsItsClaimAndThenWeighsAgainstIt) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").at("2026-02-20T09:00:10Z").fact(denied(capex("AMZN", 200))));
  const double weight = 0.8 * 0.85 * 0.3 * 2;
  EXPECT_NEAR(value("sector/gpu", "mass"), weight, 1e-12);
  EXPECT_NEAR(value("sector/gpu", "tone_facts"), -0.6 * weight / (weight + 1), 1e-12);
  EXPECT_EQ(sector("gpu").against.at(0).status, "denied");
  EXPECT_TRUE(scorer.signal("company/AMZN", scorer.now())->ledger.empty());
}

TEST_F(Statements, OnlyAssertedNewAndUnheldFactsAreEvidence) {
  auto conditional = capex("AMZN", 200);
  conditional.fact.modality = model::Modality::kConditional;
  auto old = capex("AMZN", 200);
  old.fact.newness = model::Newness::kBackground;
  auto held = capex("MSFT", 1300);
  held.fact.held = true;
  held.fact.flags = {"magnitude_slip"};
  commit(scorer, News("a").fact(conditional).fact(old).fact(held));
  EXPECT_EQ(value("sector/gpu", "mass"), 0);
  const auto signal = scorer.signal("company/MSFT", scorer.now());
  ASSERT_TRUE(signal);
  EXPECT_EQ(signal->held_count, 1);
  EXPECT_EQ(signal->held_reasons, std::vector<std::string>{"magnitude_slip"});
  EXPECT_TRUE(signal->ledger.empty());
}

TEST_F(Statements, ACutIsACutByTheLedgerWhateverTheVerbSays) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("b").at("2026-02-20T09:00:10Z").fact(capex("AMZN", 150)));  // says "up"
  EXPECT_EQ(sector("gpu").against.at(0).rule, "capex_cut");
  EXPECT_NEAR(sector("gpu").against.at(0).factors.at("magnitude"), 2, 1e-12);  // -25 % / 10 %
}

TEST_F(Statements, WithoutFiguresTheWordCountsWithUnknownSize) {
  auto vague = capex("META", 1);
  vague.value.reset();
  commit(scorer, News("a").fact(vague));
  EXPECT_NEAR(value("sector/gpu", "mass"), 0.8 * 0.85 * 0.6 * 0.5, 1e-12);
}

TEST_F(Statements, WordsBesideAFigureInOneTextAreTheSameStatement) {
  auto vague = capex("AMZN", 1);
  vague.value.reset();
  commit(scorer, News("a").fact(vague).fact(capex("AMZN", 200)).fact(vague));
  ASSERT_EQ(sector("gpu").because.size(), 1U);
  EXPECT_EQ(sector("gpu").because[0].value, "200000000000 USD");
  EXPECT_NEAR(value("sector/gpu", "mass"), kOneStory, 1e-12);
}

TEST_F(Statements, AContractWeighsByTheRootOfItsShareOfRevenue) {
  commit(scorer, News("a").fact(invented::contract("NVDA", 40)));
  // 40 of 100 bn trailing revenue: √(.4 / .1) = 2; contracted .85.
  EXPECT_NEAR(value("sector/gpu", "mass"), 0.8 * 0.85 * 0.85 * 2, 1e-12);
  EXPECT_NEAR(sector("gpu").because.at(0).sign, 0.6, 1e-12) << "the supplier's own sector";
  EXPECT_NEAR(value("sector/memory", "tone.demand"), 0.25 * 1.156 / 2.156, 1e-12);
}

TEST_F(Statements, TheWorkedExampleOfTwoStoriesGivesFifteenHundredths) {
  scorer.advance(invented::at("2026-02-20T16:00:00Z"));
  commit(scorer, News("seven").at("2026-02-20T09:00:00Z").tone("AMZN", -0.6));
  commit(scorer, News("two").at("2026-02-20T14:00:00Z").tone("AMZN", 0.8));
  const double old = std::exp2(-7.0 / 24);
  const double young = std::exp2(-2.0 / 24);
  EXPECT_NEAR(old, 0.817, 5e-4);
  EXPECT_NEAR(young, 0.944, 5e-4);
  EXPECT_NEAR(value("company/AMZN", "tone"), (old * -0.6 + young * 0.8) / (old + young), 1e-12);
  EXPECT_NEAR(value("company/AMZN", "tone"), 0.150, 1e-3);
  EXPECT_NEAR(value("company/AMZN", "mass"), 0.85 * (old + young), 1e-12);
  EXPECT_NEAR(value("company/AMZN", "effective_count"),
              (old + young) * (old + young) / (old * old + young * young), 1e-12);
}

TEST_F(Statements, TextAndFactsAreCombinedByTheirShares) {
  commit(scorer, News("a").fact(invented::contract("NVDA", 40)).tone("NVDA", 0.5));
  // The record names NVDA with relevance 1 now.
  const double fact = 0.85 * 0.85 * 2;
  const double facts = 0.6 * fact / (fact + 1);
  const double text = 0.5 * 0.85 / (0.85 + 1);
  EXPECT_NEAR(value("sector/gpu", "tone_facts"), facts, 1e-12);
  EXPECT_NEAR(value("sector/gpu", "tone_text"), text, 1e-12);
  EXPECT_NEAR(value("sector/gpu", "tone"), 0.7 * facts + 0.3 * text, 1e-12);
}

TEST_F(Statements, AGroupTotalNeverAddsWhatWasStatedToWhatIsSummed) {
  auto stated = capex("hyperscalers", 600);
  stated.fact.subject.type = model::SubjectType::kGroup;
  commit(scorer, News("g").fact(stated));
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("m").fact(capex("MSFT", 120)));
  commit(scorer, News("f").fact(capex("META", 115)));
  auto site = capex("AMZN", 15);
  site.fact.qualifier.location = "Indiana";
  commit(scorer, News("s").at("2026-02-20T09:00:10Z").fact(site));
  EXPECT_NEAR(value("group/hyperscalers", "stated_total_bn.FY2026.USD"), 600, 1e-9);
  EXPECT_NEAR(value("group/hyperscalers", "computed_total_bn.FY2026.USD"), 435, 1e-9);
  EXPECT_EQ(value("group/hyperscalers", "computed_members.FY2026.USD"), 3);
  // Growth over those with a year before: (200 + 120) against (131 + 80).
  EXPECT_NEAR(value("group/hyperscalers", "growth_percent.FY2026.USD"), (320.0 / 211 - 1) * 100,
              1e-9);
  EXPECT_EQ(value("group/hyperscalers", "growth_members.FY2026.USD"), 2);
  const auto ledger = scorer.signal("group/hyperscalers", scorer.now())->ledger;
  EXPECT_EQ(std::count_if(ledger.begin(), ledger.end(),
                          [](const auto& entry) { return !entry.stated; }), 2)
      << "FY2026 and the FY2025 of the references";
}

invented::Told told_in(std::string currency, invented::Told plan) {
  plan.currency = std::move(currency);
  return plan;
}

TEST_F(Statements, AGroupTotalIsInTheCurrencyOfMostMembers) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("m").fact(capex("MSFT", 120)));
  commit(scorer, News("f").at("2026-02-20T09:10:00Z").fact(told_in("KRW", capex("META", 160000))));
  EXPECT_NEAR(value("group/hyperscalers", "computed_total_bn.FY2026.USD"), 320, 1e-9);
  EXPECT_EQ(value("group/hyperscalers", "computed_members.FY2026.USD"), 2);
  const auto signal = *scorer.signal("group/hyperscalers", scorer.now());
  for (const auto& [name, number] : signal.values) EXPECT_FALSE(name.ends_with(".KRW")) << name;
  for (const auto& entry : signal.ledger) {
    if (entry.stated || entry.period != "FY2026") continue;
    EXPECT_EQ(entry.unit, "USD");
    EXPECT_THAT(entry.members, testing::ElementsAre("AMZN", "MSFT"));
  }
}

TEST_F(Statements, APlanToldAgainInAnotherCurrencyStaysInTheTotal) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  commit(scorer, News("m").fact(capex("MSFT", 120)));
  const double before = value("group/hyperscalers", "computed_total_bn.FY2026.USD");
  commit(scorer, News("k").at("2026-02-20T09:10:00Z").fact(told_in("KRW", capex("AMZN", 290000))));
  EXPECT_NEAR(value("group/hyperscalers", "computed_total_bn.FY2026.USD"), before, 1e-9);
  EXPECT_EQ(value("group/hyperscalers", "computed_members.FY2026.USD"), 2);
}

TEST_F(Statements, OneMemberIsNoTotal) {
  commit(scorer, News("a").fact(capex("AMZN", 200)));
  const auto signal = *scorer.signal("group/hyperscalers", scorer.now());
  EXPECT_FALSE(signal.values.contains("computed_total_bn.FY2026.USD"));
  EXPECT_TRUE(signal.values.contains("computed_total_bn.FY2025.USD")) << "of two references";
}

}  // namespace
}  // namespace wiremill::score
