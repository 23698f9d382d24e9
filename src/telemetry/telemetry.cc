#include "telemetry/telemetry.h"

#include <string>
#include <utility>

#include "telemetry/metrics.h"

namespace wiremill::telemetry {
namespace {

double seconds_of(base::Instant at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

double number(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

Telemetry::Telemetry(Options options, const base::Clock& clock)
    : clock_(clock),
      metrics_(std::make_unique<Metrics>(options)),
      log_(std::move(options.log), clock) {}

Telemetry::~Telemetry() = default;

std::string Telemetry::exposition() const { return metrics_->exposition(); }

// ---- the service ------------------------------------------------------------------------------

void Telemetry::record(const ServiceStarted& h) {
  log_.write(LogLevel::kInfo, "service_started",
             {{"version", WIREMILL_VERSION}, {"stage", h.stage}, {"log", h.log},
              {"address", h.address}});
}

void Telemetry::record(const ServiceStopping& h) {
  log_.write(LogLevel::kInfo, "service_stopping", {{"cause", h.cause}});
}

void Telemetry::record(const ServiceStopped& h) {
  log_.write(h.clean ? LogLevel::kInfo : LogLevel::kWarning, "service_stopped",
             {{"clean", h.clean}, {"seconds", h.seconds}});
}

void Telemetry::record(const CatalogLoaded& h) {
  metrics_->service.catalog_info.clear();
  metrics_->service.catalog_info.set({h.version, h.digest}, 1);
  log_.write(LogLevel::kInfo, "catalog_loaded", {{"version", h.version}, {"digest", h.digest}});
}

void Telemetry::record(const StageFailed& h) {
  metrics_->service.stage_errors.add({h.stage, base::name_of(h.kind)});
  const bool passing = h.kind == base::ErrorKind::kTransient;
  log_.write(passing ? LogLevel::kWarning : LogLevel::kError, "stage_failed",
             {{"stage", h.stage}, {"kind", base::name_of(h.kind)}, {"text", h.text}});
}

// ---- in ---------------------------------------------------------------------------------------

void Telemetry::record(const RecordsConsumed& h) {
  metrics_->input.records_consumed.add({h.topic}, number(h.records));
  metrics_->input.consumed_bytes.add({h.topic}, number(h.bytes));
  metrics_->input.last_consumed.set({h.topic}, seconds_of(clock_.now()));
}

void Telemetry::record(const DeadLettered& h) {
  metrics_->input.dead_letters.add({h.stage, h.reason});
  log_.write(LogLevel::kWarning, "dead_letter",
             {{"stage", h.stage}, {"reason", h.reason}, {"topic", h.topic},
              {"partition", h.partition}, {"offset", h.offset}, {"detail", h.detail}});
}

void Telemetry::record(const UnknownFields& h) {
  metrics_->input.unknown_fields.add({h.topic}, number(h.fields));
}

void Telemetry::record(const LagObserved& h) {
  metrics_->input.lag.set({h.topic, std::to_string(h.partition)},
                          static_cast<double>(h.records), h.lane);
}

void Telemetry::record(const PositionMoved& h) {
  metrics_->input.last_processed.set({h.topic, std::to_string(h.partition)},
                                     seconds_of(h.appended), h.lane);
}

// ---- lanes ------------------------------------------------------------------------------------

void Telemetry::record(const LaneAcquired& h) {
  metrics_->lane.changes.add({h.stage, "acquired"});
  metrics_->lane.held.add({h.stage}, 1);
  log_.write(LogLevel::kInfo, "lane_acquired", {{"lane", h.lane}});
}

void Telemetry::record(const LaneLost& h) {
  metrics_->lane.changes.add({h.stage, "lost"});
  metrics_->lane.held.add({h.stage}, -1);
  forget(h.lane);
  log_.write(LogLevel::kWarning, "lane_lost", {{"lane", h.lane}});
}

void Telemetry::record(const LaneClosed& h) {
  metrics_->lane.changes.add({h.stage, "closed"});
  metrics_->lane.held.add({h.stage}, -1);
  forget(h.lane);
  log_.write(LogLevel::kInfo, "lane_closed", {{"lane", h.lane}});
}

void Telemetry::forget(std::string_view lane) {
  for (Gauges* gauges : {&metrics_->input.lag, &metrics_->input.last_processed,
                         &metrics_->score.sector_tone, &metrics_->score.sector_mass,
                         &metrics_->score.scenario_weight, &metrics_->score.scenario_updated,
                         &metrics_->score.saturated}) {
    gauges->forget(lane);
  }
}

void Telemetry::record(const Restored& h) {
  metrics_->lane.restored_records.add({h.stage}, number(h.records));
  metrics_->lane.restore_duration.observe({h.stage}, h.seconds);
  log_.write(LogLevel::kInfo, "restored",
             {{"lane", h.lane}, {"records", h.records}, {"seconds", h.seconds}});
}

void Telemetry::record(const UnitCommitted& h) {
  metrics_->lane.units.add({h.stage, "committed"});
  metrics_->lane.unit_records.add({h.stage}, number(h.records));
  metrics_->lane.commit_duration.observe({h.stage}, h.seconds);
}

void Telemetry::record(const UnitAborted& h) {
  metrics_->lane.units.add({h.stage, "aborted"});
  log_.write(LogLevel::kWarning, "unit_aborted", {{"lane", h.lane}, {"text", h.text}});
}

void Telemetry::record(const RecordRetried& h) {
  metrics_->lane.retries.add({h.stage});
  log_.write(LogLevel::kWarning, "record_retried",
             {{"stage", h.stage}, {"topic", h.topic}, {"partition", h.partition},
              {"offset", h.offset}, {"attempt", h.attempt}});
}

// ---- the log underneath -----------------------------------------------------------------------

void Telemetry::record(const Rebalanced& h) {
  metrics_->stream.rebalances.add({h.event});
  log_.write(LogLevel::kInfo, "rebalanced",
             {{"stage", h.stage}, {"change", h.event}, {"text", h.text}});
}

void Telemetry::record(const Fenced& h) {
  metrics_->stream.fenced.add({h.stage});
  log_.write(LogLevel::kWarning, "fenced", {{"stage", h.stage}, {"text", h.text}});
}

void Telemetry::record(const ProducerRebuilt& h) {
  metrics_->stream.producer_renewals.add({h.stage, "broken"});
  log_.write(LogLevel::kWarning, "producer_rebuilt", {{"stage", h.stage}, {"text", h.text}});
}

void Telemetry::record(const ProducerRecycled& h) {
  metrics_->stream.producer_renewals.add({h.stage, "doubt"});
  log_.write(LogLevel::kWarning, "producer_recycled", {{"stage", h.stage}, {"text", h.text}});
}

void Telemetry::record(const StreamFailed& h) {
  metrics_->stream.errors.add({h.stage, h.code});
  log_.write(LogLevel::kWarning, "stream_failed",
             {{"stage", h.stage}, {"code", h.code}, {"text", h.text}});
}

// ---- time -------------------------------------------------------------------------------------

void Telemetry::record(const SourceDelay& h) { metrics_->time.source_delay.observe({}, h.seconds); }

void Telemetry::record(const ProcessingTime& h) {
  metrics_->time.processing.observe({}, h.seconds);
}

void Telemetry::record(const EndToEndLatency& h) {
  metrics_->time.end_to_end.observe({}, h.seconds);
}

// ---- extract ----------------------------------------------------------------------------------

void Telemetry::record(const FactsExtracted& h) {
  metrics_->extract.facts.add({h.kind}, number(h.facts));
}

void Telemetry::record(const FactHeld& h) { metrics_->extract.facts_held.add({h.reason}); }

void Telemetry::record(const RuleHit& h) {
  metrics_->extract.rule_matches.add({h.rule}, number(h.hits));
}

void Telemetry::record(const Re2Errors& h) {
  metrics_->extract.re2_errors.add({}, number(h.errors));
  log_.write(LogLevel::kError, "pattern_out_of_memory", {{"searches", h.errors}});
}

void Telemetry::record(const LanguageSeen& h) { metrics_->extract.languages.add({h.lang}); }

// ---- score ------------------------------------------------------------------------------------

void Telemetry::record(const SignalPublished& h) { metrics_->score.signals.add({h.kind}); }

void Telemetry::record(const SectorTone& h) {
  metrics_->score.sector_tone.set({h.sector}, h.tone, h.lane);
  metrics_->score.sector_mass.set({h.sector}, h.mass, h.lane);
}

void Telemetry::record(const ScenarioWeight& h) {
  metrics_->score.scenario_weight.set({h.set, h.scenario}, h.weight, h.lane);
  metrics_->score.scenario_updated.set({h.set}, seconds_of(clock_.now()), h.lane);
}

void Telemetry::record(const TooLate& h) { metrics_->score.too_late.add({}, number(h.facts)); }

void Telemetry::record(const Saturated& h) {
  metrics_->score.saturated.set({h.lane}, number(h.scopes), h.lane);
}

// ---- http -------------------------------------------------------------------------------------

void Telemetry::record(const HttpRequest& h) {
  const std::string code = std::to_string(h.status / 100) + "xx";
  metrics_->http.requests.add({h.route, code});
  metrics_->http.duration.observe({}, h.seconds);
  log_.write(LogLevel::kDebug, "http_request",
             {{"route", h.route}, {"status", h.status}, {"seconds", h.seconds}});
}

void Telemetry::record(const IngestAccepted& h) {
  metrics_->http.ingested.add({}, number(h.records));
}

void Telemetry::record(const IngestRefused& h) {
  metrics_->http.refused.add({h.reason}, number(h.records));
}

}  // namespace wiremill::telemetry
