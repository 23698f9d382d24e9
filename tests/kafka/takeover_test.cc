#include "kafka/kafka.h"

#include <thread>

#include "kafka/raw.h"
#include "kafka/scene.h"

namespace wiremill::stream {
namespace {

class Takeover : public Scene {};

TEST_F(Takeover, AnOpenTransactionUnderTheSameIdIsEndedWithinThreeSeconds) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 3);
  // A holder that died between produce and commit.
  tests::RawProducer dead(broker_.address(), prefix_ + ".work.0");
  dead.begin();
  dead.put(topic("out"), 0, "never", "visible");
  dead.put(topic("state"), 0, "never", "state");
  const base::Stopwatch watch;
  auto lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_TRUE(restore(*lane).state.empty());
  Unit unit;
  const auto records = read(*lane, 3);
  unit.outputs.push_back(out("mine"));
  unit.next = after(records);
  EXPECT_EQ(commit(*lane, unit), "committed");
  const double seconds = watch.seconds();
  RecordProperty("takeover_seconds", std::to_string(seconds));
  std::cout << "takeover of an open transaction, to the first commit: " << seconds << " s\n";
  EXPECT_LT(seconds, 3.0);
  EXPECT_THAT(keys_of(scan(*stream, topic("out"))), testing::ElementsAre("mine"));
}

TEST_F(Takeover, AZombieCannotCommit) {
  auto stream = join();
  make_topics(*stream);
  tests::RawProducer zombie(broker_.address(), prefix_ + ".work.0");
  zombie.begin();
  zombie.put(topic("out"), 0, "zombie", "v");
  zombie.put(topic("state"), 0, "zombie", "v");
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_NE(zombie.commit(), "");
  Unit unit;
  unit.outputs.push_back(out("holder"));
  unit.state.push_back({"holder", "v"});
  EXPECT_EQ(commit(*lane, unit), "committed");
  EXPECT_THAT(keys_of(scan(*stream, topic("out"))), testing::ElementsAre("holder"));
  lane.reset();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state, (State{{"holder", "v"}}));
}

TEST_F(Takeover, AHolderThatOnlySeemedGoneGoesOnWhenItStillOwnsTheLane) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 2);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  auto records = read(*lane, 2);
  // Somebody takes the id without the group's word, and goes away.
  { const tests::RawProducer intruder(broker_.address(), prefix_ + ".work.0"); }
  Unit unit;
  unit.outputs.push_back(out("a"));
  unit.next = after(records);
  EXPECT_EQ(commit(*lane, unit), "aborted");
  EXPECT_EQ(counted("rebuilds"), 1);
  EXPECT_EQ(read(*lane, 2).size(), 2U) << "aborted work comes again";
  EXPECT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(scan(*stream, topic("out")).size(), 1U);
}

TEST_F(Takeover, AHolderWhoseStateIsBehindTheLogIsLost) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.state.push_back({"k", "1"});
  ASSERT_EQ(commit(*lane, unit), "committed");
  // Another holder wrote a unit of its own: what this one has in memory is no longer the state.
  tests::RawProducer other(broker_.address(), prefix_ + ".work.0");
  other.begin();
  other.put(topic("state"), 0, "k", "2");
  other.put(topic("state"), 0, "position/lane",
            R"({"schema":"wiremill.lane","version":1,"lanes":1,"holder":"other","unit":1})");
  ASSERT_EQ(other.commit(), "");
  unit.state = {{"k", "3"}};
  EXPECT_EQ(commit(*lane, unit), "lost");
  lane.reset();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state, (State{{"k", "2"}}));
}

TEST_F(Takeover, RestoreDoesNotStopAtTheLastStableOffset) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  // Another writer's transaction is open on the state partition, below what the lane commits.
  tests::RawProducer other(broker_.address(), prefix_ + ".other");
  other.begin();
  other.put(topic("state"), 0, "theirs", "1");
  Unit unit;
  unit.state.push_back({"mine", "1"});
  unit.next = {{{topic("in"), 0}, 0}};
  ASSERT_EQ(commit(*lane, unit), "committed");
  lane.reset();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  std::atomic<bool> is_restored = false;
  Restored restored;
  std::jthread restoring([&] {
    restored = restore(*lane);
    is_restored = true;
  });
  std::this_thread::sleep_for(700ms);
  EXPECT_FALSE(is_restored) << "the lane's own last unit was not readable yet";
  EXPECT_EQ(other.commit(), "");
  restoring.join();
  EXPECT_EQ(restored.state, (State{{"mine", "1"}, {"theirs", "1"}}));
  EXPECT_EQ(restored.positions.size(), 1U);
}

TEST_F(Takeover, RestoreReadsACompactedPartition) {
  auto stream = join();
  make_topics(*stream);
  tests::RawProducer admin(broker_.address(), "");
  admin.make_topic(topic("dense"), 1,
                   {{"cleanup.policy", "compact"},
                    {"segment.ms", "100"},
                    {"min.cleanable.dirty.ratio", "0.01"},
                    {"delete.retention.ms", "0"}});
  stage_.state_topic = topic("dense");
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  State expected;
  std::size_t left = 0;
  std::int64_t written = 0;
  const auto deadline = base::Deadline::in(kLongEnough);
  // Until the cleaner has visibly been there.
  for (int round = 0; !deadline.passed() && (round < 20 || left + 50 > std::size_t(written));
       ++round) {
    Unit unit;
    for (int i = 0; i < 20; ++i) {
      const std::string key = "k" + std::to_string(i);
      expected[key] = std::to_string(round);
      unit.state.push_back({key, expected[key]});
    }
    unit.next = {{{topic("in"), 0}, round}};
    ASSERT_EQ(commit(*lane, unit), "committed");
    written += 22;
    std::this_thread::sleep_for(50ms);
    left = scan(*stream, topic("dense")).size();
  }
  EXPECT_LT(left + 50, std::size_t(written)) << "nothing was compacted";
  lane.reset();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state, expected);
}

TEST_F(Takeover, AnotherNumberOfLanesIsRejected) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.state.push_back({"k", "v"});
  ASSERT_EQ(commit(*lane, unit), "committed");
  lane.reset();
  stream.reset();
  // Behind our back somebody adds partitions to the state topic.
  tests::RawProducer admin(broker_.address(), "");
  auto* more = rd_kafka_NewPartitions_new(topic("state").c_str(), 2, nullptr, 0);
  rd_kafka_queue_t* queue = rd_kafka_queue_new(admin.get());
  rd_kafka_CreatePartitions(admin.get(), &more, 1, nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, 20000));
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewPartitions_destroy(more);
  stream = join();
  std::string text;
  for (int i = 0; i < 2; ++i) {
    lane = hold(*stream, stage_);
    ASSERT_TRUE(lane);
    auto positions = lane->restore([](auto, auto) { return base::Result<void>(); });
    if (!positions) text = positions.error().text;
    if (lane->index() == 0) break;
  }
  EXPECT_THAT(text, testing::HasSubstr(topic("state")));
  EXPECT_THAT(text, testing::HasSubstr("has 2 partitions but was written by 1 lanes"));
}

TEST_F(Takeover, ARestartUnderOneInstanceIdGetsItsLaneAtOnce) {
  options_.instance_id = "host-1";
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  lane.reset();
  stream.reset();  // a member with a name does not leave the group
  const base::Stopwatch watch;
  stream = join();
  lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.state.push_back({"k", "v"});
  EXPECT_EQ(commit(*lane, unit), "committed");
  std::cout << "restart under one instance id, to the first commit: " << watch.seconds() << " s\n";
  EXPECT_LT(watch.seconds(), 3.0);
}

TEST_F(Takeover, TwoProcessesUnderOneInstanceIdAreNotServedBoth) {
  options_.instance_id = "host-1";
  auto first = join();
  make_topics(*first);
  auto lane = start(*first, stage_);
  ASSERT_TRUE(lane);
  auto second = join();
  auto taken = start(*second, stage_);
  ASSERT_TRUE(taken);
  base::Error error;
  const auto deadline = base::Deadline::in(kLongEnough);
  while (!deadline.passed()) {
    auto none = first->next_lane(stage_, base::Deadline::in(100ms));
    if (none) continue;
    error = none.error();
    break;
  }
  EXPECT_EQ(error.kind, base::ErrorKind::kRejected);
  EXPECT_THAT(error.text, testing::HasSubstr("host-1"));
  Unit unit;
  unit.outputs.push_back(out("first"));
  EXPECT_EQ(commit(*lane, unit), "lost");
}

}  // namespace
}  // namespace wiremill::stream
