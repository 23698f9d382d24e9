#include "pipeline/extract_work.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/dead_letters.h"
#include "wire/event.h"
#include "wire/facts.h"

namespace wiremill::pipeline {
namespace {

constexpr std::string_view kStage = "extract";

double seconds_between(base::Instant from, base::Instant to) {
  return std::chrono::duration<double>(to - from).count();
}

/// Why a held fact is held: its first flag names it.
std::string held_reason(const model::Fact& fact) {
  return fact.flags.empty() ? "other" : fact.flags.front();
}

}  // namespace

ExtractWork::ExtractWork(std::shared_ptr<const extract::Extractor> extractor, Topics topics,
                         telemetry::Telemetry& telemetry, ExtractOptions options)
    : extractor_(std::move(extractor)),
      topics_(std::move(topics)),
      telemetry_(telemetry),
      options_(options) {}

base::Result<void> ExtractWork::load(std::string_view key, std::string_view) {
  return base::fatal(fmt::format("extract state has the key \"{}\", which this version does not "
                                 "know", key));
}

base::Result<wire::DecodedEvent> ExtractWork::decode(const stream::Record& record) const {
  if (!record.value) return base::malformed("tombstone", "the record has no value");
  if (record.value->empty()) return base::malformed("empty", "the record has 0 bytes");
  if (record.value->size() > options_.event_bytes_max) {
    return base::malformed("too_large", fmt::format("the record has {} bytes, more than {}",
                                                    record.value->size(),
                                                    options_.event_bytes_max));
  }
  return wire::decode_event(*record.value);
}

void ExtractWork::begin(base::Instant) {}

void ExtractWork::add(const stream::Record& record, stream::Unit& unit) {
  auto decoded = decode(record);
  if (!decoded) {
    give_up(record, decoded.error().reason, decoded.error().text, 1, unit);
    return;
  }
  model::Event& event = decoded->event;
  const std::string trace = traceparent_of(record.headers);
  if (!trace.empty()) event.traceparent = trace;
  const base::Instant latest = record.appended + options_.clock_skew_max;
  const base::Instant received = std::min(event.received_at.value_or(record.appended), latest);
  event.received_at = received;

  extract::Trace work{.explain = false, .lines = {}, .work = {}};
  model::FactsRecord facts = extractor_->extract(event, received, &work);
  wire::settle(facts);
  const bool under_embargo = event.embargo_until && *event.embargo_until > received;
  unit.outputs.push_back({.topic = under_embargo ? topics_.held : topics_.facts,
                          .key = facts.event.story_id,
                          .value = wire::encode_facts(facts),
                          .headers = trace_headers(facts.event.traceparent)});

  Told told{.topic = record.from.topic,
            .unknown_fields = decoded->unknown_fields,
            .delay_seconds = seconds_between(event.published_at, received),
            .lang = facts.event.lang,
            .re2_errors = work.work.re2_errors};
  for (const model::Fact& fact : facts.facts) {
    told.kinds.push_back(fact.kind);
    told.rules.push_back(fact.rule);
    if (fact.held) told.held.push_back(held_reason(fact));
  }
  told_.push_back(std::move(told));
}

void ExtractWork::give_up(const stream::Record& record, std::string_view reason,
                          std::string_view detail, std::int64_t attempts, stream::Unit& unit) {
  unit.outputs.push_back(
      dead_letter(topics_.dead_letters, kStage, record, reason, detail, attempts));
  told_.push_back({.topic = record.from.topic,
                   .partition = record.from.partition,
                   .offset = record.offset,
                   .reason = std::string(reason),
                   .detail = std::string(detail)});
}

void ExtractWork::finish(base::Instant, stream::Unit&) {}

void ExtractWork::keep(base::Instant) {
  for (const Told& told : told_) tell(told);
  told_.clear();
}

void ExtractWork::drop() { told_.clear(); }

void ExtractWork::tell(const Told& told) {
  if (!told.reason.empty()) {
    telemetry_.record(telemetry::DeadLettered{.stage = kStage,
                                              .reason = told.reason,
                                              .topic = told.topic,
                                              .partition = told.partition,
                                              .offset = told.offset,
                                              .detail = told.detail});
    return;
  }
  telemetry_.record(telemetry::SourceDelay{.seconds = told.delay_seconds});
  telemetry_.record(telemetry::LanguageSeen{.lang = model::name_of(told.lang)});
  if (told.unknown_fields > 0) {
    telemetry_.record(telemetry::UnknownFields{
        .topic = told.topic, .fields = static_cast<std::uint64_t>(told.unknown_fields)});
  }
  if (told.re2_errors > 0) {
    telemetry_.record(
        telemetry::Re2Errors{.errors = static_cast<std::uint64_t>(told.re2_errors)});
  }
  for (const model::FactKind kind : told.kinds) {
    telemetry_.record(telemetry::FactsExtracted{.kind = model::name_of(kind)});
  }
  for (const std::string& rule : told.rules) telemetry_.record(telemetry::RuleHit{.rule = rule});
  for (const std::string& reason : told.held) {
    telemetry_.record(telemetry::FactHeld{.reason = reason});
  }
}

}  // namespace wiremill::pipeline
