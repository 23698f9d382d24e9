#pragma once
// All lanes of one stage that this process is given: one thread that asks for lanes, and one
// thread for each lane that turns its loop. A lane that fails is given back and asked for again,
// with growing pauses; the process does not end because a broker does.
//
//   StageRunner runner(stream, extract_stage(topics), make_work, telemetry, clock, {});
//   runner.start();  …  runner.ask_to_stop();  runner.join();

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "pipeline/lane_loop.h"

namespace wiremill::cli {

/// What /readyz says of one stage.
struct StageHealth {
  std::string stage;
  int lanes = 0;           ///< held and restored
  int restoring = 0;       ///< held, not yet restored
  bool asked = false;      ///< the log has answered at least once
  bool caught_up = false;  ///< every held lane found nothing more to read
  std::uint64_t turns = 0; ///< of all lanes that did something
  std::string trouble;     ///< the last error, empty once all is well again
};

/// Threads: start, ask_to_stop and join from one; health() from any.
/// Borrows: stream, telemetry, clock; until join() has returned.
class StageRunner {
 public:
  using MakeWork = std::function<std::unique_ptr<pipeline::Work>(const stream::Lane& lane)>;

  StageRunner(stream::Stream& stream, stream::Stage stage, MakeWork make_work,
              telemetry::Telemetry& telemetry, const base::Clock& clock,
              pipeline::LoopOptions options);
  ~StageRunner();
  StageRunner(const StageRunner&) = delete;  // owns running threads
  StageRunner& operator=(const StageRunner&) = delete;

  void start();
  /// Every lane ends its unit and is given back; returns at once.
  void ask_to_stop();
  void join();
  StageHealth health() const;
  /// Whether every held lane has ended a turn since the last call. A lane in the middle of a long
  /// one still shows what the turn before it found. Threads: one at a time.
  bool looked_again();

 private:
  struct LaneThread {
    std::thread thread;
    std::atomic<bool> ended{false};
    std::atomic<bool> restored{false};
    std::atomic<bool> caught_up{false};
    std::atomic<bool> looked{false};  ///< since looked_again()
    std::atomic<std::uint64_t> turns{0};
  };

  void ask_for_lanes();
  void run_lane(std::unique_ptr<stream::Lane> lane, LaneThread& state);
  void turn(pipeline::LaneLoop& loop, LaneThread& state);
  void reap(bool all);
  void trouble(const base::Error& error);
  void pause();

  stream::Stream& stream_;
  stream::Stage stage_;
  MakeWork make_work_;
  telemetry::Telemetry& telemetry_;
  const base::Clock& clock_;
  pipeline::LoopOptions options_;

  mutable std::mutex mutex_;  ///< lanes_ (its list, not the atoms), trouble_, pause_
  std::condition_variable stop_asked_;
  std::list<LaneThread> lanes_;
  std::string trouble_;
  std::chrono::milliseconds pause_{0};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> asked_{false};
  std::thread asking_;
};

}  // namespace wiremill::cli
