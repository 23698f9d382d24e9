#pragma once
// Every metric that the process shows: its name, its help text, its labels and its buckets, in
// one table (metrics.cc). Dashboards and alert rules are written against these names.
//
//   Metrics metrics(options);   metrics.input.records_consumed.add({"news"}, 120);
//
// What this does not do: it decides nothing about when something counts (telemetry.cc does).

#include <memory>
#include <string>

#include "telemetry/meters.h"
#include "telemetry/telemetry.h"

namespace wiremill::telemetry {

/// Deletes the registry where its type is known.
struct RegistryDeleter {
  void operator()(prometheus::Registry* registry) const;
};

struct ServiceMetrics {
  ServiceMetrics(prometheus::Registry& registry, const Options& options);
  Gauges build_info, catalog_info;
  Counters stage_errors;
};

struct InputMetrics {
  InputMetrics(prometheus::Registry& registry, const Options& options);
  Counters records_consumed, consumed_bytes, dead_letters, unknown_fields;
  Gauges last_consumed, last_processed, lag;
};

struct LaneMetrics {
  LaneMetrics(prometheus::Registry& registry, const Options& options);
  Counters changes;
  Gauges held;
  Counters restored_records, units, unit_records, retries;
  Histograms restore_duration, commit_duration;
};

struct StreamMetrics {
  StreamMetrics(prometheus::Registry& registry, const Options& options);
  Counters rebalances, fenced, producer_renewals, errors;
};

struct TimeMetrics {
  explicit TimeMetrics(prometheus::Registry& registry);
  Histograms source_delay, processing, end_to_end;
};

struct ExtractMetrics {
  ExtractMetrics(prometheus::Registry& registry, const Options& options);
  Counters facts, facts_held, rule_matches, re2_errors, languages;
};

struct ScoreMetrics {
  explicit ScoreMetrics(prometheus::Registry& registry);
  Counters signals;
  Gauges sector_tone, sector_mass, scenario_weight, scenario_updated, saturated;
  Counters too_late;
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
