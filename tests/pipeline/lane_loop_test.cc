#include "pipeline/lane_loop.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "local/local.h"

namespace wiremill::pipeline {
namespace {

using base::Deadline;
using std::chrono::milliseconds;

struct Died {};

/// A stage that counts words: state word/<w> → how often, one output for each record. Records
/// "huge" give an output that no topic takes; "poison" kills the process.
class WordCount final : public Work {
 public:
  base::Result<void> load(std::string_view key, std::string_view value) override {
    counts[std::string(key)] = std::stoi(std::string(value));
    return {};
  }
  void begin(base::Instant) override {}
  void add(const stream::Record& record, stream::Unit& unit) override {
    ++added;
    if (*record.value == "poison") throw Died{};
    const std::string key = "word/" + *record.value;
    undo_.emplace(key, counts.contains(key) ? counts[key] : 0);
    const int count = ++counts[key];
    unit.state.push_back({key, std::to_string(count)});
    unit.outputs.push_back({.topic = "out",
                            .key = key,
                            .value = *record.value == "huge" ? std::string(4096, 'x')
                                                             : std::to_string(count),
                            .headers = {}});
  }
  void give_up(const stream::Record& record, std::string_view reason, std::string_view,
               std::int64_t attempts, stream::Unit& unit) override {
    unit.outputs.push_back({.topic = "dead",
                            .key = *record.value,
                            .value = std::string(reason) + " " + std::to_string(attempts),
                            .headers = {}});
  }
  void finish(base::Instant, stream::Unit&) override {}
  void keep(base::Instant) override {
    ++kept;
    undo_.clear();
  }
  void drop() override {
    ++dropped;
    for (const auto& [key, count] : undo_) counts[key] = count;
    undo_.clear();
  }

  std::map<std::string, int> counts;
  int added = 0;
  int kept = 0;
  int dropped = 0;

 private:
  std::map<std::string, int> undo_;
};

class LaneLoopTest : public testing::Test {
 protected:
  void SetUp() override {
    log_ = open_log(":memory:");
    lay_out();
  }

  std::unique_ptr<stream::Stream> open_log(const std::string& folder) {
    auto opened = local::open({.folder = folder}, clock_, {});
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().text);
    return std::move(*opened);
  }

  void lay_out() {
    ASSERT_TRUE(log_->create({topic("in", 1 << 20), topic("out", 1024), topic("dead", 1024),
                              {.topic = "count-state", .partitions = 1, .compacted = true,
                               .lanes = true, .retention_ms = -1,
                               .message_bytes_max = 1 << 20}}));
  }

  static stream::TopicPlan topic(const std::string& name, std::int64_t bytes) {
    return {.topic = name, .partitions = 1, .compacted = false, .lanes = false,
            .retention_ms = -1, .message_bytes_max = bytes};
  }

  void append(const std::vector<std::string>& words) {
    std::vector<stream::Output> records;
    for (const std::string& word : words) {
      records.push_back({.topic = "in", .key = word, .value = word, .headers = {}});
    }
    ASSERT_TRUE(log_->append(records));
  }

  std::unique_ptr<LaneLoop> loop(Work& work) { return loop(work, *log_); }

  std::unique_ptr<LaneLoop> loop(Work& work, stream::Stream& log) {
    const stream::Stage stage{.name = "count", .state_topic = "count-state", .inputs = {"in"},
                              .reading = stream::Reading::kShare};
    auto lane = log.next_lane(stage, Deadline::in(milliseconds(0)));
    EXPECT_TRUE(lane && *lane != nullptr);
    auto made = std::make_unique<LaneLoop>(std::move(*lane), "count", work, telemetry_, clock_,
                                           LoopOptions{});
    const auto started = made->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().text);
    return made;
  }

  static Step step(LaneLoop& loop) {
    const auto done = loop.step(Deadline::in(milliseconds(0)));
    EXPECT_TRUE(done) << (done ? "" : done.error().text);
    return done.value_or(Step::kLost);
  }

  std::vector<std::string> values(const std::string& topic) {
    std::vector<std::string> found;
    EXPECT_TRUE(log_->scan(topic, [&](const stream::Record& record) -> base::Result<void> {
      found.push_back(*record.value);
      return {};
    }));
    return found;
  }

  base::SimulatedClock clock_{base::from_unix_ms(1'770'000'000'000)};
  telemetry::Telemetry telemetry_{{.log = {.sink = [](std::string_view) {}}}, clock_};
  std::unique_ptr<stream::Stream> log_;
};

TEST_F(LaneLoopTest, WorksOnEveryRecordOnceAcrossRestarts) {
  append({"a", "b", "a"});
  {
    WordCount work;
    auto first = loop(work);
    EXPECT_EQ(step(*first), Step::kCommitted);
    EXPECT_EQ(step(*first), Step::kIdle);
    EXPECT_TRUE(first->is_caught_up());
  }
  append({"a"});
  WordCount work;
  auto second = loop(work);
  EXPECT_EQ(step(*second), Step::kCommitted);
  EXPECT_EQ(work.counts["word/a"], 3);
  EXPECT_EQ(values("out"), (std::vector<std::string>{"1", "1", "2", "3"}));
}

TEST_F(LaneLoopTest, AnUnwritableOutputGoesToTheDeadLettersAndTheLineMovesOn) {
  append({"a", "huge", "a"});
  WordCount work;
  auto one = loop(work);
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(values("out"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(values("dead"), (std::vector<std::string>{"output_too_large 1"}));
  EXPECT_EQ(work.counts["word/huge"], 0);
  EXPECT_EQ(step(*one), Step::kIdle);
}

TEST_F(LaneLoopTest, AnOlderHolderIsToldThatTheLaneIsLostAndKeepsNothing) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("wiremill-lane-loop-" + std::to_string(::getpid()));
  log_ = open_log(folder.string());
  lay_out();
  const auto second_log = open_log(folder.string());
  WordCount old_work;
  auto older = loop(old_work);
  WordCount new_work;
  auto newer = loop(new_work, *second_log);
  append({"a"});
  EXPECT_EQ(step(*older), Step::kLost);
  EXPECT_TRUE(old_work.counts.empty());
  EXPECT_EQ(step(*newer), Step::kCommitted);
  EXPECT_EQ(values("out"), (std::vector<std::string>{"1"}));
  std::filesystem::remove_all(folder);
}

TEST_F(LaneLoopTest, ARecordThatKillsTheProcessEndsInTheDeadLetters) {
  append({"a", "poison", "b"});
  int deaths = 0;
  WordCount last;
  for (bool dead = true; dead && deaths < 20;) {
    WordCount work;
    auto one = loop(work);
    try {
      while (step(*one) != Step::kIdle) {
      }
      dead = false;
      last = work;
    } catch (const Died&) {
      ++deaths;  // the loop is destroyed as it stands, as a killed process leaves it
    }
  }
  EXPECT_EQ(values("dead"), (std::vector<std::string>{"kills_process 2"}));
  EXPECT_EQ(values("out"), (std::vector<std::string>{"1", "1"}));
  EXPECT_EQ(last.counts["word/b"], 1);
  EXPECT_LE(deaths, 9);
}

TEST_F(LaneLoopTest, ACleanCloseIsNotTakenForADeath) {
  append({"a"});
  for (int i = 0; i < 6; ++i) {
    WordCount work;
    auto one = loop(work);
    const auto closed = one->close();
    ASSERT_TRUE(closed);
    EXPECT_EQ(*closed, Step::kClosed);
  }
  append({"b"});
  WordCount work;
  auto one = loop(work);
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(work.added, 2) << "both records in one unit: the loop is not careful";
}

}  // namespace
}  // namespace wiremill::pipeline
