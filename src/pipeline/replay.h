#pragma once
// Files of events through both stages in one thread, on a log in memory. Time is that of the
// events, never the machine's, so the same files give the same bytes on every machine.
//
//   Replay replay(stages, stream, clock, sinks);
//   replay.add(line);  …  replay.end(until);

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/extract_work.h"
#include "pipeline/lane_loop.h"
#include "pipeline/score_work.h"

namespace wiremill::pipeline {

/// Where outputs go, one compact JSON record without its newline at a time. Empty: nowhere.
struct ReplaySinks {
  std::function<void(std::string_view)> facts;
  std::function<void(std::string_view)> signals;
  std::function<void(std::string_view)> dead_letters;
};

/// Threads: one. Borrows: everything given, until it is destroyed.
class Replay {
 public:
  /// Requires: `clock` is the one that the stream stamps records with, and the stream's topics are
  /// those of replay_plan().
  Replay(stream::Stream& stream, base::SimulatedClock& clock, Topics topics, Work& extract,
         Work& score, telemetry::Telemetry& telemetry, ReplaySinks sinks);

  [[nodiscard]] base::Result<void> start();
  /// One line of input: an event, or what will become a dead letter. Blank lines are skipped.
  [[nodiscard]] base::Result<void> add(std::string_view line);
  /// Works on everything added so far; with `until`, time passes up to then as well.
  [[nodiscard]] base::Result<void> end(std::optional<base::Instant> until);

 private:
  class Sink;
  [[nodiscard]] base::Result<void> drain();
  [[nodiscard]] base::Result<std::unique_ptr<LaneLoop>> loop(const stream::Stage& stage,
                                                             Work& work);

  stream::Stream& stream_;
  base::SimulatedClock& clock_;
  Topics topics_;
  Work& extract_work_;
  Work& score_work_;
  telemetry::Telemetry& telemetry_;
  std::unique_ptr<Work> sink_;
  std::vector<std::unique_ptr<LaneLoop>> loops_;  ///< in the order of the flow
  std::size_t waiting_ = 0;
};

/// One partition for each topic: a replay has one order.
std::vector<stream::TopicPlan> replay_plan(const Topics& topics);

}  // namespace wiremill::pipeline
