#pragma once
// Files of events through both stages in one thread. Time is that of the events, never the
// machine's, so the same files give the same bytes on every machine.
//
//   Replay replay(clock, topics, extract, score, sinks);
//   replay.add(line);  …  replay.end(until);
//
// There is no log behind it: nothing is restored, nobody else writes, and no commit can fail, so
// what extract makes goes straight to score and what is read is gone. Memory is that of the live
// state and of one unit, whatever the length of the input.
//
// Order: lines are worked on as they come, files one after the other; nothing is sorted and nothing
// is waited for. Time is the latest that any event so far was received at, and never runs back. An
// event from before that counts as one that comes late: within the lateness of score it changes
// belief as if it had come in time (no signal is published for the past), beyond it its facts are
// written, but belief leaves them out. So the state at the end is that of the sorted input as long
// as no event is later than the lateness; the signals on the way are those of the order given.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What a replay did so far. Seconds are the machine's and are for people only.
struct ReplayCounts {
  std::uint64_t events = 0;  ///< lines worked on, dead letters among them
  std::uint64_t bytes = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t late = 0;       ///< events from before one that came earlier
  base::Duration latest{};      ///< by how much the most late of them was late
  std::string slowest;          ///< id of the event that took extract longest
  double slowest_seconds = 0;   ///< to decode, extract and encode it
  double extract_seconds = 0;
  double score_seconds = 0;
};

/// Threads: one. Borrows: everything given, until it is destroyed.
class Replay {
 public:
  /// Requires: `score` ticks by simulated time.
  Replay(base::SimulatedClock& clock, Topics topics, Work& extract, Work& score,
         ReplaySinks sinks);

  /// One line of input: an event, or what will become a dead letter. Blank lines are skipped.
  void add(std::string_view line);
  /// Works on everything added so far; with `until`, time passes up to then as well.
  void end(std::optional<base::Instant> until);

  const ReplayCounts& counts() const { return counts_; }

 private:
  void set_time(base::Instant at);
  void extract(const stream::Record& record, const std::string& id);
  /// Score works on what waits, until neither records nor time give it anything to do.
  void drain();
  /// Outputs to their readers: facts and what is under embargo wait for score.
  void deliver(stream::Unit unit);
  void deliver(stream::Output output);

  base::SimulatedClock& clock_;
  Topics topics_;
  Work& extract_work_;
  Work& score_work_;
  ReplaySinks sinks_;
  std::map<std::string, std::int64_t> offsets_;  ///< by topic, of the next record
  std::vector<stream::Record> waiting_;          ///< for score
  std::size_t waiting_bytes_ = 0;
  std::size_t events_waiting_ = 0;
  base::Instant time_ = base::Instant::min();  ///< the latest of any event
  ReplayCounts counts_;
};

}  // namespace wiremill::pipeline
