#pragma once
// The contract of `stream`, as tests that each log runs: INSTANTIATE_TEST_SUITE_P(Local, Contract,
// …) in the log's own suite. Every test has topics of its own.

#include "stream/world.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <random>
#include <set>
#include <thread>

namespace wiremill::stream {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

/// Resident memory of this process.
inline std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

class Contract : public testing::TestWithParam<MakeWorld> {
 protected:
  void SetUp() override {
    static std::atomic<int> tests{0};
    prefix_ = "t" + std::to_string(getpid()) + "-" + std::to_string(++tests);
    world_ = GetParam()();
    stage_ = {prefix_ + "-work", topic("state"), {topic("in")}, Reading::kShare};
  }

  std::string topic(const std::string& name) const { return prefix_ + "." + name; }

  std::unique_ptr<Stream> join(Eviction eviction = Eviction::kNormal) {
    auto stream = world_->join(eviction);
    EXPECT_TRUE(stream);
    return stream;
  }

  /// Makes the stage's topics: input, state and two outputs.
  void make_topics(Stream& stream, std::int32_t inputs = 1, std::int32_t lanes = 1) {
    auto made = stream.create({{.topic = topic("in"), .partitions = inputs},
                               {.topic = topic("out"), .partitions = 1},
                               {.topic = topic("wide"), .partitions = 4},
                               {.topic = topic("state"),
                                .partitions = lanes,
                                .compacted = true,
                                .lanes = true}});
    ASSERT_TRUE(made) << made.error().text;
  }

  /// Appends records "0" … "count-1" to the input, keyed by their number.
  void feed(Stream& stream, int count, int from = 0) {
    std::vector<Output> records;
    for (int i = from; i < from + count; ++i) {
      records.push_back({topic("in"), std::to_string(i), "value " + std::to_string(i), {}});
    }
    auto appended = stream.append(records);
    ASSERT_TRUE(appended) << appended.error().text;
  }

  Output out(const std::string& key, const std::string& value) const {
    return {topic("out"), key, value, {}};
  }

  std::string prefix_;
  std::unique_ptr<World> world_;
  Stage stage_;
};

TEST_P(Contract, AFreshLaneHasNoStateAndStartsAtTheBeginning) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 3);
  auto lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(lane->name(), stage_.name + ".0");
  EXPECT_EQ(lane->index(), 0);
  EXPECT_EQ(lane->count(), 1);
  const auto restored = restore(*lane);
  EXPECT_TRUE(restored.state.empty());
  EXPECT_TRUE(restored.positions.empty());
  EXPECT_THAT(keys_of(read(*lane, 3)), testing::ElementsAre("0", "1", "2"));
}

TEST_P(Contract, EmptyTopicsGiveAnEmptyBatchAtTheDeadline) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const base::Stopwatch watch;
  auto batch = lane->poll({}, base::Deadline::in(300ms));
  ASSERT_TRUE(batch) << batch.error().text;
  EXPECT_TRUE(batch->records.empty());
  EXPECT_FALSE(batch->closing);
  EXPECT_GE(watch.seconds(), 0.25);
  EXPECT_LT(watch.seconds(), 2.0);
}

TEST_P(Contract, APollReturnsAsSoonAsThereIsARecord) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  // A first round makes every connection warm.
  feed(*stream, 1);
  ASSERT_EQ(read(*lane, 1).size(), 1U);
  std::jthread writer([&] { feed(*stream, 1, 1); });
  const base::Stopwatch watch;
  auto batch = lane->poll({}, base::Deadline::in(10s));
  ASSERT_TRUE(batch) << batch.error().text;
  EXPECT_THAT(keys_of(batch->records), testing::ElementsAre("1"));
  EXPECT_LT(watch.seconds(), 5.0);
}

TEST_P(Contract, RestoreIsComplete) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  State expected;
  for (int round = 0; round < 5; ++round) {
    Unit unit;
    for (int i = 0; i < 200; ++i) {
      const std::string key = "k/" + std::to_string(i);
      if ((i + round) % 7 == 0) {
        unit.state.push_back({key, std::nullopt});
        expected.erase(key);
      } else {
        expected[key] = std::to_string(round) + std::string(100, 'x');
        unit.state.push_back({key, expected[key]});
      }
    }
    unit.state.push_back({"twice", "first"});
    unit.state.push_back({"twice", "last"});
    unit.state.push_back({"empty", ""});
    ASSERT_EQ(commit(*lane, unit), "committed");
  }
  expected["twice"] = "last";
  expected["empty"] = "";
  lane.reset();
  stream.reset();
  stream = join();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto restored = restore(*lane);
  EXPECT_EQ(restored.state, expected);
}

TEST_P(Contract, StateOfOneLaneIsNotSeenByAnother) {
  auto stream = join();
  make_topics(*stream, 2, 2);
  auto first = start(*stream, stage_);
  auto second = start(*stream, stage_);
  ASSERT_TRUE(first && second);
  ASSERT_NE(first->index(), second->index());
  Unit unit;
  unit.state.push_back({"mine", std::to_string(first->index())});
  ASSERT_EQ(commit(*first, unit), "committed");
  const auto index = first->index();
  first.reset();
  second.reset();
  stream.reset();
  stream = join();
  std::map<std::int32_t, State> states;
  std::vector<std::unique_ptr<Lane>> lanes;
  for (int i = 0; i < 2; ++i) {
    lanes.push_back(hold(*stream, stage_));
    ASSERT_TRUE(lanes.back());
    states[lanes.back()->index()] = restore(*lanes.back()).state;
  }
  EXPECT_EQ(states[index], (State{{"mine", std::to_string(index)}}));
  EXPECT_EQ(states[1 - index], State{});
}

TEST_P(Contract, CommittedWorkDoesNotComeAgain) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 10);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  auto records = read(*lane, 10);
  ASSERT_EQ(records.size(), 10U);
  records.resize(6);
  Unit unit;
  unit.outputs.push_back(out("sum", "6"));
  unit.state.push_back({"count", "6"});
  unit.next = after(records);
  ASSERT_EQ(commit(*lane, unit), "committed");
  lane.reset();
  stream.reset();
  stream = join();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto restored = restore(*lane);
  EXPECT_EQ(restored.state, (State{{"count", "6"}}));
  EXPECT_EQ(restored.positions, unit.next);
  EXPECT_THAT(keys_of(read(*lane, 4)), testing::ElementsAre("6", "7", "8", "9"));
}

TEST_P(Contract, UncommittedWorkComesAgain) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 5);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  ASSERT_EQ(read(*lane, 5).size(), 5U);
  lane.reset();
  stream.reset();
  stream = join();
  lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_THAT(keys_of(read(*lane, 5)), testing::ElementsAre("0", "1", "2", "3", "4"));
}

TEST_P(Contract, AUnitIsVisibleWholeOrNever) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  auto watcher = join();
  constexpr int kUnits = 20;
  constexpr std::size_t kOutputs = 50;
  std::atomic<bool> done = false;
  std::vector<std::size_t> seen;
  std::jthread watching([&] {
    while (!done) seen.push_back(scan(*watcher, topic("out")).size());
  });
  for (int i = 0; i < kUnits; ++i) {
    Unit unit;
    for (std::size_t k = 0; k < kOutputs; ++k) unit.outputs.push_back(out("key", "value"));
    EXPECT_EQ(commit(*lane, unit), "committed");
  }
  done = true;
  watching.join();
  for (const std::size_t count : seen) EXPECT_EQ(count % kOutputs, 0U);
  EXPECT_EQ(scan(*watcher, topic("out")).size(), kUnits * kOutputs);
}

TEST_P(Contract, OutputsThatCanNeverBeWrittenAreNamedBeforeAnythingIsWritten) {
  auto stream = join();
  make_topics(*stream);
  ASSERT_TRUE(stream->create({{.topic = topic("small"), .message_bytes_max = 2000}}));
  feed(*stream, 1);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto records = read(*lane, 1);
  Unit unit;
  unit.outputs.push_back(out("before", "fits"));
  unit.outputs.push_back({topic("small"), "the-key", std::string(3000, 'x'), {}});
  unit.state.push_back({"count", "1"});
  unit.next = after(records);
  auto outcome = lane->commit(unit);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, base::ErrorKind::kMalformed);
  EXPECT_EQ(outcome.error().reason, "output_too_large");
  EXPECT_THAT(outcome.error().text, testing::HasSubstr(topic("small")));
  EXPECT_THAT(outcome.error().text, testing::HasSubstr("the-key"));
  EXPECT_THAT(outcome.error().text, testing::HasSubstr("2000"));
  // The lane goes on without a new start, and nothing was written.
  unit.outputs.pop_back();
  unit.outputs.push_back({topic("small"), "the-key", std::string(1500, 'x'), {}});
  EXPECT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(scan(*stream, topic("out")).size(), 1U);
  EXPECT_EQ(scan(*stream, topic("small")).size(), 1U);
  // What fits alone also fits in company.
  unit.outputs.clear();
  for (int i = 0; i < 50; ++i) {
    unit.outputs.push_back({topic("small"), "k", std::string(1500, 'y'), {}});
  }
  EXPECT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(scan(*stream, topic("small")).size(), 51U);
}

TEST_P(Contract, AStateValueThatIsTooLargeIsNamed) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.state.push_back({"huge", std::string(2U << 20U, 'x')});
  auto outcome = lane->commit(unit);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, base::ErrorKind::kMalformed);
  EXPECT_THAT(outcome.error().text, testing::HasSubstr("huge"));
}

TEST_P(Contract, ALostLaneStops) {
  auto older = join(Eviction::kQuick);
  make_topics(*older);
  feed(*older, 4);
  auto lost = start(*older, stage_);
  ASSERT_TRUE(lost);
  const auto records = read(*lost, 4);
  auto newer = join(Eviction::kQuick);
  auto lane = start(*newer, stage_);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.outputs.push_back(out("from", "the lost one"));
  unit.next = after(records);
  EXPECT_EQ(commit(*lost, unit), "lost");
  auto batch = lost->poll({}, base::Deadline::in(100ms));
  ASSERT_TRUE(batch) << batch.error().text;
  EXPECT_TRUE(batch->closing);
  EXPECT_TRUE(batch->records.empty());
  EXPECT_EQ(commit(*lost, unit), "lost");
  // The new holder gets all of the work.
  EXPECT_EQ(read(*lane, 4).size(), 4U);
  unit.outputs = {out("from", "the holder")};
  EXPECT_EQ(commit(*lane, unit), "committed");
  const auto visible = scan(*newer, topic("out"));
  ASSERT_EQ(visible.size(), 1U);
  EXPECT_EQ(visible[0].value, "the holder");
}

TEST_P(Contract, TwoHoldersNeverBothCommit) {
  auto older = join(Eviction::kQuick);
  make_topics(*older);
  feed(*older, 100);
  auto first = start(*older, stage_);
  ASSERT_TRUE(first);
  std::atomic<bool> taken = false;
  std::string last;
  // The first holder works on, one record a unit, while the second takes over.
  std::jthread working([&] {
    while (last != "lost" && !testing::Test::HasFailure()) {
      auto batch = first->poll({.records = 1}, base::Deadline::in(50ms));
      if (!batch || batch->closing) break;
      Unit unit;
      for (const Record& record : batch->records) unit.outputs.push_back(out(record.key, "first"));
      unit.next = after(batch->records);
      last = commit(*first, unit);
      std::this_thread::sleep_for(20ms);
    }
    taken = true;
  });
  auto newer = join(Eviction::kQuick);
  auto second = hold(*newer, stage_);
  ASSERT_TRUE(second);
  const auto restored = restore(*second);
  std::size_t done = 0;
  for (const auto& [source, next] : restored.positions) done += static_cast<std::size_t>(next);
  const auto records = read(*second, 100 - done);
  EXPECT_EQ(records.size(), 100 - done);
  Unit unit;
  for (const Record& record : records) unit.outputs.push_back(out(record.key, "second"));
  unit.next = after(records);
  EXPECT_EQ(commit(*second, unit), "committed");
  working.join();
  std::multiset<std::string> keys;
  for (const Record& record : scan(*newer, topic("out"))) keys.insert(record.key);
  EXPECT_EQ(keys.size(), 100U) << "something is lost or twice";
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 100U);
}

TEST_P(Contract, StateAndPositionsAgreeOverManyHolders) {
  constexpr int kRecords = 300;
  std::mt19937 random(7);
  {
    auto stream = join();
    make_topics(*stream, 3);
    feed(*stream, kRecords);
  }
  std::int64_t total = 0;
  for (int holder = 0; holder < 6; ++holder) {
    auto stream = join();
    auto lane = hold(*stream, stage_);
    ASSERT_TRUE(lane);
    const auto restored = restore(*lane);
    const auto entry = restored.state.find("sum");
    total = entry == restored.state.end() ? 0 : std::stoll(entry->second);
    std::int64_t read_until = 0;
    for (const auto& [source, next] : restored.positions) read_until += next;
    EXPECT_EQ(total, read_until) << "state and positions are of different units";
    const auto units = random() % 4 + 1;
    for (std::uint32_t i = 0; i < units; ++i) {
      auto batch = lane->poll({.records = 25}, base::Deadline::in(500ms));
      ASSERT_TRUE(batch) << batch.error().text;
      if (i + 1 == units && holder < 5) break;  // read, and never committed
      total += static_cast<std::int64_t>(batch->records.size());
      Unit unit;
      unit.state.push_back({"sum", std::to_string(total)});
      unit.next = after(batch->records);
      ASSERT_EQ(commit(*lane, unit), "committed");
    }
  }
  auto stream = join();
  auto lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state.at("sum"), std::to_string(total));
  EXPECT_EQ(read(*lane, static_cast<std::size_t>(kRecords - total)).size(),
            static_cast<std::size_t>(kRecords - total));
}

TEST_P(Contract, BackPressureBoundsMemory) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  feed(*stream, 1);
  ASSERT_EQ(read(*lane, 1).size(), 1U);
  // 128 MiB arrive while the lane is not polled.
  const std::size_t before = resident_bytes();
  const std::string value(256U << 10U, 'x');
  for (int i = 0; i < 64; ++i) {
    std::vector<Output> records;
    for (int k = 0; k < 8; ++k) records.push_back({topic("in"), "k", value, {}});
    ASSERT_TRUE(stream->append(records));
  }
  std::this_thread::sleep_for(1500ms);
  const std::size_t after_feed = resident_bytes();
  // A sanitizer keeps what was freed, which is no measure of what is held.
  EXPECT_TRUE(kIsSanitized || after_feed < before + (80U << 20U))
      << before << " bytes grew to " << after_feed;
  EXPECT_EQ(read(*lane, 512).size(), 512U);
}

TEST_P(Contract, ABatchKeepsToItsLimits) {
  auto stream = join();
  make_topics(*stream);
  const std::string value(1000, 'x');
  std::vector<Output> records(50, {topic("in"), "k", value, {}});
  records.push_back({topic("in"), "k", std::string(20000, 'y'), {}});
  ASSERT_TRUE(stream->append(records));
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  std::size_t total = 0;
  bool saw_large = false;
  const auto deadline = base::Deadline::in(kLongEnough);
  while (total < 51 && !deadline.passed()) {
    auto batch = lane->poll({.records = 7, .bytes = 5100}, base::Deadline::in(100ms));
    ASSERT_TRUE(batch) << batch.error().text;
    EXPECT_LE(batch->records.size(), 5U);
    for (const Record& record : batch->records) {
      if (record.value->size() < 20000) continue;
      saw_large = true;
      EXPECT_EQ(batch->records.size(), 1U) << "a record over the limit comes alone";
    }
    total += batch->records.size();
  }
  EXPECT_EQ(total, 51U);
  EXPECT_TRUE(saw_large);
}

TEST_P(Contract, SharedInputsAreDividedByPartition) {
  auto stream = join();
  make_topics(*stream, 4, 2);
  feed(*stream, 200);
  auto first = start(*stream, stage_);
  auto second = start(*stream, stage_);
  ASSERT_TRUE(first && second);
  std::set<std::string> keys;
  const auto deadline = base::Deadline::in(kLongEnough);
  while (keys.size() < 200 && !deadline.passed()) {
    for (Lane* lane : {first.get(), second.get()}) {
      for (const Record& record : read(*lane, 1, {}, 200ms)) {
        EXPECT_EQ(record.from.partition % 2, lane->index());
        EXPECT_TRUE(keys.insert(record.key).second) << record.key << " came twice";
      }
    }
  }
  EXPECT_EQ(keys.size(), 200U);
}

TEST_P(Contract, EveryLaneReadsAllWhenTheStageSaysSo) {
  auto stream = join();
  make_topics(*stream, 3, 2);
  feed(*stream, 60);
  stage_.reading = Reading::kAll;
  auto first = start(*stream, stage_);
  auto second = start(*stream, stage_);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(read(*first, 60).size(), 60U);
  EXPECT_EQ(read(*second, 60).size(), 60U);
}

TEST_P(Contract, PartitionsAddedLaterAreRead) {
  auto stream = join();
  make_topics(*stream, 1);
  feed(*stream, 10);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  ASSERT_EQ(read(*lane, 10).size(), 10U);
  auto grown = stream->create({{.topic = topic("in"), .partitions = 4}});
  ASSERT_TRUE(grown) << grown.error().text;
  const auto plans = stream->topics();
  ASSERT_TRUE(plans);
  EXPECT_EQ(plans->at(topic("in")).partitions, 4);
  // Through the log's own partitioning, which sees the new partitions a moment later on Kafka.
  std::set<std::int32_t> partitions;
  std::size_t fed = 10;
  std::size_t total = 10;
  const auto deadline = base::Deadline::in(kLongEnough);
  while ((partitions.size() < 4 || total < fed) && !deadline.passed()) {
    if (partitions.size() < 4) {
      feed(*stream, 50, static_cast<int>(fed));
      fed += 50;
    }
    for (const Record& record : read(*lane, 1, {}, 500ms)) {
      partitions.insert(record.from.partition);
      ++total;
    }
  }
  EXPECT_EQ(partitions.size(), 4U);
  EXPECT_EQ(total, fed) << "nothing of what was read before comes again";
}

TEST_P(Contract, BytesAndHeadersSurvive) {
  auto stream = join();
  make_topics(*stream);
  const std::string bytes("\x00\xff\xfe key \x80\n", 9);
  const Headers headers{{"traceparent", "00-ab"}, {"twice", "1"}, {"twice", bytes}, {"none", ""}};
  ASSERT_TRUE(stream->append({{topic("in"), bytes, bytes + "value", headers},
                              {topic("in"), "empty", "", {}},
                              {topic("in"), "tombstone", std::nullopt, {{"why", "gone"}}},
                              {topic("in"), "", "no key", {}}}));
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto records = read(*lane, 4);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].key, bytes);
  EXPECT_EQ(records[0].value, bytes + "value");
  EXPECT_EQ(records[0].headers, headers);
  EXPECT_EQ(records[1].value, "");
  EXPECT_EQ(records[2].value, std::nullopt);
  EXPECT_EQ(records[2].headers, (Headers{{"why", "gone"}}));
  EXPECT_EQ(records[3].key, "");
  // The same through a unit, and as state.
  Unit unit;
  unit.outputs.push_back({topic("out"), bytes, bytes, headers});
  unit.outputs.push_back({topic("out"), "tombstone", std::nullopt, {}});
  unit.state.push_back({bytes, bytes + "state"});
  ASSERT_EQ(commit(*lane, unit), "committed");
  const auto written = scan(*stream, topic("out"));
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(written[0].key, bytes);
  EXPECT_EQ(written[0].value, bytes);
  EXPECT_EQ(written[0].headers, headers);
  EXPECT_EQ(written[1].value, std::nullopt);
  lane.reset();
  stream.reset();
  stream = join();
  lane = hold(*stream, stage_);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state, (State{{bytes, bytes + "state"}}));
}

TEST_P(Contract, EqualKeysGoToEqualPartitions) {
  auto stream = join();
  make_topics(*stream);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  for (int round = 0; round < 2; ++round) {
    Unit unit;
    for (int i = 0; i < 40; ++i) {
      unit.outputs.push_back({topic("wide"), "key" + std::to_string(i), "v", {}});
    }
    ASSERT_EQ(commit(*lane, unit), "committed");
  }
  std::map<std::string, std::set<std::int32_t>> partitions;
  std::set<std::int32_t> used;
  for (const Record& record : scan(*stream, topic("wide"))) {
    partitions[record.key].insert(record.from.partition);
    used.insert(record.from.partition);
  }
  EXPECT_EQ(partitions.size(), 40U);
  for (const auto& [key, where] : partitions) EXPECT_EQ(where.size(), 1U) << key;
  EXPECT_EQ(used.size(), 4U);
}

TEST_P(Contract, ALaneIsGivenBackWhenAnotherProcessJoins) {
  auto older = join();
  make_topics(*older, 2, 2);
  feed(*older, 40);
  std::vector<std::unique_ptr<Lane>> lanes;
  for (int i = 0; i < 2; ++i) lanes.push_back(start(*older, stage_));
  ASSERT_TRUE(lanes[0] && lanes[1]);
  auto newer = join();
  // Both processes work in turns, as their loops would.
  std::vector<std::unique_ptr<Lane>> other;
  std::map<std::string, int> outputs;
  int closed = 0;
  const auto deadline = base::Deadline::in(kLongEnough);
  const auto turn = [&](Stream& stream, std::vector<std::unique_ptr<Lane>>& mine) {
    auto next = stream.next_lane(stage_, base::Deadline::in(20ms));
    if (next && *next) {
      restore(**next);
      mine.push_back(*std::move(next));
    }
    for (auto& lane : mine) {
      auto batch = lane->poll({.records = 1}, base::Deadline::in(20ms));
      ASSERT_TRUE(batch) << batch.error().text;
      Unit unit;
      for (const Record& record : batch->records) unit.outputs.push_back(out(record.key, "v"));
      unit.next = after(batch->records);
      if (!batch->records.empty()) commit(*lane, unit);
      if (!batch->closing) continue;
      ++closed;
      lane.reset();
    }
    std::erase(mine, nullptr);
  };
  while (!deadline.passed() && (other.empty() || scan(*newer, topic("out")).size() < 40)) {
    turn(*older, lanes);
    turn(*newer, other);
  }
  EXPECT_GE(closed, 1);
  EXPECT_FALSE(other.empty());
  std::multiset<std::string> keys;
  for (const Record& record : scan(*newer, topic("out"))) keys.insert(record.key);
  EXPECT_EQ(keys.size(), 40U);
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 40U);
}

TEST_P(Contract, LagIsWhatIsCommittedAndNotDone) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 12);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto total = [&] {
    std::int64_t records = 0;
    for (const Lag& lag : lane->lag()) records += lag.records;
    return records;
  };
  auto records = read(*lane, 12);
  ASSERT_EQ(records.size(), 12U);
  EXPECT_EQ(total(), 12);
  records.resize(5);
  Unit unit;
  unit.next = after(records);
  ASSERT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(total(), 7);
}

TEST_P(Contract, AMissingTopicIsRejectedByName) {
  auto stream = join();
  auto none = stream->next_lane(stage_, base::Deadline::in(5s));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(none.error().text, testing::HasSubstr(topic("state")));
  EXPECT_THAT(none.error().text, testing::HasSubstr("wiremill topics apply"));
  make_topics(*stream);
  stage_.inputs.push_back(topic("absent"));
  none = stream->next_lane(stage_, base::Deadline::in(5s));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(none.error().text, testing::HasSubstr(topic("absent")));
  auto appended = stream->append({{topic("nowhere"), "k", "v", {}}});
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(appended.error().text, testing::HasSubstr(topic("nowhere")));
}

TEST_P(Contract, AStateTopicThatIsNotCompactedIsRejected) {
  auto stream = join();
  make_topics(*stream);
  stage_.state_topic = topic("out");
  auto none = stream->next_lane(stage_, base::Deadline::in(5s));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(none.error().text, testing::HasSubstr("compacted"));
}

TEST_P(Contract, TopicsAreAsTheyWerePlanned) {
  auto stream = join();
  auto made = stream->create({{.topic = topic("a"),
                               .partitions = 3,
                               .retention_ms = 86400000,
                               .message_bytes_max = 5000000},
                              {.topic = topic("b"), .partitions = 2, .compacted = true}});
  ASSERT_TRUE(made) << made.error().text;
  const auto plans = stream->topics();
  ASSERT_TRUE(plans) << plans.error().text;
  const TopicPlan& a = plans->at(topic("a"));
  EXPECT_EQ(a.partitions, 3);
  EXPECT_FALSE(a.compacted);
  EXPECT_EQ(a.retention_ms, 86400000);
  EXPECT_EQ(a.message_bytes_max, 5000000);
  EXPECT_TRUE(plans->at(topic("b")).compacted);
  // A compacted topic keeps its partitions, whatever a later plan says.
  ASSERT_TRUE(stream->create({{.topic = topic("b"), .partitions = 5, .compacted = true}}));
  EXPECT_EQ(stream->topics()->at(topic("b")).partitions, 2);
}

TEST_P(Contract, ALargeRecordIsReadWhereItsTopicAllowsIt) {
  auto stream = join();
  make_topics(*stream);
  ASSERT_TRUE(stream->create({{.topic = topic("large"), .message_bytes_max = 25 << 20}}));
  stage_.inputs = {topic("large")};
  const std::string value(20U << 20U, 'L');
  auto appended =
      stream->append({{topic("large"), "k", value, {}}, {topic("large"), "k", "s", {}}});
  ASSERT_TRUE(appended) << appended.error().text;
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  const auto records = read(*lane, 2);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].value->size(), value.size());
  EXPECT_EQ(records[1].value, "s");
}

TEST_P(Contract, AppendNamesWhatIsTooLarge) {
  auto stream = join();
  make_topics(*stream);
  auto appended = stream->append({{topic("in"), "fits", "v", {}},
                                  {topic("in"), "large", std::string(2U << 20U, 'x'), {}}});
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().kind, base::ErrorKind::kMalformed);
  EXPECT_EQ(appended.error().reason, "output_too_large");
  EXPECT_TRUE(scan(*stream, topic("in")).empty());
}

}  // namespace wiremill::stream
