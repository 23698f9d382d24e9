#pragma once
// Counts and logs what happens. Each happening (happenings.h) has one record() here, which alone
// knows its metric names, its labels and its log line; the rest of the program names none.
//
//   Telemetry telemetry({.topics = {"news"}, .stages = {"extract"}}, clock);
//   telemetry.record(RecordsConsumed{.topic = "news"});       http: telemetry.exposition()
//
// Labels are closed sets: fixed words, plus what Options names. All their series exist from the
// start with 0; a value outside its set counts as "other", so no input can grow the page.
// What this does not do: it serves no port (see http) and keeps no history.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "telemetry/happenings.h"
#include "telemetry/log.h"

namespace wiremill::telemetry {

struct Metrics;

/// Larger sets cost a series for each value (times the other labels of the metric).
struct Options {
  std::vector<std::string> stages = {"extract", "score"};
  std::vector<std::string> topics = {};   ///< inputs and facts: every topic that is consumed
  std::vector<std::string> outputs = {};  ///< every topic that is written to
  std::vector<std::string> rules = {};    ///< rule ids of the catalogue
  std::vector<std::string> sectors = {};  ///< sector ids of the catalogue
  std::string revision = "unknown";  ///< of the source, for wiremill_build_info
  std::vector<std::pair<std::string, std::string>> libraries = {};  ///< name and version
  LogOptions log = {};
};

/// Threads: any, for everything. Owns: the metrics and the log. Borrows: the clock.
/// Cost: one atomic add for each metric, plus a binary search for each label; no allocation
/// unless a line is logged. Memory: bounded by the label sets, below 1,500 series with ours.
class Telemetry {
 public:
  Telemetry(Options options, const base::Clock& clock);
  ~Telemetry();
  Telemetry(const Telemetry&) = delete;  // the one place where this process counts
  Telemetry& operator=(const Telemetry&) = delete;

  void record(const ServiceStarted& happening);
  void record(const ServiceStopping& happening);
  void record(const ServiceStopped& happening);
  void record(const CatalogLoaded& happening);
  void record(const StageFailed& happening);

  void record(const RecordsConsumed& happening);
  void record(const DeadLettered& happening);
  void record(const UnknownFields& happening);
  void record(const RecordsRejected& happening);
  void record(const LagObserved& happening);
  void record(const PositionMoved& happening);
  void record(const NewsSeen& happening);
  void record(const HeartbeatSeen& happening);
  void record(const RecordsProduced& happening);

  void record(const LaneAcquired& happening);
  void record(const LaneLost& happening);
  void record(const LaneClosed& happening);
  void record(const LaneDropped& happening);
  void record(const LaneTurned& happening);
  void record(const RestoreBegan& happening);
  void record(const RestoreAdvanced& happening);
  void record(const RestoreEnded& happening);
  void record(const Restored& happening);
  void record(const UnitWorked& happening);
  void record(const UnitCommitted& happening);
  void record(const UnitAborted& happening);
  void record(const RecordRetried& happening);

  void record(const Rebalanced& happening);
  void record(const Fenced& happening);
  void record(const ProducerRebuilt& happening);
  void record(const ProducerRecycled& happening);
  void record(const StreamFailed& happening);

  void record(const SourceDelay& happening);
  void record(const ProcessingTime& happening);
  void record(const EndToEndLatency& happening);
  void record(const SignalLatency& happening);

  void record(const FactsExtracted& happening);
  void record(const FactHeld& happening);
  void record(const RuleHit& happening);
  void record(const Re2Errors& happening);
  void record(const RecordsCut& happening);
  void record(const LanguageSeen& happening);
  void record(const CompanyResolved& happening);

  void record(const SignalPublished& happening);
  void record(const SectorTone& happening);
  void record(const SectorSignal& happening);
  void record(const ScenarioWeight& happening);
  void record(const GroupTotal& happening);
  void record(const CorrectionsUnlinked& happening);
  void record(const Saturated& happening);

  void record(const HttpRequest& happening);
  void record(const IngestAccepted& happening);
  void record(const IngestRefused& happening);

  /// All metrics in Prometheus' text format 0.0.4, process_* included, in a stable order.
  std::string exposition() const;

 private:
  void lane_ended(std::string_view stage, std::string_view lane, std::string_view how);

  const base::Clock& clock_;
  std::unique_ptr<Metrics> metrics_;
  Log log_;
};

}  // namespace wiremill::telemetry
