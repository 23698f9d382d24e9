#include "telemetry/telemetry.h"

#include <gtest/gtest.h>
#include <stdio.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace wiremill::telemetry {
namespace {

using std::chrono::seconds;

class TelemetryTest : public testing::Test {
 protected:
  Options options() {
    Options options;
    options.topics = {"news", "filings", "wiremill.facts"};
    options.rules = {"capex.plan", "contract.win"};
    options.revision = "abc123";
    options.log.sink = [this](std::string_view line) { lines_.emplace_back(line); };
    return options;
  }
  /// What the page says of one series; "absent" when it has no such series.
  std::string value(const std::string& series) const {
    const std::string page = "\n" + telemetry_.exposition();
    const std::size_t at = page.find("\n" + series + " ");
    if (at == std::string::npos) return "absent";
    const std::size_t begin = at + series.size() + 2;
    return page.substr(begin, page.find('\n', begin) - begin);
  }
  bool logged(std::string_view part) const {
    return std::any_of(lines_.begin(), lines_.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  }

  base::SimulatedClock clock_{base::Instant(seconds(1770336600))};
  std::vector<std::string> lines_;
  Telemetry telemetry_{options(), clock_};
};

TEST_F(TelemetryTest, ShowsEveryKnownCounterAsZeroBeforeAnythingHappens) {
  for (const char* series : {
           R"(wiremill_records_consumed_total{topic="news"})",
           R"(wiremill_records_consumed_total{topic="other"})",
           R"(wiremill_dead_letters_total{reason="bad_json",stage="extract"})",
           R"(wiremill_rule_matches_total{rule="capex.plan"})",
           R"(wiremill_rebalances_total{event="lost"})",
           R"(wiremill_facts_extracted_total{kind="capex"})",
           R"(wiremill_signals_produced_total{kind="scenario"})",
           R"(wiremill_re2_errors_total)",
           R"(wiremill_processing_duration_seconds_bucket{le="0.25"})",
       }) {
    EXPECT_EQ(value(series), "0") << series;
  }
}

TEST_F(TelemetryTest, SaysWhatIsRunning) {
  EXPECT_NE(telemetry_.exposition().find("revision=\"abc123\""), std::string::npos);
  telemetry_.record(CatalogLoaded{.version = "1", .digest = "sha256:aa"});
  telemetry_.record(CatalogLoaded{.version = "2", .digest = "sha256:bb"});
  EXPECT_EQ(value(R"(wiremill_catalog_info{digest="sha256:aa",version="1"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_catalog_info{digest="sha256:bb",version="2"})"), "1");
  EXPECT_TRUE(logged("event=catalog_loaded version=2"));
}

TEST_F(TelemetryTest, CountsWhatComesIn) {
  telemetry_.record(RecordsConsumed{.topic = "news", .records = 3, .bytes = 100});
  telemetry_.record(RecordsConsumed{.topic = "news", .records = 2, .bytes = 50});
  EXPECT_EQ(value(R"(wiremill_records_consumed_total{topic="news"})"), "5");
  EXPECT_EQ(value(R"(wiremill_consumed_bytes_total{topic="news"})"), "150");
  EXPECT_EQ(value(R"(wiremill_last_consumed_timestamp_seconds{topic="news"})"), "1770336600");
}

TEST_F(TelemetryTest, NamesADeadLetterInItsCounterAndItsLine) {
  telemetry_.record(DeadLettered{.stage = "extract", .reason = "missing_field", .topic = "news",
                                 .partition = 2, .offset = 99,
                                 .detail = "published_at is missing"});
  EXPECT_EQ(value(R"(wiremill_dead_letters_total{reason="missing_field",stage="extract"})"), "1");
  EXPECT_TRUE(logged("level=warning event=dead_letter stage=extract reason=missing_field "
                     "topic=news partition=2 offset=99 detail=\"published_at is missing\""));
}

TEST_F(TelemetryTest, NoInputCanGrowThePage) {
  const auto series = [&] {
    const std::string page = telemetry_.exposition();
    return std::count(page.begin(), page.end(), '\n');
  };
  const auto before = series();
  for (int i = 0; i < 50; ++i) {
    const std::string word = "invented" + std::to_string(i);
    telemetry_.record(DeadLettered{.stage = word, .reason = word});
    telemetry_.record(RuleHit{.rule = word});
    telemetry_.record(HttpRequest{.route = "/" + word, .status = 404});
    telemetry_.record(FactsExtracted{.kind = word});
  }
  EXPECT_EQ(series(), before);
  EXPECT_EQ(value(R"(wiremill_rule_matches_total{rule="other"})"), "50");
  EXPECT_EQ(value(R"(wiremill_http_requests_total{code="4xx",route="other"})"), "50");
}

TEST_F(TelemetryTest, StaysBelowTheLimitOfSeriesWithAFullCatalogue) {
  Options full = options();
  for (int i = 0; i < 300; ++i) full.rules.push_back("rule." + std::to_string(i));
  const Telemetry telemetry(full, clock_);
  const std::string page = telemetry.exposition();
  EXPECT_LT(std::count(page.begin(), page.end(), '\n'), 1500);
}

TEST_F(TelemetryTest, ForgetsWhatAnotherProcessWatchesWhenALaneGoes) {
  const auto at = base::Instant(seconds(1000));
  telemetry_.record(
      LagObserved{.lane = "extract.0", .topic = "news", .partition = 0, .records = 7});
  telemetry_.record(
      LagObserved{.lane = "extract.1", .topic = "news", .partition = 1, .records = 8});
  telemetry_.record(
      PositionMoved{.lane = "extract.1", .topic = "news", .partition = 1, .appended = at});
  telemetry_.record(LaneClosed{.stage = "extract", .lane = "extract.1"});
  EXPECT_EQ(value(R"(wiremill_consumer_lag_records{partition="0",topic="news"})"), "7");
  EXPECT_EQ(value(R"(wiremill_consumer_lag_records{partition="1",topic="news"})"), "absent");
  EXPECT_EQ(
      value(R"(wiremill_last_processed_record_timestamp_seconds{partition="1",topic="news"})"),
      "absent");
}

TEST_F(TelemetryTest, ASeriesThatTwoLanesShowStaysWithTheLaterOne) {
  telemetry_.record(LagObserved{.lane = "score.0", .topic = "wiremill.facts", .records = 7});
  telemetry_.record(LagObserved{.lane = "score.1", .topic = "wiremill.facts", .records = 6});
  telemetry_.record(LaneLost{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(value(R"(wiremill_consumer_lag_records{partition="0",topic="wiremill.facts"})"), "6");
}

TEST_F(TelemetryTest, FollowsALaneFromTakingItToGivingItBack) {
  telemetry_.record(LaneAcquired{.stage = "score", .lane = "score.0"});
  telemetry_.record(LaneAcquired{.stage = "score", .lane = "score.1"});
  telemetry_.record(
      Restored{.stage = "score", .lane = "score.0", .records = 40, .seconds = 0.3});
  telemetry_.record(Saturated{.lane = "score.1", .scopes = 2});
  telemetry_.record(UnitCommitted{.stage = "score", .records = 12, .seconds = 0.02});
  EXPECT_EQ(value(R"(wiremill_lanes{stage="score"})"), "2");
  EXPECT_EQ(value(R"(wiremill_saturated_scopes{lane="score.1"})"), "2");
  EXPECT_EQ(value(R"(wiremill_restored_records_total{stage="score"})"), "40");
  EXPECT_EQ(value(R"(wiremill_restore_duration_seconds_bucket{stage="score",le="0.25"})"), "0");
  EXPECT_EQ(value(R"(wiremill_restore_duration_seconds_bucket{stage="score",le="0.5"})"), "1");
  EXPECT_EQ(value(R"(wiremill_commits_total{outcome="committed",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_committed_records_total{stage="score"})"), "12");
  telemetry_.record(LaneLost{.stage = "score", .lane = "score.1"});
  telemetry_.record(LaneClosed{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(value(R"(wiremill_lanes{stage="score"})"), "0");
  EXPECT_EQ(value(R"(wiremill_saturated_scopes{lane="score.1"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_lane_changes_total{event="lost",stage="score"})"), "1");
  EXPECT_TRUE(logged("level=warning event=lane_lost lane=score.1"));
}

TEST_F(TelemetryTest, CountsTroubleUnderneathByCause) {
  telemetry_.record(Rebalanced{.stage = "score", .event = "assign", .text = "0-3"});
  telemetry_.record(Fenced{.stage = "score", .text = "newer epoch"});
  telemetry_.record(ProducerRebuilt{.stage = "score", .text = "fatal"});
  telemetry_.record(ProducerRecycled{.stage = "score", .text = "timed out"});
  telemetry_.record(StreamFailed{.stage = "score", .code = "FAIL", .text = "refused"});
  telemetry_.record(UnitAborted{.stage = "score", .lane = "score.0", .text = "closing"});
  telemetry_.record(RecordRetried{.stage = "score", .topic = "news", .offset = 4, .attempt = 2});
  EXPECT_EQ(value(R"(wiremill_rebalances_total{event="assign"})"), "1");
  EXPECT_EQ(value(R"(wiremill_fenced_total{stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_producer_renewals_total{cause="broken",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_producer_renewals_total{cause="doubt",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_kafka_errors_total{code="FAIL",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_commits_total{outcome="aborted",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_record_retries_total{stage="score"})"), "1");
}

TEST_F(TelemetryTest, AnErrorIsLoggedAsBadAsItIs) {
  telemetry_.record(StageFailed{
      .stage = "extract", .kind = base::ErrorKind::kTransient, .text = "no broker"});
  telemetry_.record(
      StageFailed{.stage = "extract", .kind = base::ErrorKind::kFatal, .text = "torn state"});
  EXPECT_EQ(value(R"(wiremill_stage_errors_total{kind="fatal",stage="extract"})"), "1");
  EXPECT_TRUE(logged("level=warning event=stage_failed stage=extract kind=transient"));
  EXPECT_TRUE(logged("level=error event=stage_failed stage=extract kind=fatal"));
}

TEST_F(TelemetryTest, MeasuresTimeInItsOwnHistograms) {
  telemetry_.record(SourceDelay{.seconds = 40});
  telemetry_.record(ProcessingTime{.seconds = 0.25});
  telemetry_.record(EndToEndLatency{.seconds = 41});
  EXPECT_EQ(value("wiremill_source_delay_seconds_sum"), "40");
  EXPECT_EQ(value(R"(wiremill_processing_duration_seconds_bucket{le="0.25"})"), "1")
      << "the edge of the service level is inclusive";
  EXPECT_EQ(value("wiremill_end_to_end_latency_seconds_count"), "1");
}

TEST_F(TelemetryTest, CountsWhatExtractFinds) {
  telemetry_.record(FactsExtracted{.kind = "capex", .facts = 2});
  telemetry_.record(FactHeld{.reason = "inconsistent_figure"});
  telemetry_.record(RuleHit{.rule = "capex.plan", .hits = 2});
  telemetry_.record(Re2Errors{.errors = 1});
  telemetry_.record(LanguageSeen{.lang = "ko"});
  telemetry_.record(UnknownFields{.topic = "news", .fields = 3});
  EXPECT_EQ(value(R"(wiremill_facts_extracted_total{kind="capex"})"), "2");
  EXPECT_EQ(value(R"(wiremill_facts_held_total{reason="inconsistent_figure"})"), "1");
  EXPECT_EQ(value(R"(wiremill_rule_matches_total{rule="capex.plan"})"), "2");
  EXPECT_EQ(value("wiremill_re2_errors_total"), "1");
  EXPECT_EQ(value(R"(wiremill_records_by_language_total{lang="ko"})"), "1");
  EXPECT_EQ(value(R"(wiremill_unknown_fields_total{topic="news"})"), "3");
}

TEST_F(TelemetryTest, ShowsBeliefOnlyWhileThisProcessOwnsIt) {
  const auto weight = [&](std::string_view lane, std::string_view set, std::string_view scenario,
                          double share) {
    telemetry_.record(
        ScenarioWeight{.lane = lane, .set = set, .scenario = scenario, .weight = share});
  };
  telemetry_.record(SectorTone{.lane = "score.0", .sector = "memory", .tone = -0.5, .mass = 3});
  weight("score.0", "capex-shock-2026", "base", 0.6);
  weight("score.0", "capex-shock-2026", "bear", 0.4);
  weight("score.1", "fed-2026", "cut", 1);
  EXPECT_EQ(value(R"(wiremill_sector_sentiment_score{sector="memory"})"), "-0.5");
  EXPECT_EQ(value(R"(wiremill_sector_evidence_mass{sector="memory"})"), "3");
  EXPECT_EQ(
      value(R"(wiremill_scenario_weight_ratio{scenario="bear",set="capex-shock-2026"})"), "0.4");
  telemetry_.record(LaneClosed{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(value(R"(wiremill_sector_sentiment_score{sector="memory"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_scenario_weight_ratio{scenario="base",set="capex-shock-2026"})"),
            "absent");
  EXPECT_EQ(value(R"(wiremill_scenario_weight_ratio{scenario="cut",set="fed-2026"})"), "1");
}

TEST_F(TelemetryTest, CountsSignalsAndLateFacts) {
  telemetry_.record(SignalPublished{.kind = "company"});
  telemetry_.record(TooLate{.facts = 4});
  EXPECT_EQ(value(R"(wiremill_signals_produced_total{kind="company"})"), "1");
  EXPECT_EQ(value("wiremill_facts_too_late_total"), "4");
}

TEST_F(TelemetryTest, CountsHttp) {
  telemetry_.record(HttpRequest{.route = "/readyz", .status = 503, .seconds = 0.001});
  telemetry_.record(IngestAccepted{.records = 9});
  telemetry_.record(IngestRefused{.reason = "bad_json", .records = 2});
  EXPECT_EQ(value(R"(wiremill_http_requests_total{code="5xx",route="/readyz"})"), "1");
  EXPECT_EQ(value("wiremill_http_request_duration_seconds_count"), "1");
  EXPECT_EQ(value("wiremill_ingest_records_total"), "9");
  EXPECT_EQ(value(R"(wiremill_ingest_refused_total{reason="bad_json"})"), "2");
}

TEST_F(TelemetryTest, LogsTheServiceItself) {
  telemetry_.record(
      ServiceStarted{.stage = "all", .log = "local", .address = "http://127.0.0.1:8321"});
  telemetry_.record(ServiceStopping{.cause = "signal"});
  telemetry_.record(ServiceStopped{.clean = false, .seconds = 2});
  EXPECT_TRUE(logged("event=service_started"));
  EXPECT_TRUE(logged("event=service_stopping cause=signal"));
  EXPECT_TRUE(logged("level=warning event=service_stopped clean=false seconds=2"));
}

TEST_F(TelemetryTest, ShowsTheProcessItself) {
  EXPECT_GT(std::stod(value("process_resident_memory_bytes")), 1e6);
  EXPECT_GT(std::stod(value("process_open_fds")), 2);
  EXPECT_GE(std::stod(value("process_max_fds")), std::stod(value("process_open_fds")));
  EXPECT_GE(std::stod(value("process_threads")), 1);
  EXPECT_GE(std::stod(value("process_cpu_seconds_total")), 0);
  const double started = std::stod(value("process_start_time_seconds"));
  const double now = std::chrono::duration<double>(
                         base::SystemClock().now().time_since_epoch()).count();
  EXPECT_NEAR(started, now, 600) << "the test began less than ten minutes ago";
}

TEST_F(TelemetryTest, CountsFromManyThreadsWithoutLoss) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        telemetry_.record(RuleHit{.rule = "capex.plan"});
        telemetry_.record(ProcessingTime{.seconds = 1});
        telemetry_.record(LagObserved{.topic = "news", .partition = i % 3, .records = i});
        telemetry_.record(StageFailed{.stage = "score", .text = "again"});
        if (i % 500 == 0) static_cast<void>(telemetry_.exposition());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(value(R"(wiremill_rule_matches_total{rule="capex.plan"})"), "8000");
  EXPECT_EQ(value("wiremill_processing_duration_seconds_count"), "8000");
  EXPECT_EQ(lines_.size(), 20U) << "the flood is cut";
}

TEST_F(TelemetryTest, PromtoolFindsNothingToSayAboutThePage) {
  telemetry_.record(LagObserved{.topic = "news", .partition = 0, .records = 7});
  telemetry_.record(SectorTone{.sector = "memory", .tone = 0.1, .mass = 1});
  telemetry_.record(ScenarioWeight{.set = "s", .scenario = "a", .weight = 1});
  const std::string said = testing::TempDir() + "promtool.txt";
  FILE* promtool = popen(("promtool check metrics >" + said + " 2>&1").c_str(), "w");
  ASSERT_NE(promtool, nullptr);
  const std::string page = telemetry_.exposition();
  EXPECT_EQ(fwrite(page.data(), 1, page.size(), promtool), page.size());
  const int status = pclose(promtool);
  FILE* file = fopen(said.c_str(), "r");
  ASSERT_NE(file, nullptr);
  std::string text(4096, '\0');
  text.resize(fread(text.data(), 1, text.size(), file));
  fclose(file);
  remove(said.c_str());
  EXPECT_EQ(status, 0) << text;
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace wiremill::telemetry
