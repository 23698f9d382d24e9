#include "pipeline/lane_loop.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>

#include "local/local.h"
#include "pipeline/page.h"

namespace wiremill::pipeline {
namespace {

using base::Deadline;
using std::chrono::milliseconds;
using std::chrono::seconds;

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
    if (meanwhile) meanwhile();
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
  std::function<void()> meanwhile;  ///< called while a record is worked on
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

  std::unique_ptr<LaneLoop> loop(Work& work, stream::Stream& log, LoopOptions options = {}) {
    const stream::Stage stage{.name = "count", .state_topic = "count-state", .inputs = {"in"},
                              .reading = stream::Reading::kShare};
    auto lane = log.next_lane(stage, Deadline::in(milliseconds(0)));
    EXPECT_TRUE(lane && *lane != nullptr);
    auto made = std::make_unique<LaneLoop>(std::move(*lane), "count", work, telemetry_, clock_,
                                           options);
    const auto started = made->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().text);
    return made;
  }

  static Step step(LaneLoop& loop) {
    const auto done = loop.step(Deadline::in(milliseconds(0)));
    EXPECT_TRUE(done) << (done ? "" : done.error().text);
    return done.value_or(Step::kLost);
  }

  std::string shown(const std::string& series) const { return value_on(telemetry_, series); }
  std::string lag() const {
    return shown(R"(wiremill_consumer_lag_records{partition="0",topic="in"})");
  }
  /// Lag in seconds, as an alert rule works it out.
  double lag_seconds() const {
    const std::string through =
        shown(R"(wiremill_worked_through_timestamp_seconds{partition="0",topic="in"})");
    const double now = std::chrono::duration<double>(clock_.now().time_since_epoch()).count();
    return through == "absent" ? -1 : now - std::stod(through);
  }
  void pass(std::chrono::seconds span) { clock_.set(clock_.now() + span); }

  std::vector<std::string> values(const std::string& topic) {
    std::vector<std::string> found;
    EXPECT_TRUE(log_->scan(topic, [&](const stream::Record& record) -> base::Result<void> {
      found.push_back(*record.value);
      return {};
    }));
    return found;
  }

  base::SimulatedClock clock_{base::from_unix_ms(1'770'000'000'000)};
  telemetry::Telemetry telemetry_{{.stages = {"count"},
                                   .topics = {"in"},
                                   .outputs = {"out"},
                                   .log = {.sink = [](std::string_view) {}}},
                                  clock_};
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

TEST_F(LaneLoopTest, LagIsWhatWaitsAndForHowLong) {
  LoopOptions two_at_a_time;
  two_at_a_time.limit.records = 2;
  WordCount work;
  auto one = loop(work, *log_, two_at_a_time);
  EXPECT_EQ(step(*one), Step::kIdle);
  EXPECT_EQ(lag(), "0");
  EXPECT_EQ(lag_seconds(), 0) << "nothing waits, however long ago the last record was";
  pass(seconds(100));
  append({"a", "b", "c"});
  pass(seconds(10));
  append({"d", "e"});
  pass(seconds(20));
  EXPECT_EQ(lag_seconds(), 130) << "the lane's thread stands still, and that shows";
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(lag(), "3");
  EXPECT_EQ(lag_seconds(), 30);
  pass(seconds(1));
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(lag(), "1");
  EXPECT_EQ(lag_seconds(), 21);
  pass(seconds(1));
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(lag(), "0") << "at once, and not with the next report";
  EXPECT_EQ(lag_seconds(), 0);
}

TEST_F(LaneLoopTest, LagIsShownWhileTheRecordIsWorkedOn) {
  append({"before"});
  WordCount work;
  auto one = loop(work);
  EXPECT_EQ(step(*one), Step::kCommitted);
  pass(seconds(3600));
  append({"a"});
  pass(seconds(5));
  std::string lag_then;
  double seconds_then = -1;
  work.meanwhile = [&] {
    lag_then = lag();
    seconds_then = lag_seconds();
  };
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(lag_then, "1");
  EXPECT_EQ(seconds_then, 5) << "since it was appended, not since the record before it";
}

TEST_F(LaneLoopTest, WhatALaneShowsGoesWithIt) {
  const std::string turned = R"(wiremill_lane_turned_timestamp_seconds{lane="count.0"})";
  const auto changes = [&](const std::string& event) {
    return shown(R"(wiremill_lane_changes_total{event=")" + event + R"(",stage="count"})");
  };
  append({"a"});
  WordCount work;
  auto one = loop(work);
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(shown(R"(wiremill_lanes{stage="count"})"), "1");
  EXPECT_EQ(lag(), "0");
  EXPECT_EQ(shown(turned), "1770000000");
  ASSERT_TRUE(one->close());
  one.reset();
  EXPECT_EQ(lag(), "absent");
  EXPECT_EQ(shown(turned), "absent");
  EXPECT_EQ(changes("closed"), "1");

  auto failing = loop(work);
  pass(seconds(1));
  EXPECT_EQ(step(*failing), Step::kIdle);
  EXPECT_EQ(lag(), "0");
  failing.reset();  // as after an error: neither closed nor lost
  EXPECT_EQ(lag(), "absent");
  EXPECT_EQ(changes("dropped"), "1");
  EXPECT_EQ(changes("closed"), "1") << "each end is told once";
  EXPECT_EQ(shown(R"(wiremill_lanes{stage="count"})"), "0");
}

TEST_F(LaneLoopTest, SaysHowFarARestoreHasCome) {
  std::vector<std::string> words;
  for (int i = 0; i < 1500; ++i) words.push_back(std::to_string(i));
  append(words);
  WordCount work;
  auto one = loop(work);
  EXPECT_EQ(step(*one), Step::kCommitted);
  one.reset();
  const std::string restored = R"(wiremill_restored_records_total{stage="count"})";
  const std::string restoring = R"(wiremill_lanes_restoring{stage="count"})";
  EXPECT_EQ(shown(restored), "0");
  /// Looks at the page when it is given its thousandth key.
  class Watching final : public Work {
   public:
    explicit Watching(std::function<void()> look) : look_(std::move(look)) {}
    base::Result<void> load(std::string_view, std::string_view) override {
      if (++keys_ == 1200) look_();
      return {};
    }
    void begin(base::Instant) override {}
    void add(const stream::Record&, stream::Unit&) override {}
    void give_up(const stream::Record&, std::string_view, std::string_view, std::int64_t,
                 stream::Unit&) override {}
    void finish(base::Instant, stream::Unit&) override {}
    void keep(base::Instant) override {}
    void drop() override {}

   private:
    std::function<void()> look_;
    int keys_ = 0;
  };
  std::string seen;
  Watching watching([&] { seen = shown(restored) + " " + shown(restoring); });
  auto again = loop(watching);
  EXPECT_EQ(seen, "1000 1");
  EXPECT_EQ(shown(restored), "1501") << "1500 words and the guard";
  EXPECT_EQ(shown(restoring), "0");
}

TEST_F(LaneLoopTest, CountsWhatGoesOutOnceItIsVisible) {
  append({"a", "b"});
  WordCount work;
  auto one = loop(work);
  const std::string out = R"(wiremill_records_produced_total{topic="out"})";
  work.meanwhile = [&] { EXPECT_EQ(shown(out), "0"); };
  EXPECT_EQ(step(*one), Step::kCommitted);
  EXPECT_EQ(shown(out), "2");
  EXPECT_EQ(shown(R"(wiremill_stage_duration_seconds_count{stage="count"})"), "1");
  EXPECT_EQ(shown("wiremill_processing_duration_seconds_count"), "2");
}

}  // namespace
}  // namespace wiremill::pipeline
