#include "pipeline/score_work.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalogue.h"
#include "local/local.h"
#include "pipeline/extract_work.h"
#include "pipeline/page.h"
#include "wire/reasons.h"

namespace wiremill::pipeline {
namespace {

using base::Deadline;
using std::chrono::milliseconds;

/// Both stages over the embedded log in one thread, and the page that they fill.
class MetricsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    ASSERT_TRUE(catalogue) << catalogue.error().text;
    auto extractor = extract::compile(*catalogue, {});
    ASSERT_TRUE(extractor) << extractor.error().text;
    extractor_ = *extractor;
    auto program = score::compile(*catalogue);
    ASSERT_TRUE(program) << program.error().text;
    program_ = *program;
  }
  static void TearDownTestSuite() {
    extractor_.reset();
    program_.reset();
  }

  void SetUp() override {
    auto log = local::open({.folder = ":memory:"}, clock_, {});
    ASSERT_TRUE(log);
    log_ = std::move(*log);
    ASSERT_TRUE(log_->create(plan(topics_, {.input_partitions = 1, .extract_lanes = 1})));
    begin();
  }

  /// Takes both lanes, with what the log holds of them.
  void begin() {
    extract_ = std::make_unique<ExtractWork>(extractor_, topics_, *telemetry_, ExtractOptions{});
    score_ = std::make_unique<ScoreWork>(
        std::make_unique<score::Scorer>(program_, score::Options{}), topics_,
        Ticking::kWallClock, "score.0", *telemetry_);
    add_loop(extract_stage(topics_), *extract_);
    add_loop(score_stage(topics_), *score_);
  }

  /// What another process would be: a page of its own, the same log.
  void begin_again() {
    loops_.clear();
    telemetry_ = std::make_unique<telemetry::Telemetry>(options(), clock_);
    begin();
  }

  void add_loop(const stream::Stage& stage, Work& work) {
    auto lane = log_->next_lane(stage, Deadline::in(milliseconds(0)));
    ASSERT_TRUE(lane && *lane != nullptr);
    loops_.push_back(std::make_unique<LaneLoop>(std::move(*lane), stage.name, work, *telemetry_,
                                                clock_, LoopOptions{}));
    ASSERT_TRUE(loops_.back()->start());
  }

  void work() {
    for (const auto& loop : loops_) {
      for (Step step = Step::kCommitted; step == Step::kCommitted;) {
        const auto done = loop->step(Deadline::in(milliseconds(0)));
        ASSERT_TRUE(done) << done.error().text;
        step = *done;
      }
    }
  }

  void take_in(std::string value) {
    ASSERT_TRUE(log_->append(
        {{.topic = topics_.news, .key = "k", .value = std::move(value), .headers = {}}}));
    work();
  }

  /// A plan of a hyperscaler: it speaks to sectors, to the group and to the scenario pack.
  static std::string plan_of_alphabet() {
    return R"({"id":"n0","published_at":"2026-02-16T00:00:00Z","publisher":"Reuters",)"
           R"("headline":"Alphabet plans $180 billion of capex in 2026","body":""})";
  }
  static std::string plan_event(const std::string& id, const std::string& more = "") {
    return R"({"id":")" + id + R"(","story_id":"plan","published_at":"2026-02-17T00:00:00Z",)" +
           R"("publisher":"Reuters","headline":"Amazon plans $200 billion of capex in 2026",)" +
           R"("body":"Amazon said it plans $200 billion of capital expenditures in 2026, up )" +
           R"(from $131 billion in 2025.")" + more + "}";
  }

  std::string shown(const std::string& series) const { return value_on(*telemetry_, series); }
  double number(const std::string& series) const {
    const std::string value = shown(series);
    EXPECT_NE(value, "absent") << series;
    return value == "absent" ? -1 : std::stod(value);
  }
  double weights() const {
    double sum = 0;
    for (const char* scenario : {"macro", "rally", "selloff", "settles"}) {
      sum += number(std::string(R"(wiremill_scenario_weight_ratio{scenario=")") + scenario +
                    R"(",set="capex-shock-2026"})");
    }
    return sum;
  }
  static telemetry::Options options() {
    telemetry::Options options;
    options.topics = {"news", "filings", "wiremill.facts", "wiremill.held"};
    options.outputs = {"wiremill.facts", "wiremill.signals"};
    options.sectors = {"memory", "gpu_accelerators"};
    options.log.sink = [](std::string_view) {};
    return options;
  }

  static inline std::shared_ptr<const extract::Extractor> extractor_;
  static inline std::shared_ptr<const score::Program> program_;
  Topics topics_;
  base::SimulatedClock clock_{*base::parse_rfc3339("2026-02-17T00:00:30Z")};
  std::unique_ptr<telemetry::Telemetry> telemetry_ =
      std::make_unique<telemetry::Telemetry>(options(), clock_);
  std::unique_ptr<stream::Stream> log_;
  std::unique_ptr<ExtractWork> extract_;
  std::unique_ptr<ScoreWork> score_;
  std::vector<std::unique_ptr<LaneLoop>> loops_;
};

constexpr const char* kTone = R"(wiremill_sector_sentiment_score{sector="memory"})";
constexpr const char* kMass = R"(wiremill_sector_evidence_mass{from="facts",sector="memory"})";
constexpr const char* kUpdated =
    R"(wiremill_scenario_weights_updated_timestamp_seconds{set="capex-shock-2026"})";

TEST_F(MetricsTest, EveryReasonForADeadLetterIsCountedFromTheStart) {
  const auto expect = [&](std::string_view reason) {
    for (const char* stage : {"extract", "score"}) {
      const std::string labels =
          R"({reason=")" + std::string(reason) + R"(",stage=")" + stage + R"("})";
      EXPECT_EQ(shown("wiremill_dead_letters_total" + labels), "0");
      EXPECT_EQ(shown("wiremill_records_rejected_total" + labels), "0");
    }
    EXPECT_EQ(shown(R"(wiremill_ingest_refused_total{reason=")" + std::string(reason) + R"("})"),
              "0");
  };
  for (const std::string_view reason : wire::kDecodeReasons) expect(reason);
  for (const std::string_view reason : wire::kOtherReasons) expect(reason);
}

TEST_F(MetricsTest, ShowsWhatIsBelievedAndTakesItAwayWithTheLane) {
  take_in(plan_of_alphabet());
  take_in(plan_event("n1"));
  EXPECT_GT(number(kTone), 0);
  EXPECT_GT(number(kMass), 0);
  EXPECT_NEAR(weights(), 1, 1e-9);
  const std::string computed =
      R"(wiremill_group_spending_usd{basis="computed",group="hyperscalers",period="FY2026"})";
  EXPECT_EQ(shown(computed), "380000000000");
  EXPECT_EQ(shown(R"(wiremill_group_spending_members{group="hyperscalers",period="FY2026"})"),
            "2");
  EXPECT_NEAR(
      number(R"(wiremill_group_spending_growth_ratio{group="hyperscalers",period="FY2026"})"),
      380.0 / (131 + 91.4) - 1, 0.01);
  const std::string lag = R"(wiremill_consumer_lag_records{partition="0",topic="wiremill.facts"})";
  EXPECT_EQ(shown(lag), "0");
  ASSERT_TRUE(loops_.back()->close());
  loops_.pop_back();
  for (const std::string& series :
       {std::string(kTone), std::string(kMass), std::string(kUpdated), computed, lag}) {
    EXPECT_EQ(shown(series), "absent");
  }
  EXPECT_EQ(telemetry_->exposition().find("wiremill_scenario_weight_ratio{"), std::string::npos);
  EXPECT_NE(shown(R"(wiremill_consumer_lag_records{partition="0",topic="news"})"), "absent")
      << "the extract lane goes on";
}

TEST_F(MetricsTest, AProcessThatStartsAgainShowsWhatItBelievesAlthoughNothingIsNew) {
  take_in(plan_event("n1"));
  const std::string tone = shown(kTone);
  begin_again();
  work();
  EXPECT_EQ(shown(R"(wiremill_signals_produced_total{kind="sector"})"), "0");
  EXPECT_EQ(shown(kTone), tone);
  EXPECT_NEAR(weights(), 1, 1e-9);
}

TEST_F(MetricsTest, SaysAtEveryTickThatTheWeightsWereWorkedOut) {
  take_in(plan_event("n1"));
  const double before = number(kUpdated);
  clock_.set(clock_.now() + std::chrono::seconds(60));
  work();
  EXPECT_EQ(number(kUpdated), before + 60);
}

TEST_F(MetricsTest, CountsRecordsThatMoveNothingByWhy) {
  const auto rejected = [&](const std::string& reason) {
    return shown(R"(wiremill_records_rejected_total{reason=")" + reason + R"(",stage="score"})");
  };
  take_in(plan_event("n2", R"(,"revision":2)"));
  take_in(plan_event("n2", R"(,"revision":2)"));
  EXPECT_EQ(rejected("duplicate"), "1");
  take_in(plan_event("n1"));
  EXPECT_EQ(rejected("stale"), "1");
  EXPECT_EQ(rejected("too_late"), "0");
}

TEST_F(MetricsTest, TimesEachEventFromItsPublicationAndFromItsReceipt) {
  take_in(plan_event("n1", R"(,"received_at":"2026-02-17T00:00:20Z")"));
  EXPECT_EQ(shown("wiremill_source_delay_seconds_sum"), "20");
  EXPECT_EQ(shown("wiremill_end_to_end_latency_seconds_sum"), "30");
  EXPECT_EQ(shown("wiremill_signal_latency_seconds_sum"), "10");
  take_in(plan_event("n2", R"(,"story_id":"x","embargo_until":"2026-02-17T01:00:00Z")"));
  EXPECT_EQ(shown("wiremill_signal_latency_seconds_count"), "1") << "an embargo is no delay";
}

TEST_F(MetricsTest, CountsWhatTheTextSays) {
  take_in(plan_event("n1"));
  EXPECT_EQ(shown(R"(wiremill_records_by_language_total{lang="en"})"), "1");
  EXPECT_EQ(shown(R"(wiremill_ticker_resolutions_total{method="alias"})"), "1");
  EXPECT_GE(number(R"(wiremill_facts_extracted_total{kind="capex"})"), 1);
  EXPECT_GE(number(R"(wiremill_signals_produced_total{kind="sector"})"), 1);
  EXPECT_GE(number(R"(wiremill_signals_by_sector_total{direction="neutral",sector="memory"})") +
                number(R"(wiremill_signals_by_sector_total{direction="positive",sector="memory"})"),
            1);
}

TEST_F(MetricsTest, CountsRecordsOfWhichSomethingWasLeftOut) {
  std::string amounts;
  for (int n = 1; n <= 2100; ++n) amounts += " $" + std::to_string(n) + " million,";
  take_in(plan_event("n1"));
  take_in(R"({"id":"n2","published_at":"2026-02-17T00:00:00Z","body":")" + amounts + R"("})");
  EXPECT_EQ(shown(R"(wiremill_records_cut_total{flag="figures_cut"})"), "1");
  EXPECT_EQ(shown(R"(wiremill_records_cut_total{flag="truncated"})"), "0");
}

TEST_F(MetricsTest, AHeartbeatIsSeenByBothStagesAndMovesNothing) {
  const std::string published = shown(R"(wiremill_signals_produced_total{kind="company"})");
  take_in(plan_event("beat", R"(,"synthetic":true,"received_at":"2026-02-17T00:00:10Z")"));
  for (const char* stage : {"extract", "score"}) {
    EXPECT_EQ(number(std::string(R"(wiremill_heartbeat_timestamp_seconds{stage=")") + stage +
                     R"("})"),
              1771286410) << stage;
  }
  EXPECT_EQ(shown("wiremill_last_event_timestamp_seconds"), "absent") << "no news came";
  EXPECT_EQ(shown(R"(wiremill_signals_produced_total{kind="company"})"), published);
}

}  // namespace
}  // namespace wiremill::pipeline
