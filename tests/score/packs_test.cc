// The scenario packs that ship: for every row of every trigger a fact that turns it on, and what
// it does to the odds.
#include "score/scorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/catalogue.h"
#include "invented/invented_news.h"
#include "score/program.h"

namespace wiremill::score {
namespace {

using invented::capex;
using invented::contract;
using invented::guidance;
using invented::News;
using invented::ten_year;
using invented::Told;
using model::Direction;
using model::FactKind;
using model::Stance;
using model::Status;

/// What is told, one a day from the pack's opening; the last of it turns the row on.
struct Case {
  std::string pack;
  std::string trigger;
  std::string row;
  std::vector<Told> told;
};

Told of(FactKind kind, const std::string& subject, Status status = Status::kActual) {
  return invented::told(kind, subject, "", status);
}
Told towards(Direction direction, Told told) {
  told.fact.direction = direction;
  return told;
}
Told fed(Stance stance) {
  Told told = of(FactKind::kCentralBank, "FED");
  told.fact.subject.type = model::SubjectType::kInstitution;
  told.fact.stance = stance;
  return told;
}
Told curbs(Stance stance) {
  Told told = of(FactKind::kExportControl, "US");
  told.fact.subject.type = model::SubjectType::kCountry;
  told.fact.stance = stance;
  return told;
}
Told yield(const std::string& instrument, const char* level) {
  Told told = ten_year(level);
  told.fact.subject.id = instrument;
  return told;
}
Told prices(const std::string& metric, const char* value, const char* consensus) {
  Told told = invented::core_cpi(value, consensus);
  told.fact.metric = metric;
  return told;
}
Told together(double amount_bn) {
  Told told = capex("hyperscalers", amount_bn);
  told.fact.subject.type = model::SubjectType::kGroup;
  return told;
}
Told rental() {
  Told told = towards(Direction::kDown, of(FactKind::kSupply, ""));
  told.fact.subject.type = model::SubjectType::kUnknown;
  told.fact.metric = "gpu_rental_price";
  return told;
}
Told beating(Told told) {
  told.fact.surprise = model::Surprise::kAbove;
  return told;
}
Told with(const std::string& party, Told told) {
  model::Party other;
  other.id = party;
  other.role = model::Role::kCustomer;
  told.fact.parties.push_back(other);
  return told;
}
Told escalation() {
  Told told = towards(Direction::kUp, of(FactKind::kGeopolitics, "IR"));
  told.fact.subject.type = model::SubjectType::kCountry;
  return told;
}

std::vector<Case> cases() {
  const Told weak = towards(Direction::kDown, of(FactKind::kCredit, "CRWV"));
  const Told strong = guidance("AVGO", Direction::kUp);
  const Told order = towards(Direction::kUp, of(FactKind::kOrder, "DELL", Status::kOrdered));
  std::vector<Case> all{
      {"ai-infrastructure-12m", "gpu_rental", "falls", {rental()}},
      {"ai-infrastructure-12m", "backlog_realised", "delivered",
       {contract("CRWV", 10, Status::kDelivered)}},
      {"ai-infrastructure-12m", "backlog_realised", "deferred",
       {contract("CRWV", 10, Status::kDeferred)}},
      {"ai-infrastructure-12m", "hyperscaler_capex", "raised", {together(600), together(650)}},
      {"ai-infrastructure-12m", "hyperscaler_capex", "cut", {together(600), together(550)}},
      {"ai-infrastructure-12m", "fed", "cut", {fed(Stance::kDovish)}},
      {"ai-infrastructure-12m", "fed", "hike", {fed(Stance::kHawkish)}},
      {"ai-infrastructure-12m", "ten_year", "up_50", {ten_year("4.1"), ten_year("4.6")}},
      {"ai-infrastructure-12m", "ten_year", "down_50", {ten_year("4.1"), ten_year("3.6")}},
      {"ai-infrastructure-12m", "neocloud_credit", "stress", {weak}},
      {"ai-infrastructure-12m", "china", "reopened", {curbs(Stance::kLooser)}},
      {"ai-infrastructure-12m", "china", "tightened", {curbs(Stance::kTighter)}},

      {"trainium3-2w", "named_customer", "contracted", {contract("AMZN", 10)}},
      {"trainium3-2w", "named_customer", "in_talks", {contract("AMZN", 10, Status::kInTalks)}},
      {"trainium3-2w", "server_orders", "up", {order}},
      {"trainium3-2w", "core_inflation", "above", {prices("core_cpi", "0.4", "0.3")}},
      {"trainium3-2w", "core_inflation", "below", {prices("core_pce", "0.2", "0.3")}},
      {"trainium3-2w", "core_inflation", "in_between", {prices("core_cpi", "0.3", "0.3")}},
      {"trainium3-2w", "inflation", "above", {prices("cpi", "0.4", "0.3")}},
      {"trainium3-2w", "inflation", "below", {prices("pce", "0.2", "0.3")}},
      {"trainium3-2w", "inflation", "in_between", {prices("cpi", "0.3", "0.3")}},
      {"trainium3-2w", "fed_voice", "hawkish", {fed(Stance::kHawkish)}},
      {"trainium3-2w", "fed_voice", "hold", {fed(Stance::kHold)}},
      {"trainium3-2w", "fed_voice", "dovish", {fed(Stance::kDovish)}},

      {"cloud-rally-5d", "good_print", "print", {beating(of(FactKind::kRevenue, "ORCL"))}},
      {"cloud-rally-5d", "good_print", "delivered", {contract("CRWV", 10, Status::kDelivered)}},
      {"cloud-rally-5d", "upgrade", "up",
       {towards(Direction::kUp, of(FactKind::kAnalystView, "NVDA", Status::kEstimated))}},
      {"cloud-rally-5d", "late", "deferred", {contract("ORCL", 10, Status::kDeferred)}},
      {"cloud-rally-5d", "ten_year", "at_4_25", {ten_year("4.25")}},
      {"cloud-rally-5d", "ten_year", "up_5", {ten_year("4.2")}},
      {"cloud-rally-5d", "ten_year", "calm", {ten_year("4.12")}},
      {"cloud-rally-5d", "japan", "up_10", {yield("JGB10Y", "2.0"), yield("JGB10Y", "2.1")}},
      {"cloud-rally-5d", "germany", "up_10", {yield("BUND10Y", "2.8"), yield("BUND10Y", "2.9")}},
      {"cloud-rally-5d", "core_inflation", "above", {prices("core_pce", "0.4", "0.3")}},
      {"cloud-rally-5d", "inflation", "above", {prices("pce", "0.4", "0.3")}},

      {"capex-shock-2026", "core_cpi", "below", {prices("core_cpi", "0.2", "0.3")}},
      {"capex-shock-2026", "core_cpi", "above", {prices("core_cpi", "0.4", "0.3")}},
      {"capex-shock-2026", "headline_cpi", "below", {prices("cpi", "0.2", "0.3")}},
      {"capex-shock-2026", "headline_cpi", "above", {prices("cpi", "0.4", "0.3")}},
      {"capex-shock-2026", "ten_year", "up_20", {ten_year("4.1"), ten_year("4.3")}},
      {"capex-shock-2026", "ten_year", "up_10", {ten_year("4.1"), ten_year("4.2")}},
      {"capex-shock-2026", "ten_year", "down_10", {ten_year("4.1"), ten_year("4.0")}},
      {"capex-shock-2026", "spender_guidance", "weak", {guidance("MSFT", Direction::kDown)}},
      {"capex-shock-2026", "spender_capex", "raised_again",
       {capex("AMZN", 200), capex("AMZN", 220)}},
      {"capex-shock-2026", "spender_capex", "cut", {capex("AMZN", 200), capex("AMZN", 180)}},
      {"capex-shock-2026", "supplier_guidance", "raised", {strong}},
      {"capex-shock-2026", "supplier_guidance", "cut", {guidance("AMAT", Direction::kDown)}},
      {"capex-shock-2026", "supplier_order", "contracted", {contract("NVDA", 20)}},
      {"capex-shock-2026", "fed_voice", "hawkish", {fed(Stance::kHawkish)}},
      {"capex-shock-2026", "fed_voice", "dovish", {fed(Stance::kDovish)}},
      {"capex-shock-2026", "geopolitics", "escalation", {escalation()}},
      {"capex-shock-2026", "export_curbs", "tightened", {curbs(Stance::kTighter)}}};
  for (const char* const set : {"chips", "data-centres", "spx", "cloud"}) {
    const std::string pack = std::string("groq-deal-") + set;
    all.push_back({pack, "deal", "confirmed", {with("GROQ", contract("NVDA", 20))}});
    all.push_back({pack, "supplier_guidance", "raised", {strong}});
    all.push_back({pack, "antitrust", "probe", {of(FactKind::kRegulation, "NVDA")}});
    all.push_back({pack, "export_curbs", "tightened", {curbs(Stance::kTighter)}});
    all.push_back({pack, "delay", "deferred", {contract("CRWV", 10, Status::kDeferred)}});
    all.push_back({pack, "stress", "credit", {weak}});
    all.push_back({pack, "ten_year", "up_10", {ten_year("4.1"), ten_year("4.2")}});
    all.push_back({pack, "two_year", "up_10", {yield("UST2Y", "3.5"), yield("UST2Y", "3.6")}});
  }
  return all;
}

class ShippedPacks : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto catalogue = catalog::load({WIREMILL_SOURCE_DIR "/deploy/catalog", {}});
    ASSERT_TRUE(catalogue) << catalogue.error().text;
    const auto program = compile(*catalogue);
    ASSERT_TRUE(program) << program.error().text;
    program_ = *program;
  }
  static const catalog::Pack& pack(const std::string& id) {
    const auto& packs = program_->packs();
    return *std::find_if(packs.begin(), packs.end(),
                         [&](const catalog::Pack& each) { return each.id == id; });
  }
  /// How the pack stands when all of it was told, one an hour.
  static model::ScenarioView after(const std::string& id, const std::vector<Told>& all) {
    Scorer scorer(program_, Options{});
    base::Instant at = pack(id).opens + std::chrono::hours(1);
    scorer.advance(at);
    for (std::size_t i = 0; i < all.size(); ++i) {
      at += std::chrono::hours(1);
      scorer.advance(at);
      invented::commit(scorer, News("n" + std::to_string(i)).at(at).fact(all[i]));
    }
    const auto signal = scorer.signal("scenario/" + id, scorer.now());
    return signal && signal->scenario ? *signal->scenario : model::ScenarioView{};
  }

  static std::shared_ptr<const Program> program_;
};
std::shared_ptr<const Program> ShippedPacks::program_;

TEST_F(ShippedPacks, EveryRowIsTurnedOnByItsFact) {
  for (const Case& each : cases()) {
    const model::ScenarioView view = after(each.pack, each.told);
    const auto trigger =
        std::find_if(view.triggers.begin(), view.triggers.end(),
                     [&](const model::TriggerState& state) { return state.id == each.trigger; });
    ASSERT_NE(trigger, view.triggers.end()) << each.pack << " " << each.trigger;
    EXPECT_EQ(trigger->state, "on") << each.pack << " " << each.trigger << " " << each.row;
    EXPECT_EQ(trigger->variant, each.row) << each.pack << " " << each.trigger;
  }
}

TEST_F(ShippedPacks, ARowFavoursTheScenarioWithItsGreatestRatio) {
  for (const Case& each : cases()) {
    const catalog::Pack& set = pack(each.pack);
    if (set.silence) continue;  // it moves the odds as well
    const model::ScenarioView view = after(each.pack, each.told);
    for (const catalog::Trigger& trigger : set.triggers) {
      for (const catalog::TriggerRow& row : trigger.rows) {
        if (trigger.id != each.trigger || row.id != each.row) continue;
        const auto [least, most] = std::minmax_element(row.ratios.begin(), row.ratios.end());
        const auto moved = [&](auto at) {
          const auto k = static_cast<std::size_t>(at - row.ratios.begin());
          return view.weights[k] / view.prior[k];
        };
        EXPECT_GT(moved(most), 1) << each.pack << " " << each.trigger << " " << each.row;
        EXPECT_LT(moved(least), 1) << each.pack << " " << each.trigger << " " << each.row;
      }
    }
  }
}

TEST_F(ShippedPacks, NoRowIsWithoutItsCase) {
  std::set<std::string> tried;
  for (const Case& each : cases()) tried.insert(each.pack + "/" + each.trigger + "/" + each.row);
  for (const catalog::Pack& each : program_->packs()) {
    for (const catalog::Trigger& trigger : each.triggers) {
      for (const catalog::TriggerRow& row : trigger.rows) {
        EXPECT_EQ(tried.count(each.id + "/" + trigger.id + "/" + row.id), 1U)
            << each.id << " " << trigger.id << " " << row.id;
      }
    }
  }
}

TEST_F(ShippedPacks, AColumnMovesNone) {
  for (const Case& each : cases()) {
    Scorer scorer(program_, Options{});
    const base::Instant at = pack(each.pack).opens + std::chrono::minutes(1);
    scorer.advance(at);
    News news("column");
    news.form(model::Form::kColumn).at(at);
    for (const Told& told : each.told) news.fact(told);
    invented::commit(scorer, news);
    const auto signal = scorer.signal("scenario/" + each.pack, at);
    ASSERT_TRUE(signal) << each.pack;
    EXPECT_TRUE(signal->because.empty() && signal->against.empty()) << each.pack;
  }
}

TEST_F(ShippedPacks, NvidiasOtherContractsAreNotTheGroqDeal) {
  const auto view = after("groq-deal-chips", {with("OPENAI", contract("NVDA", 20))});
  EXPECT_EQ(view.set, "groq-deal-chips");
  EXPECT_EQ(view.weights, view.prior);
}

TEST_F(ShippedPacks, AYieldIsMeasuredByThePublishedBaselineAndNotByTheFirstReading) {
  // 4.21 after 4.19: six points over 4.15, two over the first.
  const auto view = after("cloud-rally-5d", {ten_year("4.19"), ten_year("4.21")});
  for (const model::TriggerState& state : view.triggers) {
    if (state.id != "ten_year") continue;
    EXPECT_EQ(state.variant, "up_5");
    EXPECT_EQ(state.reading, "+6.0 bp");
  }
}

TEST_F(ShippedPacks, TwoWeeksWithoutACustomerSpeakAgainstTrainium) {
  Scorer scorer(program_, Options{});
  scorer.advance(invented::at("2026-01-05T00:00:00Z"));
  const auto signal = scorer.signal("scenario/trainium3-2w", scorer.now());
  ASSERT_TRUE(signal);
  // .40 × .20, .35 × .85, .25 × .75
  const double sum = 0.08 + 0.2975 + 0.1875;
  EXPECT_NEAR(signal->scenario->weights[0], 0.08 / sum, 1e-9);
  EXPECT_NEAR(signal->scenario->weights[1], 0.2975 / sum, 1e-9);
}

}  // namespace
}  // namespace wiremill::score
