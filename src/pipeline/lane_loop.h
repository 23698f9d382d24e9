#pragma once
// The loop that every stage turns: poll, work, commit. It owns the lane and knows nothing of the
// work; the work knows nothing of lanes, commits and crashes.
//
//   LaneLoop loop(std::move(lane), work, telemetry, clock, {});
//   loop.start();                                      // restore
//   while (loop.step(Deadline::in(50ms)) is not closed or lost) {}

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/state.h"
#include "stream/stream.h"
#include "telemetry/telemetry.h"

namespace wiremill::pipeline {

/// What a stage does. Calls come from one thread; each unit is begin() add()* finish() and then
/// exactly one of keep() or drop().
class Work {
 public:
  virtual ~Work() = default;
  /// One live key of the state. Errors: fatal when it cannot be read (names the key).
  [[nodiscard]] virtual base::Result<void> load(std::string_view key, std::string_view value) = 0;
  /// Begins a unit at `now`: time that has passed, passes before the records.
  virtual void begin(base::Instant now) = 0;
  /// Takes one record. Total: an input that cannot be worked on becomes a dead letter in `unit`.
  virtual void add(const stream::Record& record, stream::Unit& unit) = 0;
  /// Gives up on a record for a reason outside the work ("output_too_large", "kills_process").
  virtual void give_up(const stream::Record& record, std::string_view reason,
                       std::string_view detail, std::int64_t attempts, stream::Unit& unit) = 0;
  /// Ends the unit: what follows from all records together and from the time `now`.
  virtual void finish(base::Instant now, stream::Unit& unit) = 0;
  /// The unit became visible, at `now`. / Nothing of it did.
  virtual void keep(base::Instant now) = 0;
  virtual void drop() = 0;
};

enum class Step {
  kIdle,       ///< nothing to do until the deadline
  kCommitted,  ///< a unit became visible
  kAborted,    ///< nothing of it did; it comes again
  kClosed,     ///< the lane was asked for and is given back in order: destroy the loop
  kLost,       ///< somebody else holds the lane: destroy the loop
};

struct LoopOptions {
  stream::Limit limit;
  /// Unclean stops at one and the same position before the lane goes record by record, to find
  /// the record that kills the process. Larger: a poison record costs more restarts.
  std::int64_t restarts_until_careful = 3;
  /// Times a record is tried alone before it goes to the dead letters.
  std::int64_t attempts_max = 2;
};

/// Telemetry hears of the lane from here alone: taken when the loop is made, and once how it ended,
/// so what the lane showed of itself goes away with the loop.
/// Threads: one. Owns: the lane. Borrows: work, telemetry, clock.
class LaneLoop {
 public:
  LaneLoop(std::unique_ptr<stream::Lane> lane, std::string stage, Work& work,
           telemetry::Telemetry& telemetry, const base::Clock& clock, LoopOptions options);
  ~LaneLoop();
  LaneLoop(const LaneLoop&) = delete;  // one holder of the lane
  LaneLoop& operator=(const LaneLoop&) = delete;

  /// Restores the state and notes that the lane is in use. Errors: those of Lane::restore and
  /// Work::load; transient when the lane was lost meanwhile.
  [[nodiscard]] base::Result<void> start();
  /// One turn. Errors: those of the lane that are not the input's fault; destroy the loop then.
  [[nodiscard]] base::Result<Step> step(base::Deadline until);
  /// Gives the lane back in order, as if it had been asked for.
  [[nodiscard]] base::Result<Step> close();

  /// True when the last turn found nothing to read and no source had more.
  bool is_caught_up() const { return caught_up_; }

 private:
  using Records = std::span<const stream::Record>;
  [[nodiscard]] base::Result<void> restore();
  [[nodiscard]] base::Result<Step> turn(Records records);
  stream::Unit unit_of(Records records);
  [[nodiscard]] base::Result<Step> work_on(Records records);
  [[nodiscard]] base::Result<Step> one_by_one(Records records);
  [[nodiscard]] base::Result<Step> try_alone(const stream::Record& record);
  [[nodiscard]] base::Result<Step> commit(const stream::Unit& unit, std::size_t records);
  [[nodiscard]] base::Result<Step> settle(base::Result<stream::Outcome> outcome);
  [[nodiscard]] base::Result<Step> note_guard();
  Step lost();
  stream::Change guard_change() const;
  void report(Records records, const base::Stopwatch& since_poll);
  /// What the lane shows of itself, not at every turn. `waiting` are records that are read and not
  /// worked on.
  void report_standing(Records waiting);

  std::unique_ptr<stream::Lane> lane_;
  std::string stage_;
  Work& work_;
  telemetry::Telemetry& telemetry_;
  const base::Clock& clock_;
  LoopOptions options_;
  model::LaneGuard guard_;  ///< in the lane's state under "guard"
  stream::Positions positions_;  ///< of the last commit
  std::size_t careful_left_ = 0;
  std::map<stream::Source, base::Instant> worked_;  ///< when the newest worked on was appended
  base::Instant reported_;   ///< when the standing was last told
  bool was_waiting_ = false;  ///< records were, when it was
  bool caught_up_ = false;
  bool ended_ = false;  ///< told how
};

}  // namespace wiremill::pipeline
