#pragma once
// The seam to the world: a log of topics, and lanes over it. A Lane is the unit of ownership,
// atomicity and threading: some inputs, a keyed state, one writer. What a lane commits, outputs,
// state and positions together, becomes visible whole or never.
//
//   auto lane = stream.next_lane(stage, Deadline::in(100ms));        // nullptr: none for now
//   (*lane)->restore([&](key, value) { state.load(key, value); });
//   auto batch = (*lane)->poll({}, Deadline::in(50ms));
//   (*lane)->commit(unit_from(*batch));
//
// Two implementations, `kafka` and `local`, pass one contract suite (tests/stream). What this does
// not do: it knows nothing of JSON, of stages' work, or of retries of the work itself.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace wiremill::stream {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Where a record is read: one partition of one topic.
struct Source {
  std::string topic;
  std::int32_t partition = 0;
  auto operator<=>(const Source&) const = default;
};

/// For each source the next offset to read. A source that is absent starts at its beginning.
using Positions = std::map<Source, std::int64_t>;

/// One record as the log holds it. `value` is absent for a tombstone.
struct Record {
  Source from;
  std::int64_t offset = 0;
  base::Instant appended;  ///< when the log took it in
  std::string key;
  std::optional<std::string> value;
  Headers headers;
};

/// One record to write. The partition follows from the key (equal keys, equal partition); an empty
/// key goes to any partition.
struct Output {
  std::string topic;
  std::string key;
  std::optional<std::string> value;
  Headers headers;
};

/// One change of the lane's keyed state; no value removes the key. Keys that begin with
/// "position/" belong to the lane itself.
struct Change {
  std::string key;
  std::optional<std::string> value;
};

/// What one commit writes. `next` names the sources that moved; others stay.
struct Unit {
  std::vector<Output> outputs;
  std::vector<Change> state;
  Positions next;
};

enum class Outcome {
  kCommitted,  ///< visible, durable
  kAborted,    ///< nothing of it is visible; the next poll starts again at the last commit
  kLost,       ///< somebody else holds the lane, or may: drop the state, destroy the lane
};

/// Limits of one poll. Larger batches cost latency and memory, smaller ones throughput.
struct Limit {
  std::size_t records = 5000;
  std::size_t bytes = 16U << 20U;  ///< of keys and values; one record may exceed it alone
};

struct Batch {
  std::vector<Record> records;  ///< in offset order for each source
  bool closing = false;  ///< the lane must be given back: commit what is done, then destroy it
};

/// How far behind one source is. Lag counts committed records only.
struct Lag {
  Source source;
  std::int64_t records = 0;
};

/// Which records a lane of this stage reads.
enum class Reading {
  kShare,  ///< lane k of L reads the partitions p with p mod L = k of each input
  kAll,    ///< every lane reads all partitions of each input
};

/// A stage as the log sees it. The number of lanes is the number of partitions of `state_topic`.
struct Stage {
  std::string name;  ///< "extract"; lanes are "extract.0", …
  std::string state_topic;
  std::vector<std::string> inputs;
  Reading reading = Reading::kShare;
};

/// Threads: one at a time, any; different lanes may run on different threads.
/// Owns: its handles; destroying it gives the lane back and drops what was not committed.
/// Requires: restore() once, before the first poll().
class Lane {
 public:
  virtual ~Lane() = default;

  /// "score.3": the same on every process.
  virtual std::string_view name() const = 0;
  /// The number in the name, 0 ≤ index < count.
  virtual std::int32_t index() const = 0;
  virtual std::int32_t count() const = 0;

  /// Gives every live key of the state as of the last committed unit, each once, complete, and
  /// returns the positions of that unit. Holding the lane has fenced all earlier holders and
  /// ended what they left open. Errors: transient (try a new lane), rejected (the state topic is
  /// not what it must be: its name and what is wrong), fatal.
  using Each = std::function<base::Result<void>(std::string_view key, std::string_view value)>;
  [[nodiscard]] virtual base::Result<Positions> restore(const Each& each) = 0;

  /// Records after the positions, as soon as there is one or when the deadline has passed (then
  /// none). Not calling it is the back-pressure: what waits in memory is bounded by options.
  /// Aborted and uncommitted records of other writers never appear. Errors: transient, fatal, and
  /// rejected when a position no longer exists in the log (retention): the source and both offsets.
  [[nodiscard]] virtual base::Result<Batch> poll(const Limit& limit, base::Deadline until) = 0;

  /// Writes the unit as one. A doubtful end is settled inside: kCommitted and kAborted are always
  /// the truth, and where it cannot be found out in time the answer is kLost, because the next
  /// holder finds it in the log. Errors: malformed when an output or a change can never be written
  /// (output_too_large: its topic, key, size and the limit), before anything is written; rejected
  /// (an output's topic is missing); transient (disk full, no broker). After an error nothing of
  /// the unit is or will be visible, and polls start again at the last commit unless it was
  /// malformed.
  [[nodiscard]] virtual base::Result<Outcome> commit(const Unit& unit) = 0;

  /// Lag of each source against the positions of the last commit. Cost: no network beyond what
  /// polling does anyway.
  virtual std::vector<Lag> lag() const = 0;
};

/// How one topic is (or must be) laid out.
struct TopicPlan {
  std::string topic;
  std::int32_t partitions = 1;
  bool compacted = false;
  bool lanes = false;  ///< a state topic: its partitions are lanes, their number never changes
  std::int64_t retention_ms = -1;          ///< -1: for ever
  std::int64_t message_bytes_max = 1048576;
};

/// Happenings inside a stream worth counting; names are a closed set (telemetry maps them).
struct StreamEvents {
  std::function<void(std::string_view stage, std::string_view what)> counted;
  std::function<void(std::string_view stage, std::string_view what, std::string_view text)> noted;
};

/// Threads: next_lane() for one stage from one thread at a time; append() from any thread.
/// Owns: connections. Requires: outlives its lanes.
class Stream {
 public:
  virtual ~Stream() = default;

  /// The next lane of the stage that this process now holds and has not been given yet; nullptr
  /// when there is none by the deadline. Calling it often (at least once a second) is also what
  /// keeps the process in the group: it is how lanes arrive and how closing is noticed.
  /// Errors: rejected (a topic is missing or laid out wrongly), transient (no broker), fatal.
  [[nodiscard]] virtual base::Result<std::unique_ptr<Lane>> next_lane(const Stage& stage,
                                                                     base::Deadline until) = 0;

  /// Appends records at once, outside any lane (ingest, redrive); returns when they are durable.
  [[nodiscard]] virtual base::Result<void> append(const std::vector<Output>& records) = 0;

  /// Topics that exist, by name, as they are.
  [[nodiscard]] virtual base::Result<std::map<std::string, TopicPlan>> topics() = 0;
  /// Creates the topics that do not exist, and adds partitions to those that have fewer than
  /// planned unless they are compacted (a key must stay where it is). Errors: rejected, naming
  /// each that could not be made.
  [[nodiscard]] virtual base::Result<void> create(const std::vector<TopicPlan>& plans) = 0;

  /// Reads all committed records of a topic up to its present end, in offset order for each
  /// partition: whatever was committed before the call, and nothing of a unit that is open. A
  /// compacted topic gives what is left of it. For exports and tools.
  [[nodiscard]] virtual base::Result<void> scan(
      const std::string& topic, const std::function<base::Result<void>(const Record&)>& each) = 0;
};

}  // namespace wiremill::stream
