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
    options.sectors = {"memory", "gold"};
    options.outputs = {"wiremill.facts", "wiremill.signals"};
    options.libraries = {{"librdkafka", "2.0.2"}};
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
           R"(wiremill_records_cut_total{flag="truncated"})",
           R"(wiremill_records_rejected_total{reason="too_late",stage="score"})",
           R"(wiremill_records_produced_total{topic="wiremill.signals"})",
           R"(wiremill_signals_by_sector_total{direction="negative",sector="gold"})",
           R"(wiremill_ticker_resolutions_total{method="none"})",
           R"(wiremill_rebalances_total{event="revoke"})",
           R"(wiremill_lanes{stage="extract"})",
           R"(wiremill_lanes_restoring{stage="score"})",
           R"(wiremill_corrections_unlinked_total)",
           R"(wiremill_stage_duration_seconds_count{stage="score"})",
           R"(wiremill_signal_latency_seconds_bucket{le="0.25"})",
           R"(wiremill_processing_duration_seconds_bucket{le="0.25"})",
       }) {
    EXPECT_EQ(value(series), "0") << series;
  }
}

TEST_F(TelemetryTest, SaysWhatIsRunning) {
  EXPECT_NE(telemetry_.exposition().find("revision=\"abc123\""), std::string::npos);
  EXPECT_EQ(value(R"(wiremill_library_info{library="librdkafka",version="2.0.2"})"), "1");
  EXPECT_EQ(value("wiremill_rules_loaded"), "2");
  telemetry_.record(CatalogLoaded{.version = "1", .digest = "sha256:aa"});
  telemetry_.record(CatalogLoaded{.version = "2", .digest = "sha256:bb"});
  EXPECT_EQ(value(R"(wiremill_catalog_info{digest="sha256:aa",version="1"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_catalog_info{digest="sha256:bb",version="2"})"), "1");
  EXPECT_EQ(value("wiremill_catalog_loaded_timestamp_seconds"), "1770336600");
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
  EXPECT_EQ(value(R"(wiremill_records_rejected_total{reason="missing_field",stage="extract"})"),
            "1") << "a dead letter is a record that led to nothing";
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

TEST_F(TelemetryTest, WhereTwoLanesReadThePartitionTheWorseOneIsShown) {
  const auto at = [](int second) { return base::Instant(seconds(second)); };
  const auto observe = [&](std::string_view lane, std::int64_t records, int through) {
    telemetry_.record(LagObserved{.lane = lane, .topic = "wiremill.facts", .records = records,
                                  .worked_through = at(through)});
    telemetry_.record(PositionMoved{.lane = lane, .topic = "wiremill.facts",
                                    .appended = at(through)});
  };
  const auto shown = [&](const std::string& name) {
    return value(name + R"({partition="0",topic="wiremill.facts"})");
  };
  observe("score.0", 7, 1000);
  observe("score.1", 0, 2000);
  EXPECT_EQ(shown("wiremill_consumer_lag_records"), "7") << "a stuck lane is not hidden";
  EXPECT_EQ(shown("wiremill_worked_through_timestamp_seconds"), "1000");
  EXPECT_EQ(shown("wiremill_last_processed_record_timestamp_seconds"), "1000");
  telemetry_.record(LaneLost{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(shown("wiremill_consumer_lag_records"), "0");
  EXPECT_EQ(shown("wiremill_worked_through_timestamp_seconds"), "2000");
  telemetry_.record(LaneClosed{.stage = "score", .lane = "score.1"});
  EXPECT_EQ(shown("wiremill_consumer_lag_records"), "absent");
  EXPECT_EQ(shown("wiremill_worked_through_timestamp_seconds"), "absent");
}

TEST_F(TelemetryTest, FollowsALaneFromTakingItToGivingItBack) {
  telemetry_.record(LaneAcquired{.stage = "score", .lane = "score.0"});
  telemetry_.record(LaneAcquired{.stage = "score", .lane = "score.1"});
  telemetry_.record(RestoreBegan{.stage = "score"});
  telemetry_.record(RestoreAdvanced{.stage = "score", .records = 40});
  EXPECT_EQ(value(R"(wiremill_lanes_restoring{stage="score"})"), "1");
  telemetry_.record(RestoreEnded{.stage = "score"});
  telemetry_.record(
      Restored{.stage = "score", .lane = "score.0", .records = 40, .seconds = 0.3});
  telemetry_.record(LaneTurned{.lane = "score.1"});
  telemetry_.record(UnitWorked{.stage = "score", .seconds = 0.002});
  telemetry_.record(Saturated{.lane = "score.1", .scopes = 2});
  telemetry_.record(UnitCommitted{.stage = "score", .records = 12, .seconds = 0.02});
  EXPECT_EQ(value(R"(wiremill_lanes{stage="score"})"), "2");
  EXPECT_EQ(value(R"(wiremill_saturated_scopes{lane="score.1"})"), "2");
  EXPECT_EQ(value(R"(wiremill_restored_records_total{stage="score"})"), "40");
  EXPECT_EQ(value(R"(wiremill_lanes_restoring{stage="score"})"), "0");
  EXPECT_EQ(value(R"(wiremill_lane_turned_timestamp_seconds{lane="score.1"})"), "1770336600");
  EXPECT_EQ(value(R"(wiremill_stage_duration_seconds_bucket{stage="score",le="0.001"})"), "0");
  EXPECT_EQ(value(R"(wiremill_stage_duration_seconds_bucket{stage="score",le="0.0025"})"), "1");
  EXPECT_EQ(value(R"(wiremill_restore_duration_seconds_bucket{stage="score",le="0.25"})"), "0");
  EXPECT_EQ(value(R"(wiremill_restore_duration_seconds_bucket{stage="score",le="0.5"})"), "1");
  EXPECT_EQ(value(R"(wiremill_commits_total{outcome="committed",stage="score"})"), "1");
  EXPECT_EQ(value(R"(wiremill_committed_records_total{stage="score"})"), "12");
  telemetry_.record(LaneLost{.stage = "score", .lane = "score.1"});
  telemetry_.record(LaneClosed{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(value(R"(wiremill_lanes{stage="score"})"), "0");
  EXPECT_EQ(value(R"(wiremill_saturated_scopes{lane="score.1"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_lane_turned_timestamp_seconds{lane="score.1"})"), "absent");
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
  telemetry_.record(ProcessingTime{.seconds = 0.2, .records = 40});
  telemetry_.record(ProcessingTime{.seconds = 7, .records = 2});
  telemetry_.record(EndToEndLatency{.seconds = 41});
  telemetry_.record(SignalLatency{.seconds = 0.03});
  EXPECT_EQ(value("wiremill_source_delay_seconds_sum"), "40");
  EXPECT_EQ(value(R"(wiremill_processing_duration_seconds_bucket{le="0.25"})"), "41")
      << "the edge of the service level is inclusive, and each record counts";
  EXPECT_EQ(value(R"(wiremill_processing_duration_seconds_bucket{le="0.15"})"), "0");
  EXPECT_EQ(value("wiremill_processing_duration_seconds_count"), "43");
  EXPECT_EQ(value("wiremill_processing_duration_seconds_sum"), "22.25");
  EXPECT_EQ(value("wiremill_signal_latency_seconds_count"), "1");
  EXPECT_EQ(value("wiremill_end_to_end_latency_seconds_count"), "1");
}

TEST_F(TelemetryTest, CountsWhatExtractFinds) {
  telemetry_.record(FactsExtracted{.kind = "capex", .facts = 2});
  const std::vector<std::string> flags{"inferred_currency", "inconsistent_figure"};
  telemetry_.record(FactHeld{.flags = flags});
  telemetry_.record(FactHeld{});
  telemetry_.record(RuleHit{.rule = "capex.plan", .hits = 2});
  telemetry_.record(Re2Errors{.errors = 1});
  telemetry_.record(RecordsCut{.flag = "figures_cut", .records = 2});
  telemetry_.record(LanguageSeen{.lang = "ko", .records = 3});
  telemetry_.record(CompanyResolved{.method = "cashtag", .companies = 2});
  telemetry_.record(UnknownFields{.topic = "news", .fields = 3});
  EXPECT_EQ(value(R"(wiremill_facts_extracted_total{kind="capex"})"), "2");
  EXPECT_EQ(value(R"(wiremill_facts_held_total{reason="inconsistent_figure"})"), "1");
  EXPECT_EQ(value(R"(wiremill_rule_matches_total{rule="capex.plan"})"), "2");
  EXPECT_EQ(value("wiremill_re2_errors_total"), "1");
  EXPECT_EQ(value(R"(wiremill_records_cut_total{flag="figures_cut"})"), "2");
  EXPECT_EQ(value(R"(wiremill_facts_held_total{reason="other"})"), "1");
  EXPECT_EQ(value(R"(wiremill_records_by_language_total{lang="ko"})"), "3");
  EXPECT_EQ(value(R"(wiremill_ticker_resolutions_total{method="cashtag"})"), "2");
  EXPECT_EQ(value(R"(wiremill_unknown_fields_total{topic="news"})"), "3");
}

TEST_F(TelemetryTest, ShowsBeliefOnlyWhileThisProcessOwnsIt) {
  const auto weight = [&](std::string_view lane, std::string_view set, std::string_view scenario,
                          double share) {
    telemetry_.record(
        ScenarioWeight{.lane = lane, .set = set, .scenario = scenario, .weight = share});
  };
  telemetry_.record(SectorTone{.lane = "score.0", .sector = "memory", .tone = -0.5,
                               .facts_mass = 3, .text_mass = 0.5});
  weight("score.0", "capex-shock-2026", "base", 0.6);
  weight("score.0", "capex-shock-2026", "bear", 0.4);
  weight("score.1", "fed-2026", "cut", 1);
  EXPECT_EQ(value(R"(wiremill_sector_sentiment_score{sector="memory"})"), "-0.5");
  EXPECT_EQ(value(R"(wiremill_sector_evidence_mass{from="facts",sector="memory"})"), "3");
  EXPECT_EQ(value(R"(wiremill_sector_evidence_mass{from="text",sector="memory"})"), "0.5");
  EXPECT_EQ(
      value(R"(wiremill_scenario_weight_ratio{scenario="bear",set="capex-shock-2026"})"), "0.4");
  telemetry_.record(LaneClosed{.stage = "score", .lane = "score.0"});
  EXPECT_EQ(value(R"(wiremill_sector_sentiment_score{sector="memory"})"), "absent");
  EXPECT_EQ(value(R"(wiremill_scenario_weight_ratio{scenario="base",set="capex-shock-2026"})"),
            "absent");
  EXPECT_EQ(value(R"(wiremill_scenario_weight_ratio{scenario="cut",set="fed-2026"})"), "1");
}

TEST_F(TelemetryTest, ASectorWithoutEvidenceHasNoTone) {
  const auto tone = [&](std::optional<double> at) {
    telemetry_.record(SectorTone{.lane = "score.0", .sector = "gold", .tone = at});
    return value(R"(wiremill_sector_sentiment_score{sector="gold"})");
  };
  EXPECT_EQ(tone(std::nullopt), "absent");
  EXPECT_EQ(tone(0.25), "0.25");
  EXPECT_EQ(tone(std::nullopt), "absent");
  EXPECT_EQ(value(R"(wiremill_sector_evidence_mass{from="facts",sector="gold"})"), "0");
}

TEST_F(TelemetryTest, ShowsOfAGroupWhatIsKnown) {
  const auto series = [](const char* basis) {
    return std::string(R"(wiremill_group_spending_usd{basis=")") + basis +
           R"(",group="hyperscalers",period="FY2026"})";
  };
  GroupTotal total{.lane = "score.0", .group = "hyperscalers", .period = "FY2026",
                   .computed_usd = 2e11, .members = 1, .growth_ratio = 0.5};
  telemetry_.record(total);
  EXPECT_EQ(value(series("computed")), "200000000000");
  EXPECT_EQ(value(series("stated")), "absent");
  EXPECT_EQ(value(R"(wiremill_group_spending_growth_ratio{group="hyperscalers",period="FY2026"})"),
            "0.5");
  total.computed_usd.reset();
  telemetry_.record(total);
  EXPECT_EQ(value(series("computed")), "absent") << "it was withdrawn";
}

TEST_F(TelemetryTest, CountsWhatGoesOut) {
  telemetry_.record(SignalPublished{.kind = "company"});
  telemetry_.record(SectorSignal{.sector = "memory", .tone = -0.3});
  telemetry_.record(SectorSignal{.sector = "memory", .tone = 0.2});
  telemetry_.record(SectorSignal{.sector = "memory"});
  telemetry_.record(RecordsProduced{.topic = "wiremill.signals", .records = 4});
  telemetry_.record(RecordsRejected{.stage = "score", .reason = "duplicate", .records = 2});
  telemetry_.record(CorrectionsUnlinked{.stories = 2});
  EXPECT_EQ(value(R"(wiremill_signals_produced_total{kind="company"})"), "1");
  const auto direction = [&](const std::string& word) {
    return value(R"(wiremill_signals_by_sector_total{direction=")" + word +
                 R"(",sector="memory"})");
  };
  EXPECT_EQ(direction("negative"), "1");
  EXPECT_EQ(direction("neutral"), "2");
  EXPECT_EQ(direction("positive"), "0");
  EXPECT_EQ(value(R"(wiremill_records_produced_total{topic="wiremill.signals"})"), "4");
  EXPECT_EQ(value(R"(wiremill_records_rejected_total{reason="duplicate",stage="score"})"), "2");
  EXPECT_EQ(value("wiremill_corrections_unlinked_total"), "2");
}

TEST_F(TelemetryTest, AHeartbeatShowsThatTheLineMoves) {
  telemetry_.record(HeartbeatSeen{.stage = "score", .received = base::Instant(seconds(1000))});
  EXPECT_EQ(value(R"(wiremill_heartbeat_timestamp_seconds{stage="score"})"), "1000");
  EXPECT_EQ(value("wiremill_last_event_timestamp_seconds"), "absent") << "a heartbeat is no news";
  telemetry_.record(NewsSeen{});
  EXPECT_NE(value("wiremill_last_event_timestamp_seconds"), "absent");
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
      ServiceStarted{.stage = "all", .log = "local", .librdkafka = "2.0.2",
                     .address = "http://127.0.0.1:8321"});
  telemetry_.record(ServiceStopping{.cause = "signal"});
  telemetry_.record(ServiceStopped{.clean = false, .seconds = 2});
  EXPECT_TRUE(logged("event=service_started"));
  EXPECT_TRUE(logged("librdkafka=2.0.2"));
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
  telemetry_.record(SectorTone{.sector = "memory", .tone = 0.1, .facts_mass = 1});
  telemetry_.record(LaneTurned{.lane = "score.0"});
  telemetry_.record(HeartbeatSeen{.stage = "score"});
  telemetry_.record(GroupTotal{.lane = "score.0", .group = "g", .period = "FY2026",
                               .computed_usd = 1, .members = 1, .growth_ratio = 1});
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
