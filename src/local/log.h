#pragma once
// The log itself: topics, records, and each lane's state and positions, in one SQLite connection
// behind one mutex. Streams of this process share it; a newer stream takes lanes from an older.
//
//   auto log = Log::open("/var/lib/wiremill");
//   (*log)->append({{"news", "key", "value", {}}}, clock.now());
//   auto records = (*log)->read(hold, positions, limit, Deadline::in(50ms));

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "local/database.h"
#include "local/folder_lock.h"
#include "stream/stream.h"

namespace wiremill::local {

/// Who holds a lane. A later hold of the same lane ends it.
struct Hold {
  std::string state_topic;
  std::int32_t lane = 0;
  std::uint64_t number = 0;  ///< of this hold; greater is later
};

/// The offsets a partition has: first ≤ offset < next.
struct Extent {
  std::int64_t first = 0;
  std::int64_t next = 0;
};

/// A lane's state as of its last committed unit.
struct LaneState {
  std::vector<std::pair<std::string, std::string>> entries;  ///< ascending keys
  stream::Positions positions;
};

/// Threads: any. Owns: the database and the folder's lock.
class Log {
 public:
  /// ":memory:" is a log of its own each time; a folder is one log for the whole process.
  [[nodiscard]] static base::Result<std::shared_ptr<Log>> open(const std::string& folder);

  std::map<std::string, stream::TopicPlan> topics() const;
  [[nodiscard]] base::Result<void> create(const std::vector<stream::TopicPlan>& plans);
  [[nodiscard]] base::Result<void> append(const std::vector<stream::Output>& records,
                                          base::Instant now);
  /// Up to `count` records of the partition from `from` on.
  [[nodiscard]] base::Result<std::vector<stream::Record>> range(const stream::Source& source,
                                                                std::int64_t from, int count);
  Extent extent(const stream::Source& source) const;
  /// Drops what retention and compaction allow. A log in memory keeps everything.
  [[nodiscard]] base::Result<void> expire(base::Instant now);

  /// A number for one stream; a later stream has a greater one.
  std::uint64_t register_stream();
  /// A lane that is free or held by an older stream, now held by this one; waits for one.
  std::optional<Hold> claim(const std::string& state_topic, std::uint64_t stream_number,
                            base::Deadline until);
  bool is_current(const Hold& hold) const;
  void release(const Hold& hold);

  [[nodiscard]] base::Result<LaneState> state_of(const std::string& state_topic,
                                                 std::int32_t lane);
  /// Records after the positions, waiting for the first one; none when the hold has ended. The
  /// source at place `turn` (modulo their number) is served first, so that none starves.
  /// Errors: rejected when a position is outside its partition's extent.
  [[nodiscard]] base::Result<std::vector<stream::Record>> read(const Hold& hold,
                                                               const stream::Positions& from,
                                                               std::size_t turn,
                                                               const stream::Limit& limit,
                                                               base::Deadline until);
  [[nodiscard]] base::Result<stream::Outcome> commit(const Hold& hold, const stream::Unit& unit,
                                                     base::Instant now);

 private:
  struct Topic {
    stream::TopicPlan plan;
    std::vector<Extent> partitions;
  };
  struct Holder {
    std::uint64_t stream_number = 0;
    std::uint64_t hold_number = 0;
  };
  using Topics = std::map<std::string, Topic>;

  Log(Database database, std::optional<FolderLock> lock)
      : database_(std::move(database)), lock_(std::move(lock)) {}
  [[nodiscard]] base::Result<void> load_topics();
  [[nodiscard]] base::Result<void> check_size(const stream::Output& output) const;
  [[nodiscard]] base::Result<void> insert(Topics& topics, const stream::Output& output,
                                          base::Instant now);
  [[nodiscard]] base::Result<void> save_extents(const Topics& topics);
  [[nodiscard]] base::Result<void> save_topic(const Topic& topic);
  [[nodiscard]] base::Result<void> change_state(const Hold& hold, const stream::Unit& unit);
  [[nodiscard]] base::Result<void> expire(Topic& topic, base::Instant before);
  [[nodiscard]] base::Result<void> compact(const Topic& topic);
  [[nodiscard]] base::Result<void> fill(std::vector<stream::Record>& records,
                                        const stream::Source& source, std::int64_t from,
                                        std::size_t count, std::size_t& bytes_left);
  [[nodiscard]] base::Result<bool> anything_after(const stream::Positions& from) const;
  bool holds(const Hold& hold) const;
  std::optional<Hold> take_free(const std::string& state_topic, std::uint64_t stream_number);

  mutable std::mutex mutex_;
  std::condition_variable grown_;
  Database database_;
  std::optional<FolderLock> lock_;
  Topics topics_;
  std::map<std::pair<std::string, std::int32_t>, Holder> holders_;
  std::uint64_t streams_ = 0;
  std::uint64_t holds_ = 0;
};

}  // namespace wiremill::local
