#pragma once
// Membership in a stage's consumer group: which lanes the group says are ours. It reads nothing.
//
//   auto given = group->next(Deadline::in(100ms));    // a lane, or none yet
//   given->slot->is_closing                            // read by the lane's thread

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/time.h"
#include "kafka/client.h"
#include "kafka/kafka.h"

namespace wiremill::kafka {

/// What the group and the lane tell each other. Threads: any.
struct Slot {
  std::atomic<bool> is_closing = false;   ///< by the group: commit and go
  std::atomic<bool> is_lost = false;      ///< by the group: others may hold it already
  std::atomic<bool> is_released = false;  ///< by the lane: it is destroyed
};

struct Given {
  std::int32_t lane = 0;
  std::shared_ptr<Slot> slot;
};

enum class Ownership { kYes, kNo, kUnknown };

/// Threads: next() and give_back() from one at a time, confirm() and note_positions() from any.
class Group {
 public:
  /// Joins. Errors: rejected.
  [[nodiscard]] static base::Result<std::shared_ptr<Group>> join(
      const Options& options, const stream::Stage& stage, const std::shared_ptr<Voices>& voices);

  /// A lane that is ours and was not given yet; serves rebalances while it waits. When the group
  /// takes lanes away they are told to close, and the group is answered once all are destroyed or
  /// Options::drain_timeout has passed (then they are lost).
  /// Errors: rejected (authorisation, another process under our instance id).
  [[nodiscard]] base::Result<std::optional<Given>> next(base::Deadline until);
  /// The lane could not be started: it comes again from next() if it is still ours.
  void give_back(const Given& given);

  /// Asks the group's coordinator whether this membership still holds, by committing `positions`
  /// under it. Requires: positions is not empty.
  Ownership confirm(const Slot& slot, const stream::Positions& positions);
  /// The same without waiting for the answer: for lag tools, never read by us.
  void note_positions(const stream::Positions& positions);

 private:
  Group(Client client, const Options& options, const stream::Stage& stage,
        std::shared_ptr<Voices> voices);
  [[nodiscard]] base::Result<void> serve(const Event& event);
  void assigned(const rd_kafka_topic_partition_list_t& partitions);
  void revoked();
  void finish_draining();
  void offer_released_again();
  [[nodiscard]] base::Result<void> failed(const Event& event);

  Client client_;
  Queue queue_;  // of the client: destroyed first
  std::chrono::milliseconds drain_timeout_;
  std::string instance_id_;
  stream::Stage stage_;
  std::shared_ptr<Voices> voices_;
  std::map<std::int32_t, std::shared_ptr<Slot>> slots_;
  std::deque<std::int32_t> waiting_;
  std::optional<base::Deadline> draining_;
  std::optional<base::Error> broken_;  ///< the membership cannot go on
};

}  // namespace wiremill::kafka
