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

/// Calls with the name of each value of the enum that was counted at all.
template <class Enum, std::size_t size, class Call>
void for_each_counted(const std::array<std::uint64_t, size>& counts, const Call& call) {
  for (std::size_t i = 0; i < size; ++i) {
    if (counts[i] > 0) call(model::name_of(static_cast<Enum>(i)), counts[i]);
  }
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

  if (decoded->unknown_fields > 0) {
    tally_.unknown_fields[record.from.topic] += static_cast<std::uint64_t>(decoded->unknown_fields);
  }
  tally_.re2_errors += static_cast<std::uint64_t>(work.work.re2_errors);
  count(facts);
}

void ExtractWork::count(const model::FactsRecord& facts) {
  const model::EventHeader& event = facts.event;
  tally_.delay_seconds.push_back(seconds_between(event.published_at, event.received_at));
  ++tally_.languages[static_cast<std::size_t>(event.lang)];
  if (event.synthetic) {
    tally_.heartbeat = std::max(tally_.heartbeat.value_or(event.received_at), event.received_at);
  } else {
    tally_.has_news = true;
  }
  for (const model::CompanyInText& company : facts.companies) {
    const bool is_known = !company.id.empty() && !company.mentions.empty();
    auto& count = is_known
                      ? tally_.companies[static_cast<std::size_t>(company.mentions.front().by)]
                      : tally_.companies_unknown;
    ++count;
  }
  for (const std::string& flag : facts.flags) {
    if (flag == "truncated" || flag.ends_with("_cut")) ++tally_.cut[flag];
  }
  for (const model::Fact& fact : facts.facts) {
    ++tally_.kinds[static_cast<std::size_t>(fact.kind)];
    ++tally_.rules[fact.rule];
    if (fact.held) tally_.held_flags.push_back(fact.flags);
  }
}

void ExtractWork::give_up(const stream::Record& record, std::string_view reason,
                          std::string_view detail, std::int64_t attempts, stream::Unit& unit) {
  unit.outputs.push_back(
      dead_letter(topics_.dead_letters, kStage, record, reason, detail, attempts));
  tally_.dead.push_back(
      {record.from, record.offset, std::string(reason), std::string(detail)});
}

void ExtractWork::finish(base::Instant, stream::Unit&) {}

void ExtractWork::keep(base::Instant) {
  tell();
  tally_ = {};
}

void ExtractWork::drop() { tally_ = {}; }

void ExtractWork::tell() const {
  for (const Dead& dead : tally_.dead) {
    telemetry_.record(telemetry::DeadLettered{.stage = kStage,
                                              .reason = dead.reason,
                                              .topic = dead.from.topic,
                                              .partition = dead.from.partition,
                                              .offset = dead.offset,
                                              .detail = dead.detail});
  }
  for (const double seconds : tally_.delay_seconds) {
    telemetry_.record(telemetry::SourceDelay{.seconds = seconds});
  }
  for (const auto& [topic, fields] : tally_.unknown_fields) {
    telemetry_.record(telemetry::UnknownFields{.topic = topic, .fields = fields});
  }
  if (tally_.has_news) telemetry_.record(telemetry::NewsSeen{});
  if (tally_.heartbeat) {
    telemetry_.record(
        telemetry::HeartbeatSeen{.stage = kStage, .received = *tally_.heartbeat});
  }
  tell_findings();
}

void ExtractWork::tell_findings() const {
  for_each_counted<model::Language>(tally_.languages, [&](std::string_view lang, auto count) {
    telemetry_.record(telemetry::LanguageSeen{.lang = lang, .records = count});
  });
  for_each_counted<model::FactKind>(tally_.kinds, [&](std::string_view kind, auto count) {
    telemetry_.record(telemetry::FactsExtracted{.kind = kind, .facts = count});
  });
  for_each_counted<model::MentionBy>(tally_.companies, [&](std::string_view by, auto count) {
    telemetry_.record(telemetry::CompanyResolved{.method = by, .companies = count});
  });
  if (tally_.companies_unknown > 0) {
    telemetry_.record(telemetry::CompanyResolved{.method = "none",
                                                 .companies = tally_.companies_unknown});
  }
  for (const auto& [rule, hits] : tally_.rules) {
    telemetry_.record(telemetry::RuleHit{.rule = rule, .hits = hits});
  }
  for (const auto& flags : tally_.held_flags) {
    telemetry_.record(telemetry::FactHeld{.flags = flags});
  }
  for (const auto& [flag, records] : tally_.cut) {
    telemetry_.record(telemetry::RecordsCut{.flag = flag, .records = records});
  }
  if (tally_.re2_errors > 0) {
    telemetry_.record(telemetry::Re2Errors{.errors = tally_.re2_errors});
  }
}

}  // namespace wiremill::pipeline
