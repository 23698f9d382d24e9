#include "pipeline/replay.h"

#include <algorithm>
#include <utility>

#include "wire/event.h"

namespace wiremill::pipeline {
namespace {

/// Events that score works on in one go. The outcome does not depend on it, the grouping of signals
/// does, so it is part of what makes two replays equal. More: fewer signals, more memory.
constexpr std::size_t kTogether = 256;
/// Bytes of facts that may wait for score, if fewer events than that have so many.
constexpr std::size_t kWaitingBytesMax = 16U << 20U;

}  // namespace

Replay::Replay(base::SimulatedClock& clock, Topics topics, Work& extract, Work& score,
               ReplaySinks sinks)
    : clock_(clock),
      topics_(std::move(topics)),
      extract_work_(extract),
      score_work_(score),
      sinks_(std::move(sinks)) {}

void Replay::set_time(base::Instant at) {
  clock_.set(at);
  if (at < time_) {
    ++counts_.late;
    counts_.latest = std::max(counts_.latest, time_ - at);
  }
  time_ = std::max(time_, at);
}

void Replay::add(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  ++counts_.events;
  counts_.bytes += line.size();
  const auto event = wire::decode_event(line);
  if (event) set_time(event->event.received_at.value_or(event->event.published_at));
  // Filings too go to news: between two topics the order of the file would be lost.
  const stream::Record record{.from = {topics_.news, 0},
                              .offset = offsets_[topics_.news]++,
                              .appended = clock_.now(),
                              .key = event ? event->event.story_id : "",
                              .value = std::string(line),
                              .headers = {}};
  extract(record, event ? event->event.id : "");
  if (++events_waiting_ >= kTogether || waiting_bytes_ >= kWaitingBytesMax) drain();
}

void Replay::extract(const stream::Record& record, const std::string& id) {
  const base::Stopwatch watch;
  stream::Unit unit;
  extract_work_.begin(clock_.now());
  extract_work_.add(record, unit);
  extract_work_.finish(clock_.now(), unit);
  extract_work_.keep(clock_.now());
  const double seconds = watch.seconds();
  counts_.extract_seconds += seconds;
  if (seconds > counts_.slowest_seconds) {
    counts_.slowest_seconds = seconds;
    counts_.slowest = id;
  }
  deliver(std::move(unit));
}

void Replay::end(std::optional<base::Instant> until) {
  drain();
  if (!until) return;
  clock_.set(*until);
  drain();
}

void Replay::drain() {
  const base::Stopwatch watch;
  events_waiting_ = 0;
  bool idle = false;
  while (!idle) {
    const std::vector<stream::Record> records = std::exchange(waiting_, {});
    waiting_bytes_ = 0;
    stream::Unit unit;
    score_work_.begin(clock_.now());
    for (const stream::Record& record : records) score_work_.add(record, unit);
    score_work_.finish(clock_.now(), unit);
    score_work_.keep(clock_.now());
    idle = records.empty() && unit.outputs.empty() && unit.state.empty();
    deliver(std::move(unit));
  }
  counts_.score_seconds += watch.seconds();
}

void Replay::deliver(stream::Unit unit) {
  for (stream::Output& output : unit.outputs) deliver(std::move(output));
}

void Replay::deliver(stream::Output output) {
  if (output.topic == topics_.signals) {
    if (sinks_.signals) sinks_.signals(*output.value);
    return;
  }
  if (output.topic == topics_.dead_letters) {
    ++counts_.dead_letters;
    if (sinks_.dead_letters) sinks_.dead_letters(*output.value);
    return;
  }
  if (output.topic == topics_.facts && sinks_.facts) sinks_.facts(*output.value);
  waiting_bytes_ += output.key.size() + output.value->size();
  const std::int64_t offset = offsets_[output.topic]++;
  waiting_.push_back({.from = {std::move(output.topic), 0},
                      .offset = offset,
                      .appended = clock_.now(),
                      .key = std::move(output.key),
                      .value = std::move(output.value),
                      .headers = std::move(output.headers)});
}

}  // namespace wiremill::pipeline
