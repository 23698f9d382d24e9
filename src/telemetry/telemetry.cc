#include "telemetry/telemetry.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/fact.h"
#include "telemetry/metrics.h"

namespace wiremill::telemetry {
namespace {

double seconds_of(base::Instant at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

double number(std::uint64_t count) { return static_cast<double>(count); }

/// A tone within this of 0 is neutral: the middle of the five bands in which boards colour it.
constexpr double kNeutralUpTo = 0.2;

model::ToneLabel direction_of(double tone) {
  if (tone > kNeutralUpTo) return model::ToneLabel::kPositive;
  return tone < -kNeutralUpTo ? model::ToneLabel::kNegative : model::ToneLabel::kNeutral;
}

/// Shown when there is a value, else taken away.
void show(Gauges& gauges, LabelValues labels, std::optional<double> value,
          std::string_view owner) {
  if (value) {
    gauges.set(labels, *value, owner);
  } else {
    gauges.unset(labels, owner);
  }
}

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
              {"address", h.address}, {"librdkafka", h.librdkafka}});
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
  metrics_->service.catalog_loaded.set({}, seconds_of(clock_.now()));
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
  metrics_->input.rejected.add({h.stage, h.reason});
  log_.write(LogLevel::kWarning, "dead_letter",
             {{"stage", h.stage}, {"reason", h.reason}, {"topic", h.topic},
              {"partition", h.partition}, {"offset", h.offset}, {"detail", h.detail}});
}

void Telemetry::record(const UnknownFields& h) {
  metrics_->input.unknown_fields.add({h.topic}, number(h.fields));
}

void Telemetry::record(const RecordsRejected& h) {
  metrics_->input.rejected.add({h.stage, h.reason}, number(h.records));
}

void Telemetry::record(const LagObserved& h) {
  const std::string partition = std::to_string(h.partition);
  metrics_->input.lag.set({h.topic, partition}, static_cast<double>(h.records), h.lane);
  if (!h.worked_through) return;
  metrics_->input.worked_through.set({h.topic, partition}, seconds_of(*h.worked_through), h.lane);
}

void Telemetry::record(const PositionMoved& h) {
  metrics_->input.last_processed.set({h.topic, std::to_string(h.partition)},
                                     seconds_of(h.appended), h.lane);
}

void Telemetry::record(const NewsSeen&) {
  metrics_->input.last_event.set({}, seconds_of(clock_.now()));
}

void Telemetry::record(const HeartbeatSeen& h) {
  metrics_->input.heartbeat.set({h.stage}, seconds_of(h.received));
}

// ---- out --------------------------------------------------------------------------------------

void Telemetry::record(const RecordsProduced& h) {
  metrics_->input.records_produced.add({h.topic}, number(h.records));
}

// ---- lanes ------------------------------------------------------------------------------------

void Telemetry::record(const LaneAcquired& h) {
  metrics_->lane.changes.add({h.stage, "acquired"});
  metrics_->lane.held.add({h.stage}, 1);
  log_.write(LogLevel::kInfo, "lane_acquired", {{"lane", h.lane}});
}

void Telemetry::lane_ended(std::string_view stage, std::string_view lane, std::string_view how) {
  metrics_->lane.changes.add({stage, how});
  metrics_->lane.held.add({stage}, -1);
  metrics_->forget(lane);
}

void Telemetry::record(const LaneLost& h) {
  lane_ended(h.stage, h.lane, "lost");
  log_.write(LogLevel::kWarning, "lane_lost", {{"lane", h.lane}});
}

void Telemetry::record(const LaneClosed& h) {
  lane_ended(h.stage, h.lane, "closed");
  log_.write(LogLevel::kInfo, "lane_closed", {{"lane", h.lane}});
}

void Telemetry::record(const LaneDropped& h) {
  lane_ended(h.stage, h.lane, "dropped");
  log_.write(LogLevel::kWarning, "lane_dropped", {{"lane", h.lane}});
}

void Telemetry::record(const LaneTurned& h) {
  metrics_->lane.turned.set({h.lane}, seconds_of(clock_.now()), h.lane);
}

void Telemetry::record(const RestoreBegan& h) { metrics_->lane.restoring.add({h.stage}, 1); }

void Telemetry::record(const RestoreAdvanced& h) {
  metrics_->lane.restored_records.add({h.stage}, number(h.records));
}

void Telemetry::record(const RestoreEnded& h) { metrics_->lane.restoring.add({h.stage}, -1); }

void Telemetry::record(const Restored& h) {
  metrics_->lane.restore_duration.observe({h.stage}, h.seconds);
  log_.write(LogLevel::kInfo, "restored",
             {{"lane", h.lane}, {"records", h.records}, {"seconds", h.seconds}});
}

void Telemetry::record(const UnitWorked& h) {
  metrics_->lane.work_duration.observe({h.stage}, h.seconds);
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
  metrics_->time.processing.observe({}, h.seconds, h.records);
}

void Telemetry::record(const EndToEndLatency& h) {
  metrics_->time.end_to_end.observe({}, h.seconds);
}

void Telemetry::record(const SignalLatency& h) {
  metrics_->time.signal_latency.observe({}, h.seconds);
}

// ---- extract ----------------------------------------------------------------------------------

void Telemetry::record(const FactsExtracted& h) {
  metrics_->extract.facts.add({h.kind}, number(h.facts));
}

void Telemetry::record(const FactHeld& h) {
  const auto reason = std::find_if(h.flags.begin(), h.flags.end(), is_held_reason);
  metrics_->extract.facts_held.add({reason == h.flags.end() ? "other" : *reason});
}

void Telemetry::record(const RuleHit& h) {
  metrics_->extract.rule_matches.add({h.rule}, number(h.hits));
}

void Telemetry::record(const Re2Errors& h) {
  metrics_->extract.re2_errors.add({}, number(h.errors));
  log_.write(LogLevel::kError, "pattern_out_of_memory", {{"searches", h.errors}});
}

void Telemetry::record(const RecordsCut& h) {
  metrics_->extract.cut.add({h.flag}, number(h.records));
}

void Telemetry::record(const LanguageSeen& h) {
  metrics_->extract.languages.add({h.lang}, number(h.records));
}

void Telemetry::record(const CompanyResolved& h) {
  metrics_->extract.companies.add({h.method}, number(h.companies));
}

// ---- score ------------------------------------------------------------------------------------

void Telemetry::record(const SignalPublished& h) { metrics_->score.signals.add({h.kind}); }

void Telemetry::record(const SectorTone& h) {
  show(metrics_->score.sector_tone, {h.sector}, h.tone, h.lane);
  metrics_->score.sector_mass.set({h.sector, "facts"}, h.facts_mass, h.lane);
  metrics_->score.sector_mass.set({h.sector, "text"}, h.text_mass, h.lane);
}

void Telemetry::record(const SectorSignal& h) {
  metrics_->score.sector_signals.add({h.sector, model::name_of(direction_of(h.tone.value_or(0)))});
}

void Telemetry::record(const ScenarioWeight& h) {
  metrics_->score.scenario_weight.set({h.set, h.scenario}, h.weight, h.lane);
  metrics_->score.scenario_updated.set({h.set}, seconds_of(clock_.now()), h.lane);
}

void Telemetry::record(const GroupTotal& h) {
  ScoreMetrics& score = metrics_->score;
  show(score.group_spending, {h.group, h.period, "computed"}, h.computed_usd, h.lane);
  show(score.group_spending, {h.group, h.period, "stated"}, h.stated_usd, h.lane);
  show(score.group_members, {h.group, h.period}, h.members, h.lane);
  show(score.group_growth, {h.group, h.period}, h.growth_ratio, h.lane);
}

void Telemetry::record(const CorrectionsUnlinked& h) {
  metrics_->score.corrections_unlinked.add({}, number(h.stories));
}

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
