#include "kafka/kafka.h"

#include "base/digest.h"
#include "kafka/raw.h"
#include "kafka/scene.h"

namespace wiremill::stream {
namespace {

class KafkaLane : public Scene {};

/// A text that a compressed batch cannot make small.
std::string incompressible(std::size_t size) {
  std::string text;
  for (int block = 0; text.size() < size; ++block) text += base::sha256_hex(std::to_string(block));
  return text.substr(0, size);
}

TEST_F(KafkaLane, AbortedWorkComesAgain) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 4);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  auto records = read(*lane, 4);
  Unit unit;
  unit.outputs.push_back({topic("out"), "small", "v", {}});
  unit.next = {{{topic("in"), 0}, 1}};
  ASSERT_EQ(commit(*lane, unit), "committed");  // from here on the topic's limit is known
  // The limit falls behind the lane's back: only the broker can tell now.
  tests::RawProducer admin(broker_.address(), "");
  admin.set_topic(topic("out"), "max.message.bytes", "2000");
  unit.outputs = {{topic("out"), "large", incompressible(5000), {}}};
  unit.state.push_back({"count", "4"});
  unit.next = after(records);
  EXPECT_EQ(commit(*lane, unit), "aborted");
  EXPECT_EQ(counted("aborts"), 1);
  EXPECT_THAT(noted_, testing::HasSubstr("MSG_SIZE_TOO_LARGE"));
  // Polls start again at the last commit, and now the unit is named as one that cannot be written.
  EXPECT_THAT(keys_of(read(*lane, 3)), testing::ElementsAre("1", "2", "3"));
  EXPECT_THAT(commit(*lane, unit), testing::HasSubstr("the topic takes 2000"));
  lane.reset();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_TRUE(restore(*lane).state.empty());
  EXPECT_THAT(keys_of(scan(*stream, topic("out"))), testing::ElementsAre("small"));
}

TEST_F(KafkaLane, WhatOthersAbortedOrLeftOpenNeverAppears) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  tests::RawProducer other(broker_.address(), prefix_ + ".other");
  other.begin();
  other.put(topic("in"), 0, "aborted", "v");
  ASSERT_EQ(other.abort(), "");
  other.begin();
  other.put(topic("in"), 0, "committed", "v");
  ASSERT_EQ(other.commit(), "");
  other.begin();
  other.put(topic("in"), 0, "open", "v");
  EXPECT_THAT(keys_of(read(*lane, 1)), testing::ElementsAre("committed"));
  EXPECT_TRUE(read(*lane, 1, {}, 500ms).empty());
  EXPECT_EQ(other.abort(), "");
}

TEST_F(KafkaLane, MarksOfTransactionsAreNoLag) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  tests::RawProducer other(broker_.address(), prefix_ + ".other");
  for (int i = 0; i < 3; ++i) {
    other.begin();
    other.put(topic("in"), 0, "k", "v");
    ASSERT_EQ(other.commit(), "");
  }
  auto records = read(*lane, 3);
  ASSERT_EQ(records.size(), 3U);
  read(*lane, 1, {}, 300ms);  // to the end
  ASSERT_EQ(lane->lag().size(), 1U);
  EXPECT_EQ(lane->lag()[0].records, 6) << "three records and their marks, not committed yet";
  Unit unit;
  unit.next = after(records);
  ASSERT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(lane->lag()[0].records, 0);
}

TEST_F(KafkaLane, APositionThatRetentionTookIsRejectedWithBothOffsets) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 20);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.next = {{{topic("in"), 0}, 3}};
  ASSERT_EQ(commit(*lane, unit), "committed");
  tests::RawProducer admin(broker_.address(), "");
  admin.drop_before(topic("in"), 0, 12);
  lane.reset();
  lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  base::Error error;
  const auto deadline = base::Deadline::in(kLongEnough);
  while (!deadline.passed()) {
    auto batch = lane->poll({}, base::Deadline::in(100ms));
    if (batch) {
      ASSERT_TRUE(batch->records.empty());
      continue;
    }
    error = batch.error();
    break;
  }
  EXPECT_EQ(error.kind, base::ErrorKind::kRejected);
  EXPECT_THAT(error.text, testing::HasSubstr(topic("in") + " partition 0"));
  EXPECT_THAT(error.text, testing::HasSubstr("from offset 3"));
  EXPECT_THAT(error.text, testing::HasSubstr("offsets 12 to 20"));
}

TEST_F(KafkaLane, ASourceWithoutAPositionStartsWhereTheLogBegins) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 20);
  tests::RawProducer admin(broker_.address(), "");
  admin.drop_before(topic("in"), 0, 12);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto records = read(*lane, 8);
  ASSERT_EQ(records.size(), 8U);
  EXPECT_EQ(records[0].offset, 12);
}

TEST_F(KafkaLane, GroupOffsetsShowThePositionsToLagTools) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 5);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.next = after(read(*lane, 5));
  ASSERT_EQ(commit(*lane, unit), "committed");
  std::int64_t offset = -1001;
  const auto deadline = base::Deadline::in(kLongEnough);
  while (offset != 5 && !deadline.passed()) {
    offset = tests::group_offset(broker_.address(), prefix_ + ".work", topic("in"), 0);
  }
  EXPECT_EQ(offset, 5);
}

TEST_F(KafkaLane, AnOutputToATopicThatDoesNotExistIsRejectedByName) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.outputs.push_back({topic("nowhere"), "k", "v", {}});
  auto outcome = lane->commit(unit);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(outcome.error().text, testing::HasSubstr(topic("nowhere")));
}

TEST_F(KafkaLane, RecordsCarryTheTimeTheBrokerTookThemIn) {
  auto stream = join();
  make_topics(*stream);
  const base::SystemClock clock;
  const auto before = clock.now() - 2ms;
  feed(*stream, 1);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto records = read(*lane, 1);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_GE(records[0].appended, before);
  EXPECT_LE(records[0].appended, clock.now());
}

TEST_F(KafkaLane, AnIdleLaneStaysWhileItsLoopAsksForLanes) {
  options_.session_timeout = 1500ms;
  options_.silence_max = 2000ms;
  options_.drain_timeout = 500ms;
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto deadline = base::Deadline::in(5s);
  while (!deadline.passed()) {
    auto none = stream->next_lane(stage_, base::Deadline::in(50ms));
    ASSERT_TRUE(none) << none.error().text;
    ASSERT_FALSE(*none);
    auto batch = lane->poll({}, base::Deadline::in(50ms));
    ASSERT_TRUE(batch && !batch->closing);
  }
  EXPECT_EQ(counted("rebalances"), 1);
  Unit unit;
  unit.state.push_back({"k", "v"});
  EXPECT_EQ(commit(*lane, unit), "committed");
}

TEST_F(KafkaLane, ALaneThatDoesNotCloseInTimeIsLost) {
  options_.drain_timeout = 300ms;
  auto first = join();
  make_topics(*first);
  auto lane = start(*first, stage_);
  ASSERT_TRUE(lane);
  auto second = join();
  const auto deadline = base::Deadline::in(kLongEnough);
  while (counted("lanes_lost") == 0 && !deadline.passed()) {
    ASSERT_TRUE(second->next_lane(stage_, base::Deadline::in(20ms)));
    ASSERT_TRUE(first->next_lane(stage_, base::Deadline::in(20ms)));
  }
  EXPECT_EQ(counted("lanes_lost"), 1);
  EXPECT_EQ(counted("revokes"), 1);
  Unit unit;
  unit.outputs.push_back(out("late"));
  EXPECT_EQ(commit(*lane, unit), "lost");
  EXPECT_TRUE(scan(*second, topic("out")).empty());
}

}  // namespace
}  // namespace wiremill::stream
