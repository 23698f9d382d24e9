#include "pipeline/score_work.h"

#include <fmt/format.h>

#include <utility>

#include "pipeline/dead_letters.h"
#include "wire/facts.h"
#include "wire/signal.h"
#include "wire/state.h"

namespace wiremill::pipeline {
namespace {

constexpr std::string_view kStage = "score";
constexpr std::string_view kHeldPrefix = "held/";

}  // namespace

ScoreWork::ScoreWork(std::unique_ptr<score::Scorer> scorer, Topics topics, Ticking ticking,
                     std::string lane, telemetry::Telemetry& telemetry,
                     std::unique_ptr<Onlooker> onlooker)
    : scorer_(std::move(scorer)),
      topics_(std::move(topics)),
      ticking_(ticking),
      lane_(std::move(lane)),
      leader_(lane_.ends_with(".0")),
      telemetry_(telemetry),
      onlooker_(std::move(onlooker)) {}

base::Result<void> ScoreWork::load(std::string_view key, std::string_view value) {
  const auto unreadable = [&](const base::Error& error) {
    return base::fatal(fmt::format("score state, key \"{}\": {}", key, error.text));
  };
  if (key.starts_with(kHeldPrefix)) {
    const auto facts = wire::decode_facts(value);
    if (!facts) return unreadable(facts.error());
    held_[facts->event.story_id] = {facts->event.embargo_until.value_or(base::Instant()),
                                    std::string(value)};
    return {};
  }
  auto record = wire::decode_state(value);
  if (!record) return unreadable(record.error());
  if (auto* header = std::get_if<model::LaneHeader>(&*record)) {
    if (header->format > model::LaneHeader{}.format) {
      return base::rejected(fmt::format("score state has format {}, this version reads up to {}: "
                                        "run the version that wrote it, or a newer one",
                                        header->format, model::LaneHeader{}.format));
    }
    if (ticking_ != Ticking::kWallClock) time_ = time_kept_ = header->received_max;
    scorer_->load(*header);
  } else if (auto* story = std::get_if<model::StoryState>(&*record)) {
    scorer_->load(std::move(*story));
  } else if (auto* scope = std::get_if<model::ScopeState>(&*record)) {
    scorer_->load(std::move(*scope));
  }
  return {};
}

void ScoreWork::begin(base::Instant now) {
  if (ticking_ == Ticking::kWallClock) pass_until(now);
}

void ScoreWork::pass_until(base::Instant at) {
  time_ = std::max(time_, at);
  scorer_->advance(time_);
}

void ScoreWork::add(const stream::Record& record, stream::Unit& unit) {
  if (!record.value) {
    give_up(record, "tombstone", "the record has no value", 1, unit);
    return;
  }
  auto facts = wire::decode_facts(*record.value);
  if (!facts) {
    give_up(record, facts.error().reason, facts.error().text, 1, unit);
    return;
  }
  if (ticking_ != Ticking::kWallClock) pass_until(facts->event.received_at);
  if (record.from.topic == topics_.held) hold(record, *facts, unit);
  const score::Applied applied = scorer_->apply(*facts);
  note(*facts, applied);
  if (onlooker_) gather(record, std::move(*facts), applied);
}

/// A record under embargo is known already when it comes again with its time.
void ScoreWork::gather(const stream::Record& record, model::FactsRecord facts,
                       score::Applied applied) {
  const bool released = applied == score::Applied::kDuplicate && facts.event.embargo_until;
  if (record.from.topic == topics_.held) return;
  if (applied != score::Applied::kAccepted && !released) return;
  seen_.push_back(std::make_shared<const model::FactsRecord>(std::move(facts)));
}

void ScoreWork::note(const model::FactsRecord& facts, score::Applied applied) {
  const model::EventHeader& event = facts.event;
  switch (applied) {
    case score::Applied::kAccepted:
      break;
    case score::Applied::kDuplicate:
      ++rejected_.duplicate;
      return;
    case score::Applied::kOlder:
      ++rejected_.stale;
      break;
    case score::Applied::kTooLate:
      ++rejected_.too_late;
      break;
    case score::Applied::kSynthetic:
      heartbeat_ = std::max(heartbeat_.value_or(event.received_at), event.received_at);
      break;
  }
  // An embargo is no delay of ours, and time that comes from events measures nothing.
  const bool is_timed = ticking_ == Ticking::kWallClock && !event.embargo_until;
  if (is_timed) arrivals_.push_back({event.published_at, event.received_at});
}

void ScoreWork::give_up(const stream::Record& record, std::string_view reason,
                        std::string_view detail, std::int64_t attempts, stream::Unit& unit) {
  if (!leader_) return;
  unit.outputs.push_back(
      dead_letter(topics_.dead_letters, kStage, record, reason, detail, attempts));
  dead_.push_back({std::string(reason), record.from, record.offset, std::string(detail)});
}

void ScoreWork::hold(const stream::Record& record, const model::FactsRecord& facts,
                     stream::Unit& unit) {
  const std::string& story = facts.event.story_id;
  const auto known = held_.find(story);
  held_before_.emplace(story, known == held_.end() ? std::optional<Held>() : known->second);
  held_[story] = {facts.event.embargo_until.value_or(facts.event.received_at), *record.value};
  unit.state.push_back({std::string(kHeldPrefix) + story, *record.value});
}

void ScoreWork::release(stream::Unit& unit) {
  for (auto at = held_.begin(); at != held_.end();) {
    const auto here = at++;
    const auto& [story, held] = *here;
    if (held.until > time_) continue;
    if (leader_) {
      unit.outputs.push_back(
          {.topic = topics_.facts, .key = story, .value = held.value, .headers = {}});
    }
    unit.state.push_back({std::string(kHeldPrefix) + story, std::nullopt});
    held_before_.emplace(story, held);
    held_.erase(here);
  }
}

void ScoreWork::finish(base::Instant now, stream::Unit& unit) {
  if (ticking_ == Ticking::kSimulated) pass_until(now);
  release(unit);
  write(scorer_->settle(), unit);
}

void ScoreWork::write(score::Effects effects, stream::Unit& unit) {
  for (const model::Signal& signal : effects.signals) {
    unit.outputs.push_back({.topic = topics_.signals,
                            .key = signal.scope,
                            .value = wire::encode_signal(signal),
                            .headers = trace_headers(signal.traceparent)});
  }
  for (const score::StoryChange& change : effects.stories) {
    unit.state.push_back({"story/" + change.story_id,
                          change.state ? std::optional(wire::encode_story(*change.state))
                                       : std::nullopt});
  }
  for (const score::ScopeChange& change : effects.scopes) {
    unit.state.push_back({"scope/" + change.scope,
                          change.state ? std::optional(wire::encode_scope(*change.state))
                                       : std::nullopt});
  }
  unlinked_ = effects.unlinked.size();
  if (effects.header) unit.state.push_back({"header", wire::encode_header(*effects.header)});
  published_ = std::move(effects.signals);
}

void ScoreWork::keep(base::Instant now) {
  scorer_->keep();
  time_kept_ = time_;
  held_before_.clear();
  tell_unit(now);
  if (!shown_) show_restored();
  for (const model::Signal& signal : published_) {
    telemetry_.record(telemetry::SignalPublished{.kind = model::name_of(signal.type)});
    count_direction(signal);
    show(signal);
  }
  show_weights_again();
  telemetry_.record(telemetry::Saturated{.lane = lane_, .scopes = scorer_->saturated_scopes()});
  if (onlooker_) {
    onlooker_->see({*scorer_, std::exchange(published_, {}), std::exchange(seen_, {}), now});
  }
  forget_unit();
}

void ScoreWork::tell_unit(base::Instant now) {
  const auto since = [now](base::Instant then) {
    return std::chrono::duration<double>(now - then).count();
  };
  for (const Arrival& arrival : arrivals_) {
    telemetry_.record(telemetry::EndToEndLatency{.seconds = since(arrival.published)});
    telemetry_.record(telemetry::SignalLatency{.seconds = since(arrival.received)});
  }
  for (const Dead& dead : dead_) {
    telemetry_.record(telemetry::DeadLettered{.stage = kStage,
                                              .reason = dead.reason,
                                              .topic = dead.from.topic,
                                              .partition = dead.from.partition,
                                              .offset = dead.offset,
                                              .detail = dead.detail});
  }
  if (heartbeat_) {
    telemetry_.record(telemetry::HeartbeatSeen{.stage = kStage, .received = *heartbeat_});
  }
  // Every lane reads all facts: what concerns records and not scopes is counted by one.
  if (leader_) tell_rejected();
}

void ScoreWork::tell_rejected() const {
  const auto tell = [&](std::string_view reason, std::uint64_t records) {
    if (records == 0) return;
    telemetry_.record(telemetry::RecordsRejected{.stage = kStage, .reason = reason,
                                                 .records = records});
  };
  tell("duplicate", rejected_.duplicate);
  tell("stale", rejected_.stale);
  tell("too_late", rejected_.too_late);
  if (unlinked_ > 0) telemetry_.record(telemetry::CorrectionsUnlinked{.stories = unlinked_});
}

void ScoreWork::forget_unit() {
  arrivals_.clear();
  published_.clear();
  seen_.clear();
  dead_.clear();
  rejected_ = {};
  unlinked_ = 0;
  heartbeat_.reset();
}

void ScoreWork::drop() {
  scorer_->drop();
  time_ = time_kept_;
  for (auto& [story, before] : held_before_) {
    if (before) {
      held_[story] = std::move(*before);
    } else {
      held_.erase(story);
    }
  }
  held_before_.clear();
  forget_unit();
}

}  // namespace wiremill::pipeline
