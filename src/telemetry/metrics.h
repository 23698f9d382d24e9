#pragma once
// Every metric that the process shows: its name, its help text, its labels and its buckets, in
// one table (metrics.cc). Dashboards and alert rules are written against these names.
//
//   Metrics metrics(options);   metrics.input.records_consumed.add({"news"}, 120);
//
// What this does not do: it decides nothing about when something counts (telemetry.cc does).

#include <memory>
#include <string>
#include <string_view>

#include "telemetry/meters.h"
#include "telemetry/telemetry.h"

namespace wiremill::telemetry {

/// True for a word that says why a fact is held.
bool is_held_reason(std::string_view word);

/// Deletes the registry where its type is known.
struct RegistryDeleter {
  void operator()(prometheus::Registry* registry) const;
};

struct ServiceMetrics {
  ServiceMetrics(prometheus::Registry& registry, const Options& options);
  Gauges build_info, library_info, catalog_info, catalog_loaded, rules_loaded;
  Counters stage_errors;
};

struct InputMetrics {
  InputMetrics(prometheus::Registry& registry, const Options& options);
  Counters records_consumed, consumed_bytes, rejected, dead_letters, unknown_fields;
  Gauges last_consumed, last_processed, lag, worked_through, last_event, heartbeat;
  Counters records_produced;
};

struct LaneMetrics {
  LaneMetrics(prometheus::Registry& registry, const Options& options);
  Counters changes;
  Gauges held, restoring, turned;
  Counters restored_records, units, unit_records, retries;
  Histograms restore_duration, work_duration, commit_duration;
};

struct StreamMetrics {
  StreamMetrics(prometheus::Registry& registry, const Options& options);
  Counters rebalances, fenced, producer_renewals, errors;
};

struct TimeMetrics {
  explicit TimeMetrics(prometheus::Registry& registry);
  Histograms source_delay, processing, end_to_end, signal_latency;
};

struct ExtractMetrics {
  ExtractMetrics(prometheus::Registry& registry, const Options& options);
  Counters facts, facts_held, rule_matches, re2_errors, cut, languages, companies;
};

struct ScoreMetrics {
  ScoreMetrics(prometheus::Registry& registry, const Options& options);
  Counters signals, sector_signals;
  Gauges sector_tone, sector_mass, scenario_weight, scenario_updated;
  Gauges group_spending, group_members, group_growth, saturated;
  Counters corrections_unlinked;
};

struct HttpMetrics {
  explicit HttpMetrics(prometheus::Registry& registry);
  Counters requests;
  Histograms duration;
  Counters ingested, refused;
};

/// Threads: any. Owns: the registry that the meters borrow.
struct Metrics {
  explicit Metrics(const Options& options);
  /// The page, families in the order of registration, series by their labels.
  std::string exposition() const;
  /// Takes away every series that this lane alone set.
  void forget(std::string_view lane);

  std::unique_ptr<prometheus::Registry, RegistryDeleter> registry;
  ServiceMetrics service;
  InputMetrics input;
  LaneMetrics lane;
  StreamMetrics stream;
  TimeMetrics time;
  ExtractMetrics extract;
  ScoreMetrics score;
  HttpMetrics http;
};

}  // namespace wiremill::telemetry
