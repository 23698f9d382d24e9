#include "telemetry/metrics.h"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

#include "model/fact.h"
#include "model/facts_record.h"
#include "model/signal.h"
#include "telemetry/system_metrics.h"

namespace wiremill::telemetry {
namespace {

using Words = std::vector<std::string>;

/// Why a record became a dead letter: what wire and pipeline can say.
const Words kDeadReasons{"bad_json",      "bad_time",         "bad_value", "empty",
                         "invalid_utf8",  "kills_process",    "missing_field",
                         "output_too_large", "tombstone",     "too_deep",  "too_large",
                         "wrong_type"};

/// Why else a record that was read led to nothing.
const Words kIdleReasons{"duplicate", "stale", "too_late"};

const Words kHeldReasons{"basis_doubt",         "circular",        "fx_off",
                         "inconsistent_figure", "listing_conflict", "magnitude_slip",
                         "out_of_range",        "ticker_conflict"};

/// Flags of a record of which something was left out.
const Words kCuts{"facts_cut", "figures_cut", "truncated"};

/// What librdkafka calls its errors, and what we add.
const Words kStreamErrors{"ERROR",     "FAIL",    "MAXPOLL", "REQTMOUT",
                          "SESSTMOUT", "aborted", "rebuilt"};

template <class Enum>
Words names_of() {
  return Words(model::NameTable<Enum>::kNames.begin(), model::NameTable<Enum>::kNames.end());
}

Words together(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Buckets in seconds. Processing has an edge at 0.25, the service level that alerts are written
// against; the others follow the span that each quantity can sensibly take.
const std::vector<double> kSourceDelay{0.1, 0.25, 0.5, 1,  2.5, 5,   10,  30,
                                       60,  120,  300, 600, 900, 1800, 3600};
const std::vector<double> kProcessing{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.06,
                                      0.1,    0.15,  0.25,   0.5,   1,    2.5,  5};
const std::vector<double> kEndToEnd{0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1,
                                    2.5,  5,     10,   30,  60,   120,  300, 600};
const std::vector<double> kWork{0.00001, 0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                0.05,    0.1,    0.25,  1,      10};
const std::vector<double> kCommit{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10};
const std::vector<double> kRestore{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};
const std::vector<double> kHttp{0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

bool earlier(const prometheus::ClientMetric& a, const prometheus::ClientMetric& b) {
  return std::lexicographical_compare(
      a.label.begin(), a.label.end(), b.label.begin(), b.label.end(),
      [](const auto& x, const auto& y) { return x.value < y.value; });
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

}  // namespace

bool is_held_reason(std::string_view word) {
  return std::find(kHeldReasons.begin(), kHeldReasons.end(), word) != kHeldReasons.end();
}

void RegistryDeleter::operator()(prometheus::Registry* of) const { delete of; }

ServiceMetrics::ServiceMetrics(prometheus::Registry& registry, const Options& o)
    : build_info(registry, "wiremill_build_info", "Version of the running program; always 1.",
                 {"version", "revision", "compiler"}),
      library_info(registry, "wiremill_library_info",
                   "Version of a library that the program runs with; always 1.",
                   {"library", "version"}),
      catalog_info(registry, "wiremill_catalog_info", "Catalogue in use; always 1.",
                   {"version", "digest"}),
      catalog_loaded(registry, "wiremill_catalog_loaded_timestamp_seconds",
                     "When the catalogue in use was loaded.", {}),
      rules_loaded(registry, "wiremill_rules_loaded", "Rules of the catalogue in use.", {}),
      stage_errors(registry, "wiremill_stage_errors_total",
                   "Errors that reached the loop of a stage, by what it does about them.",
                   {{"stage", o.stages},
                    {"kind", {"malformed", "transient", "rejected", "fatal"}}}) {
  build_info.set({WIREMILL_VERSION, o.revision, compiler()}, 1);
  for (const auto& [library, version] : o.libraries) library_info.set({library, version}, 1);
  rules_loaded.set({}, static_cast<double>(o.rules.size()));
}

InputMetrics::InputMetrics(prometheus::Registry& registry, const Options& o)
    : records_consumed(registry, "wiremill_records_consumed_total",
                       "Records read from a topic.", {{"topic", o.topics}}),
      consumed_bytes(registry, "wiremill_consumed_bytes_total",
                     "Bytes of keys and values read from a topic.", {{"topic", o.topics}}),
      rejected(registry, "wiremill_records_rejected_total",
               "Records that were read and led to nothing, dead letters included.",
               {{"stage", o.stages}, {"reason", together(kDeadReasons, kIdleReasons)}}),
      dead_letters(registry, "wiremill_dead_letters_total",
                   "Records that could not be worked on and were kept as dead letters.",
                   {{"stage", o.stages}, {"reason", kDeadReasons}}),
      unknown_fields(registry, "wiremill_unknown_fields_total",
                     "Fields of known records that their schema does not name.",
                     {{"topic", o.topics}}),
      last_consumed(registry, "wiremill_last_consumed_timestamp_seconds",
                    "When a record was last read from a topic, by our clock.", {"topic"}),
      last_processed(registry, "wiremill_last_processed_record_timestamp_seconds",
                     "When the newest committed record was appended to its topic.",
                     {"topic", "partition"}, Shared::kLeast),
      lag(registry, "wiremill_consumer_lag_records",
          "Committed records that are not worked on yet.", {"topic", "partition"},
          Shared::kGreatest),
      worked_through(registry, "wiremill_worked_through_timestamp_seconds",
                     "Everything appended before this has been worked on; now when nothing waits.",
                     {"topic", "partition"}, Shared::kLeast),
      last_event(registry, "wiremill_last_event_timestamp_seconds",
                 "When an event that is not synthetic was last worked on, by our clock.", {}),
      heartbeat(registry, "wiremill_heartbeat_timestamp_seconds",
                "When the newest synthetic event that a stage has worked on came in.", {"stage"}),
      records_produced(registry, "wiremill_records_produced_total",
                       "Records appended to a topic by committed units.",
                       {{"topic", o.outputs}}) {}

LaneMetrics::LaneMetrics(prometheus::Registry& registry, const Options& o)
    : changes(registry, "wiremill_lane_changes_total", "Lanes taken, lost and given back.",
              {{"stage", o.stages}, {"event", {"acquired", "lost", "closed", "dropped"}}}),
      held(registry, "wiremill_lanes", "Lanes held now.", {"stage"}),
      restoring(registry, "wiremill_lanes_restoring", "Lanes whose state is being restored now.",
                {"stage"}),
      turned(registry, "wiremill_lane_turned_timestamp_seconds",
             "When the thread of a lane last came round; it does so every second.", {"lane"}),
      restored_records(registry, "wiremill_restored_records_total",
                       "Records of state read when lanes were taken.", {{"stage", o.stages}}),
      units(registry, "wiremill_commits_total", "Units of work by how they ended.",
            {{"stage", o.stages}, {"outcome", {"committed", "aborted"}}}),
      unit_records(registry, "wiremill_committed_records_total",
                   "Input records that committed units cover.", {{"stage", o.stages}}),
      retries(registry, "wiremill_record_retries_total",
              "Records tried alone after an unclean stop.", {{"stage", o.stages}}),
      restore_duration(registry, "wiremill_restore_duration_seconds",
                       "Time from taking a lane to its state being complete.", kRestore,
                       {{"stage", o.stages}}),
      work_duration(registry, "wiremill_stage_duration_seconds",
                    "Work of a stage on one unit, without its commit.", kWork,
                    {{"stage", o.stages}}),
      commit_duration(registry, "wiremill_commit_duration_seconds", "Time of one commit.",
                      kCommit, {{"stage", o.stages}}) {
  for (const std::string& stage : o.stages) {
    held.set({stage}, 0);
    restoring.set({stage}, 0);
  }
}

StreamMetrics::StreamMetrics(prometheus::Registry& registry, const Options& o)
    : rebalances(registry, "wiremill_rebalances_total", "Changes of what the group gave us.",
                 {{"event", {"assign", "revoke", "lost"}}}),
      fenced(registry, "wiremill_fenced_total",
             "Times that another holder of a lane shut this one out.", {{"stage", o.stages}}),
      producer_renewals(registry, "wiremill_producer_renewals_total",
                        "Transactional producers replaced, by why.",
                        {{"stage", o.stages}, {"cause", {"broken", "doubt"}}}),
      errors(registry, "wiremill_kafka_errors_total", "Errors of the Kafka client, by its words.",
             {{"stage", o.stages}, {"code", kStreamErrors}}) {}

TimeMetrics::TimeMetrics(prometheus::Registry& registry)
    : source_delay(registry, "wiremill_source_delay_seconds",
                   "From published to consumed: the feed's share of the delay.", kSourceDelay),
      processing(registry, "wiremill_processing_duration_seconds",
                 "From polled to committed, each record of each stage.", kProcessing),
      end_to_end(registry, "wiremill_end_to_end_latency_seconds",
                 "From published to the committed signal.", kEndToEnd),
      signal_latency(registry, "wiremill_signal_latency_seconds",
                     "From received to the committed signal, both stages together.",
                     kEndToEnd) {}

ExtractMetrics::ExtractMetrics(prometheus::Registry& registry, const Options& o)
    : facts(registry, "wiremill_facts_extracted_total", "Facts found in events, by kind.",
            {{"kind", names_of<model::FactKind>()}}),
      facts_held(registry, "wiremill_facts_held_total",
                 "Facts kept away from evidence because they look wrong, by why.",
                 {{"reason", kHeldReasons}}),
      rule_matches(registry, "wiremill_rule_matches_total", "Facts by the rule that fired.",
                   {{"rule", o.rules}}),
      re2_errors(registry, "wiremill_re2_errors_total",
                 "Searches that a pattern could not finish within its memory."),
      cut(registry, "wiremill_records_cut_total",
          "Events of which something was left out: the end of the text, figures or facts.",
          {{"flag", kCuts}}),
      languages(registry, "wiremill_records_by_language_total", "Events by language.",
                {{"lang", names_of<model::Language>()}}),
      companies(registry, "wiremill_ticker_resolutions_total",
                "Companies in events, by how the text names them first.",
                {{"method", together(names_of<model::MentionBy>(), {"none"})}}) {}

ScoreMetrics::ScoreMetrics(prometheus::Registry& registry, const Options& o)
    : signals(registry, "wiremill_signals_produced_total", "Signals published, by kind of scope.",
              {{"kind", names_of<model::ScopeType>()}}),
      sector_signals(registry, "wiremill_signals_by_sector_total",
                     "Signals of a sector, by the direction of its tone.",
                     {{"sector", o.sectors}, {"direction", names_of<model::ToneLabel>()}}),
      sector_tone(registry, "wiremill_sector_sentiment_score",
                  "Tone of a sector from -1 to 1; read it with its evidence.", {"sector"}),
      sector_mass(registry, "wiremill_sector_evidence_mass",
                  "Weight of the evidence behind the tone of a sector: facts, and texts.",
                  {"sector", "from"}),
      scenario_weight(registry, "wiremill_scenario_weight_ratio",
                      "Weight of a scenario; the weights of a set sum to 1.", {"set", "scenario"}),
      scenario_updated(registry, "wiremill_scenario_weights_updated_timestamp_seconds",
                       "When the weights of a set were last computed, by our clock.", {"set"}),
      group_spending(registry, "wiremill_group_spending_usd",
                     "What a group plans to spend in a fiscal year: members added up, or stated.",
                     {"group", "period", "basis"}),
      group_members(registry, "wiremill_group_spending_members",
                    "Members whose figures are in the computed spending of a group.",
                    {"group", "period"}),
      group_growth(registry, "wiremill_group_spending_growth_ratio",
                   "Growth of a group's spending over the year before, for the same members.",
                   {"group", "period"}),
      saturated(registry, "wiremill_saturated_scopes",
                "Scopes that are full and keep their latest facts only.", {"lane"}),
      corrections_unlinked(registry, "wiremill_corrections_unlinked_total",
                           "Stories that call themselves a correction and match no story.") {}

HttpMetrics::HttpMetrics(prometheus::Registry& registry)
    : requests(registry, "wiremill_http_requests_total", "Requests answered.",
               {{"route", {"/", "/metrics", "/healthz", "/readyz", "/v1/events",
                            "/api/v1/signals/recent", "/api/v1/state"}},
                {"code", {"2xx", "4xx", "5xx"}}}),
      duration(registry, "wiremill_http_request_duration_seconds", "Time of one request.",
               kHttp),
      ingested(registry, "wiremill_ingest_records_total", "Events taken in over HTTP."),
      refused(registry, "wiremill_ingest_refused_total",
              "Events refused over HTTP, by why.", {{"reason", kDeadReasons}}) {}

Metrics::Metrics(const Options& options)
    : registry(new prometheus::Registry),
      service(*registry, options),
      input(*registry, options),
      lane(*registry, options),
      stream(*registry, options),
      time(*registry),
      extract(*registry, options),
      score(*registry, options),
      http(*registry) {}

void Metrics::forget(std::string_view of) {
  for (Gauges* gauges :
       {&input.lag, &input.last_processed, &input.worked_through, &lane.turned,
        &score.sector_tone, &score.sector_mass, &score.scenario_weight, &score.scenario_updated,
        &score.group_spending, &score.group_members, &score.group_growth, &score.saturated}) {
    gauges->forget(of);
  }
}

std::string Metrics::exposition() const {
  std::vector<prometheus::MetricFamily> families = registry->Collect();
  append_system_metrics(families);
  for (prometheus::MetricFamily& family : families) {
    std::sort(family.metric.begin(), family.metric.end(), earlier);
  }
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, families);
  return text.str();
}

}  // namespace wiremill::telemetry
