#pragma once
// A lane over Kafka: one reader for its inputs, one writer under its transactional id, its
// partition of the state topic, and what to do when the end of a unit is in doubt.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kafka/group.h"
#include "kafka/ledger.h"
#include "kafka/reader.h"
#include "kafka/shared.h"
#include "kafka/writer.h"

namespace wiremill::kafka {

/// See stream::Lane. Memory: the reader's and the writer's queues and one batch.
class KafkaLane final : public stream::Lane {
 public:
  /// Takes the lane over: fences earlier holders and ends what they left open.
  [[nodiscard]] static base::Result<std::unique_ptr<KafkaLane>> take(const Shared& shared,
                                                                    const stream::Stage& stage,
                                                                    std::shared_ptr<Group> group,
                                                                    const Given& given,
                                                                    std::int32_t count);
  ~KafkaLane() override;

  std::string_view name() const override { return name_; }
  std::int32_t index() const override { return given_.lane; }
  std::int32_t count() const override { return count_; }
  [[nodiscard]] base::Result<stream::Positions> restore(const Each& each) override;
  [[nodiscard]] base::Result<stream::Batch> poll(const stream::Limit& limit,
                                                 base::Deadline until) override;
  [[nodiscard]] base::Result<stream::Outcome> commit(const stream::Unit& unit) override;
  std::vector<stream::Lag> lag() const override;

 private:
  KafkaLane(Shared shared, stream::Stage stage, std::shared_ptr<Group> group, Given given,
            std::int32_t count, Reader reader);

  // lane.cc: reading
  [[nodiscard]] base::Result<std::vector<stream::Source>> sources() const;
  [[nodiscard]] base::Result<void> read_from(const stream::Positions& positions);
  [[nodiscard]] base::Result<void> look_for_partitions();
  void give_out(stream::Record record, stream::Batch& batch, std::size_t& bytes);
  [[nodiscard]] base::Result<stream::Batch> gone(const stream::Source& source);

  // lane_commit.cc: writing
  /// A new writer, if the group still says that the lane is ours, and then what the log says of
  /// the unit whose mark is `pending`; kLost when that cannot be found out in time. With no mark
  /// pending, kAborted means that all is as it was.
  stream::Outcome settle(const std::string& pending);
  std::optional<stream::Outcome> look_at_mark(const std::string& pending);
  stream::Outcome conclude(stream::Outcome outcome, const stream::Unit& unit,
                           const std::string& mark);
  stream::Outcome lost();
  Ownership confirm();
  stream::Source state() const { return {stage_.state_topic, given_.lane}; }
  void counted(std::string_view what) const;

  Shared shared_;
  stream::Stage stage_;
  std::shared_ptr<Group> group_;
  Given given_;
  std::int32_t count_;
  std::string name_;
  Reader reader_;
  std::optional<Writer> writer_;
  std::size_t batch_bytes_;  ///< the least limit of the topics written to so far

  stream::Positions committed_;  ///< of the last unit; sources never committed are absent
  stream::Positions reading_;    ///< all sources: the offset after the last record given out
  std::map<stream::Source, std::int64_t> ends_;  ///< sources read to their end: that end
  std::optional<stream::Record> held_;  ///< read, and did not fit the last batch
  bool must_rewind_ = true;  ///< reading begins, or begins again, at the last commit
  Mark mark_;                ///< of the last unit of this holding
  std::string mark_before_;  ///< value of the last committed mark
  std::int64_t mark_offset_ = -1;
  base::Stopwatch since_poll_;   ///< time that the work on a unit takes
  base::Deadline gather_until_;  ///< poll() waits so long for more after a first record
  base::Deadline next_look_;
  base::Deadline next_note_;
};

}  // namespace wiremill::kafka
