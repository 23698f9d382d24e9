#include "cli/stage_runner.h"

#include <algorithm>

namespace wiremill::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAskFor{200};
constexpr milliseconds kTurnFor{50};
constexpr milliseconds kPauseFirst{100};
constexpr milliseconds kPauseMax{5000};

}  // namespace

StageRunner::StageRunner(stream::Stream& stream, stream::Stage stage, MakeWork make_work,
                         telemetry::Telemetry& telemetry, const base::Clock& clock,
                         pipeline::LoopOptions options)
    : stream_(stream),
      stage_(std::move(stage)),
      make_work_(std::move(make_work)),
      telemetry_(telemetry),
      clock_(clock),
      options_(options) {}

StageRunner::~StageRunner() {
  ask_to_stop();
  join();
}

void StageRunner::start() {
  asking_ = std::thread([this] { ask_for_lanes(); });
}

void StageRunner::ask_to_stop() {
  stopping_ = true;
  stop_asked_.notify_all();
}

void StageRunner::join() {
  if (asking_.joinable()) asking_.join();
}

StageHealth StageRunner::health() const {
  StageHealth health{.stage = stage_.name, .asked = asked_, .caught_up = true, .trouble = {}};
  const std::lock_guard lock(mutex_);
  for (const LaneThread& lane : lanes_) {
    if (lane.ended) continue;
    (lane.restored ? health.lanes : health.restoring) += 1;
    health.caught_up = health.caught_up && lane.caught_up;
    health.turns += lane.turns;
  }
  health.trouble = trouble_;
  return health;
}

bool StageRunner::looked_again() {
  bool all = true;
  const std::lock_guard lock(mutex_);
  for (LaneThread& lane : lanes_) all = (lane.looked.exchange(false) || lane.ended) && all;
  return all;
}

void StageRunner::ask_for_lanes() {
  while (!stopping_) {
    auto lane = stream_.next_lane(stage_, base::Deadline::in(kAskFor));
    reap(false);
    if (!lane) {
      trouble(lane.error());
      pause();
      continue;
    }
    asked_ = true;
    if (*lane == nullptr || stopping_) continue;  // a lane just closed may come round once more
    const std::lock_guard lock(mutex_);
    LaneThread& state = lanes_.emplace_back();
    state.thread = std::thread(
        [this, &state, held = std::move(*lane)]() mutable { run_lane(std::move(held), state); });
  }
  reap(true);
}

void StageRunner::run_lane(std::unique_ptr<stream::Lane> lane, LaneThread& state) {
  const auto work = make_work_(*lane);
  {
    pipeline::LaneLoop loop(std::move(lane), stage_.name, *work, telemetry_, clock_, options_);
    if (const auto started = loop.start(); !started) {
      trouble(started.error());
      pause();
    } else {
      state.restored = true;
      turn(loop, state);
    }
  }
  state.ended = true;
}

void StageRunner::turn(pipeline::LaneLoop& loop, LaneThread& state) {
  bool well = false;
  while (!stopping_) {
    const auto step = loop.step(base::Deadline::in(kTurnFor));
    if (!step) {
      trouble(step.error());
      pause();
      return;
    }
    if (*step == pipeline::Step::kLost || *step == pipeline::Step::kClosed) return;
    if (*step == pipeline::Step::kCommitted) ++state.turns;
    state.caught_up = loop.is_caught_up();
    state.looked = true;
    if (well) continue;
    well = true;
    const std::lock_guard lock(mutex_);
    trouble_.clear();
    pause_ = milliseconds(0);
  }
  if (const auto closed = loop.close(); !closed) trouble(closed.error());
}

void StageRunner::reap(bool all) {
  std::list<LaneThread> gone;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = lanes_.begin(); at != lanes_.end();) {
      const auto here = at++;
      if (all || here->ended) gone.splice(gone.end(), lanes_, here);
    }
  }
  for (LaneThread& lane : gone) lane.thread.join();
}

void StageRunner::trouble(const base::Error& error) {
  telemetry_.record(telemetry::StageFailed{.stage = stage_.name, .kind = error.kind,
                                           .text = error.text});
  const std::lock_guard lock(mutex_);
  trouble_ = error.text;
  pause_ = std::clamp(pause_ * 2, kPauseFirst, kPauseMax);
}

void StageRunner::pause() {
  std::unique_lock lock(mutex_);
  stop_asked_.wait_for(lock, pause_, [this] { return stopping_.load(); });
}

}  // namespace wiremill::cli
