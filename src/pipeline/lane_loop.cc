#include "pipeline/lane_loop.h"

#include <fmt/format.h>

#include <algorithm>

#include "wire/state.h"

namespace wiremill::pipeline {
namespace {

constexpr std::string_view kGuardKey = "guard";
/// How often a lane shows where it stands: when nothing waits, and under load.
constexpr base::Duration kReportIdle = std::chrono::seconds(1);
constexpr base::Duration kReportBusy = std::chrono::milliseconds(100);
/// Keys of state after which a restore tells how far it has come.
constexpr std::uint64_t kRestoreStride = 1000;

std::string to_text(const stream::Positions& positions) {
  std::string text;
  for (const auto& [source, next] : positions) {
    text += fmt::format("{}/{}/{} ", source.topic, source.partition, next);
  }
  return text;
}

std::string place_of(const stream::Record& record) {
  return fmt::format("{}/{}/{}", record.from.topic, record.from.partition, record.offset);
}

bool has_no_lag(const stream::Lane& lane) {
  const auto lags = lane.lag();
  return std::all_of(lags.begin(), lags.end(),
                     [](const stream::Lag& lag) { return lag.records == 0; });
}

bool ends_loop(Step step) { return step == Step::kLost || step == Step::kAborted; }

}  // namespace

LaneLoop::LaneLoop(std::unique_ptr<stream::Lane> lane, std::string stage, Work& work,
                   telemetry::Telemetry& telemetry, const base::Clock& clock, LoopOptions options)
    : lane_(std::move(lane)),
      stage_(std::move(stage)),
      work_(work),
      telemetry_(telemetry),
      clock_(clock),
      options_(options) {
  telemetry_.record(telemetry::LaneAcquired{.stage = stage_, .lane = lane_->name()});
}

LaneLoop::~LaneLoop() {
  if (ended_) return;
  telemetry_.record(telemetry::LaneDropped{.stage = stage_, .lane = lane_->name()});
}

base::Result<void> LaneLoop::start() {
  telemetry_.record(telemetry::RestoreBegan{.stage = stage_});
  auto restored = restore();
  telemetry_.record(telemetry::RestoreEnded{.stage = stage_});
  return restored;
}

base::Result<void> LaneLoop::restore() {
  const base::Stopwatch watch;
  std::uint64_t keys = 0;
  auto positions = lane_->restore(
      [&](std::string_view key, std::string_view value) -> base::Result<void> {
        if (++keys % kRestoreStride == 0) {
          telemetry_.record(
              telemetry::RestoreAdvanced{.stage = stage_, .records = kRestoreStride});
        }
        if (key != kGuardKey) return work_.load(key, value);
        auto guard = wire::decode_lane_guard(value);
        if (!guard) return base::fail(guard.error());
        guard_ = std::move(*guard);
        return {};
      });
  if (!positions) return base::fail(positions.error());
  positions_ = std::move(*positions);
  const std::string at = to_text(positions_);
  const bool again = guard_.running && guard_.at == at;
  guard_.restarts = guard_.running ? (again ? guard_.restarts + 1 : 1) : 0;
  guard_.at = at;
  guard_.running = true;
  careful_left_ =
      guard_.restarts >= options_.restarts_until_careful ? options_.limit.records : 0;
  const auto noted = note_guard();
  if (!noted) return base::fail(noted.error());
  if (ends_loop(*noted)) return base::transient("the lane was lost before its first commit");
  telemetry_.record(
      telemetry::RestoreAdvanced{.stage = stage_, .records = keys % kRestoreStride});
  telemetry_.record(telemetry::Restored{.stage = stage_, .lane = lane_->name(), .records = keys,
                                        .seconds = watch.seconds()});
  return {};
}

base::Result<Step> LaneLoop::step(base::Deadline until) {
  stream::Limit limit = options_.limit;
  if (careful_left_ > 0) limit.records = 1;
  const auto batch = lane_->poll(limit, until);
  if (!batch) return base::fail(batch.error());
  const base::Stopwatch since_poll;
  const Records records = batch->records;
  caught_up_ = records.empty() && has_no_lag(*lane_);
  if (!records.empty()) report_standing(records);  // work may take long
  auto done = turn(records);
  if (!done || *done == Step::kLost) return done;
  if (*done == Step::kCommitted) report(records, since_poll);
  report_standing({});
  return batch->closing ? close() : done;
}

base::Result<Step> LaneLoop::turn(Records records) {
  const bool carefully = careful_left_ > 0 && !records.empty();
  return carefully ? try_alone(records.front()) : work_on(records);
}

stream::Unit LaneLoop::unit_of(Records records) {
  const base::Stopwatch watch;
  stream::Unit unit;
  work_.begin(clock_.now());
  for (const stream::Record& record : records) {
    work_.add(record, unit);
    unit.next[record.from] = record.offset + 1;
  }
  work_.finish(clock_.now(), unit);
  if (!records.empty()) {
    telemetry_.record(telemetry::UnitWorked{.stage = stage_, .seconds = watch.seconds()});
  }
  return unit;
}

base::Result<Step> LaneLoop::work_on(Records records) {
  const stream::Unit unit = unit_of(records);
  if (records.empty() && unit.outputs.empty() && unit.state.empty()) {
    work_.keep(clock_.now());
    return Step::kIdle;
  }
  auto done = commit(unit, records.size());
  if (done || done.error().kind != base::ErrorKind::kMalformed) return done;
  // Some output can never be written. Found record by record; nothing of the unit was written.
  work_.drop();
  return one_by_one(records);
}

base::Result<Step> LaneLoop::one_by_one(Records records) {
  for (const stream::Record& record : records) {
    const stream::Unit unit = unit_of({&record, 1});
    auto done = commit(unit, 1);
    if (!done && done.error().kind == base::ErrorKind::kMalformed) {
      work_.drop();
      stream::Unit instead;
      instead.next = unit.next;
      work_.begin(clock_.now());
      work_.give_up(record, "output_too_large", done.error().text, 1, instead);
      work_.finish(clock_.now(), instead);
      done = commit(instead, 1);
    }
    if (!done || ends_loop(*done)) return done;
  }
  return Step::kCommitted;
}

base::Result<Step> LaneLoop::try_alone(const stream::Record& record) {
  const std::string place = place_of(record);
  guard_.attempts = guard_.trying == place ? guard_.attempts + 1 : 1;
  guard_.trying = place;
  telemetry_.record(telemetry::RecordRetried{.stage = stage_, .topic = record.from.topic,
                                             .partition = record.from.partition,
                                             .offset = record.offset,
                                             .attempt = guard_.attempts});
  if (guard_.attempts <= options_.attempts_max) {
    auto noted = note_guard();
    if (!noted || ends_loop(*noted)) return noted;
    auto done = work_on({&record, 1});
    if (done && *done == Step::kCommitted) --careful_left_;
    return done;
  }
  stream::Unit unit;
  unit.next[record.from] = record.offset + 1;
  work_.begin(clock_.now());
  work_.give_up(record, "kills_process",
                fmt::format("the process died {} times while it worked on {}", guard_.attempts - 1,
                            place),
                guard_.attempts - 1, unit);
  work_.finish(clock_.now(), unit);
  return commit(unit, 1);
}

base::Result<Step> LaneLoop::commit(const stream::Unit& unit, std::size_t records) {
  const base::Stopwatch watch;
  auto outcome = lane_->commit(unit);
  if (!outcome && outcome.error().kind == base::ErrorKind::kMalformed) {
    return base::fail(outcome.error());
  }
  auto done = settle(std::move(outcome));
  if (done && *done == Step::kCommitted) {
    for (const auto& [source, next] : unit.next) positions_[source] = next;
    telemetry_.record(telemetry::UnitCommitted{.stage = stage_, .records = records,
                                               .seconds = watch.seconds()});
    std::map<std::string_view, std::uint64_t> produced;
    for (const stream::Output& output : unit.outputs) ++produced[output.topic];
    for (const auto& [topic, count] : produced) {
      telemetry_.record(telemetry::RecordsProduced{.topic = topic, .records = count});
    }
  }
  return done;
}

base::Result<Step> LaneLoop::settle(base::Result<stream::Outcome> outcome) {
  if (!outcome) {
    work_.drop();
    return base::fail(outcome.error());
  }
  switch (*outcome) {
    case stream::Outcome::kCommitted:
      work_.keep(clock_.now());
      return Step::kCommitted;
    case stream::Outcome::kAborted:
      work_.drop();
      telemetry_.record(telemetry::UnitAborted{.stage = stage_, .lane = lane_->name(), .text = ""});
      return Step::kAborted;
    case stream::Outcome::kLost:
      work_.drop();
      return lost();
  }
  return base::fatal("an outcome that does not exist");
}

Step LaneLoop::lost() {
  ended_ = true;
  telemetry_.record(telemetry::LaneLost{.stage = stage_, .lane = lane_->name()});
  return Step::kLost;
}

base::Result<Step> LaneLoop::note_guard() {
  const auto outcome = lane_->commit({.outputs = {}, .state = {guard_change()}, .next = {}});
  if (!outcome) return base::fail(outcome.error());
  if (*outcome == stream::Outcome::kLost) return lost();
  return *outcome == stream::Outcome::kCommitted ? Step::kCommitted : Step::kAborted;
}

stream::Change LaneLoop::guard_change() const {
  return {std::string(kGuardKey), wire::encode_lane_guard(guard_)};
}

base::Result<Step> LaneLoop::close() {
  guard_ = {};
  const auto noted = note_guard();
  if (!noted) return base::fail(noted.error());
  if (*noted == Step::kLost) return Step::kLost;
  ended_ = true;
  telemetry_.record(telemetry::LaneClosed{.stage = stage_, .lane = lane_->name()});
  return Step::kClosed;
}

void LaneLoop::report(Records records, const base::Stopwatch& since_poll) {
  if (records.empty()) return;
  telemetry_.record(telemetry::ProcessingTime{.seconds = since_poll.seconds(),
                                              .records = records.size()});
  std::map<stream::Source, base::Instant> newest;
  std::map<std::string_view, std::pair<std::uint64_t, std::uint64_t>> consumed;
  for (const stream::Record& record : records) {
    auto& [count, bytes] = consumed[record.from.topic];
    ++count;
    bytes += record.key.size() + (record.value ? record.value->size() : 0);
    newest[record.from] = record.appended;
  }
  for (const auto& [topic, sums] : consumed) {
    telemetry_.record(telemetry::RecordsConsumed{.topic = topic, .records = sums.first,
                                                 .bytes = sums.second});
  }
  for (const auto& [source, appended] : newest) {
    worked_[source] = appended;
    telemetry_.record(telemetry::PositionMoved{.lane = lane_->name(),
                                               .topic = source.topic,
                                               .partition = source.partition,
                                               .appended = appended});
  }
}

void LaneLoop::report_standing(Records waiting) {
  const base::Instant now = clock_.now();
  // What waited when it was last told has been worked on since: that is told at once, or a lag
  // that is gone would be shown for another second.
  const base::Duration every = waiting.empty() ? kReportIdle : kReportBusy;
  const bool due = now - reported_ >= every || (was_waiting_ && waiting.empty());
  if (!due) return;
  reported_ = now;
  was_waiting_ = !waiting.empty();
  std::map<stream::Source, base::Instant> oldest;
  for (const stream::Record& record : waiting) oldest.try_emplace(record.from, record.appended);
  for (const stream::Lag& lag : lane_->lag()) {
    std::optional<base::Instant> through;
    if (lag.records == 0) {
      through = now;
    } else if (const auto first = oldest.find(lag.source); first != oldest.end()) {
      through = first->second;
    } else if (const auto newest = worked_.find(lag.source); newest != worked_.end()) {
      through = newest->second;
    }
    telemetry_.record(telemetry::LagObserved{.lane = lane_->name(),
                                             .topic = lag.source.topic,
                                             .partition = lag.source.partition,
                                             .records = lag.records,
                                             .worked_through = through});
  }
  telemetry_.record(telemetry::LaneTurned{.lane = lane_->name()});
}

}  // namespace wiremill::pipeline
