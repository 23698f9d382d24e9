#include "pipeline/replay.h"

#include <algorithm>

#include "wire/event.h"

namespace wiremill::pipeline {
namespace {

/// Events worked on in one go. The outcome does not depend on it, the grouping of signals does, so
/// it is part of what makes two replays equal.
constexpr std::size_t kTogether = 256;
constexpr std::string_view kSinkState = "replay.sink-state";

}  // namespace

/// The reader at the end of the line.
class Replay::Sink final : public Work {
 public:
  Sink(const Topics& topics, ReplaySinks sinks) : topics_(topics), sinks_(std::move(sinks)) {}

  base::Result<void> load(std::string_view, std::string_view) override { return {}; }
  void begin(base::Instant) override {}
  void add(const stream::Record& record, stream::Unit&) override {
    if (!record.value) return;
    const std::string& topic = record.from.topic;
    const auto& sink = topic == topics_.signals        ? sinks_.signals
                       : topic == topics_.dead_letters ? sinks_.dead_letters
                                                       : sinks_.facts;
    if (sink) sink(*record.value);
  }
  void give_up(const stream::Record&, std::string_view, std::string_view, std::int64_t,
               stream::Unit&) override {}
  void finish(base::Instant, stream::Unit&) override {}
  void keep(base::Instant) override {}
  void drop() override {}

 private:
  Topics topics_;
  ReplaySinks sinks_;
};

Replay::Replay(stream::Stream& stream, base::SimulatedClock& clock, Topics topics, Work& extract,
               Work& score, telemetry::Telemetry& telemetry, ReplaySinks sinks)
    : stream_(stream),
      clock_(clock),
      topics_(std::move(topics)),
      extract_work_(extract),
      score_work_(score),
      telemetry_(telemetry),
      sink_(std::make_unique<Sink>(topics_, std::move(sinks))) {}

base::Result<std::unique_ptr<LaneLoop>> Replay::loop(const stream::Stage& stage, Work& work) {
  auto lane = stream_.next_lane(stage, base::Deadline::in(std::chrono::milliseconds(0)));
  if (!lane) return base::fail(lane.error());
  if (*lane == nullptr) return base::fatal("the log in memory gave no lane");
  auto made = std::make_unique<LaneLoop>(std::move(*lane), stage.name, work, telemetry_, clock_,
                                         LoopOptions{});
  if (const auto started = made->start(); !started) return base::fail(started.error());
  return made;
}

base::Result<void> Replay::start() {
  if (const auto made = stream_.create(replay_plan(topics_)); !made) {
    return base::fail(made.error());
  }
  const stream::Stage sink{.name = "sink",
                           .state_topic = std::string(kSinkState),
                           .inputs = {topics_.facts, topics_.signals, topics_.dead_letters},
                           .reading = stream::Reading::kAll};
  const std::pair<stream::Stage, Work*> flow[] = {{extract_stage(topics_), &extract_work_},
                                                  {score_stage(topics_), &score_work_},
                                                  {sink, sink_.get()}};
  for (const auto& [stage, work] : flow) {
    auto made = loop(stage, *work);
    if (!made) return base::fail(made.error());
    loops_.push_back(std::move(*made));
  }
  return {};
}

base::Result<void> Replay::add(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
  const auto event = wire::decode_event(line);
  if (event) clock_.set(event->event.received_at.value_or(event->event.published_at));
  // Filings too go to news: between two topics the order of the file would be lost.
  const auto appended = stream_.append({{.topic = topics_.news,
                                         .key = event ? event->event.story_id : "",
                                         .value = std::string(line),
                                         .headers = {}}});
  if (!appended) return appended;
  return ++waiting_ < kTogether ? base::Result<void>() : drain();
}

base::Result<void> Replay::end(std::optional<base::Instant> until) {
  if (auto done = drain(); !done) return done;
  if (!until) return {};
  clock_.set(*until);
  return drain();
}

base::Result<void> Replay::drain() {
  waiting_ = 0;
  for (const auto& one : loops_) {
    bool idle = false;
    while (!idle) {
      const auto step = one->step(base::Deadline::in(std::chrono::milliseconds(0)));
      if (!step) return base::fail(step.error());
      idle = *step == Step::kIdle;
      if (*step == Step::kLost) return base::fatal("the log in memory lost a lane");
    }
  }
  return {};
}

std::vector<stream::TopicPlan> replay_plan(const Topics& topics) {
  auto plans = plan(topics, {.input_partitions = 1,
                             .facts_partitions = 1,
                             .extract_lanes = 1,
                             .score_shards = 1,
                             .retention_ms = -1,
                             .message_bytes_max = 64 << 20});
  plans.push_back({.topic = std::string(kSinkState), .partitions = 1, .compacted = true,
                   .lanes = true, .retention_ms = -1, .message_bytes_max = 1 << 20});
  return plans;
}

}  // namespace wiremill::pipeline
