#include "kafka/kafka.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <random>
#include <set>
#include <thread>

#include "kafka/copier.h"
#include "kafka/scene.h"

namespace wiremill::stream {
namespace {

/// Every key of 0 … count-1 is in the output exactly once, and the state says so.
void expect_exactly_once(Stream& stream, const Stage& stage, const std::string& out, int count) {
  std::multiset<std::string> keys;
  for (const Record& record : scan(stream, out)) keys.insert(record.key);
  const std::set<std::string> once(keys.begin(), keys.end());
  EXPECT_EQ(once.size(), static_cast<std::size_t>(count)) << "something is lost";
  EXPECT_EQ(keys.size(), once.size()) << "something is there twice";
  auto lane = hold(stream, stage);
  ASSERT_TRUE(lane);
  EXPECT_EQ(restore(*lane).state.at("count"), std::to_string(count));
}

/// Tests that stop the broker have one of their own.
class BrokerCrash : public Scene {
 protected:
  BrokerCrash() : Scene(own()) {}
  static tests::Broker& own() {
    static tests::Broker broker;
    return broker;
  }
};

TEST_F(BrokerCrash, ABrokerKilledAmongCommitsLosesAndDoublesNothing) {
  constexpr int kRecords = 4000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  Copier copier(*stream, stage_, topic("out"));
  std::atomic<bool> stop = false;
  std::map<std::string, int> turns;
  std::jthread copying([&] {
    while (!stop && copier.count() < kRecords) ++turns[copier.turn()];
  });
  std::mt19937 random(11);
  int kills = 0;
  for (; kills < 3; ++kills) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300 + random() % 400));
    broker_.kill();
    broker_.start();
  }
  const auto deadline = base::Deadline::in(60s);
  while (copier.count() < kRecords && !deadline.passed()) std::this_thread::sleep_for(50ms);
  stop = true;
  copying.join();
  for (const auto& [what, count] : turns) std::cout << count << " x " << what << "\n";
  std::cout << "rebuilds " << counted("rebuilds") << ", recycles " << counted("recycles") << "\n";
  EXPECT_GE(counted("rebuilds") + counted("recycles"), 1) << "no kill met a commit";
  stream.reset();
  auto reader = join();
  expect_exactly_once(*reader, stage_, topic("out"), kRecords);
}

TEST_F(BrokerCrash, ADoubtfulCommitIsSettled) {
  options_.transaction_timeout = 2000ms;
  auto stream = join();
  make_topics(*stream);
  std::set<std::string> committed_keys;
  int doubts = 0;
  for (const int delay_us : {0, 1000, 2000, 3000, 5000}) {
    auto lane = start(*stream, stage_);
    ASSERT_TRUE(lane);
    Unit warm;
    warm.state.push_back({"warm", "1"});
    ASSERT_EQ(commit(*lane, warm), "committed");
    const int before = counted("rebuilds") + counted("recycles");
    Unit unit;
    const std::string key = "after " + std::to_string(delay_us);
    unit.outputs.push_back(out(key));
    std::jthread stopping([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(delay_us));
      broker_.pause();
      std::this_thread::sleep_for(3s);
      broker_.resume();
    });
    const std::string outcome = commit(*lane, unit);
    stopping.join();
    doubts += counted("rebuilds") + counted("recycles") - before;
    std::cout << key << " us: " << outcome << "\n";
    lane.reset();
    lane = start(*stream, stage_);  // ends what may be open
    const auto keys = keys_of(scan(*stream, topic("out")));
    const bool is_visible = std::count(keys.begin(), keys.end(), key) == 1;
    EXPECT_TRUE(outcome != "committed" || is_visible) << key << " is lost";
    EXPECT_TRUE(outcome != "aborted" || !is_visible) << key << " was not aborted";
    EXPECT_LE(std::count(keys.begin(), keys.end(), key), 1);
  }
  EXPECT_GE(doubts, 1) << "no pause met a commit";
}

TEST_F(BrokerCrash, WithoutABrokerALaneStaysCalmAndGoesOnWhenItIsBack) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 5);
  auto lane = start(*stream, stage_);
  ASSERT_TRUE(lane);
  ASSERT_EQ(read(*lane, 5).size(), 5U);
  broker_.kill();
  const base::Stopwatch watch;
  auto batch = lane->poll({}, base::Deadline::in(300ms));
  EXPECT_TRUE(batch && batch->records.empty());
  auto none = stream->next_lane(stage_, base::Deadline::in(300ms));
  EXPECT_TRUE(none || none.error().kind == base::ErrorKind::kTransient);
  EXPECT_LT(watch.seconds(), 3.0);
  auto appended = stream->topics();
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().kind, base::ErrorKind::kTransient);
  EXPECT_THAT(appended.error().text, testing::HasSubstr(broker_.address()));
  broker_.start();
  const base::Stopwatch back;
  Copier copier(*stream, stage_, topic("out"));
  lane.reset();
  while (copier.count() < 5 && back.seconds() < 30) copier.turn();
  std::cout << "first commit after the broker is back: " << back.seconds() << " s\n";
  EXPECT_LT(back.seconds(), 15.0);
  EXPECT_EQ(copier.count(), 5);
}

/// A copying process, killed when this is destroyed. Threads: one.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    std::vector<char*> argv{const_cast<char*>(WIREMILL_COPIER)};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.data()));
    argv.push_back(nullptr);
    id_ = fork();
    if (id_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execv(WIREMILL_COPIER, argv.data());
      _exit(127);
    }
    close(ends[1]);
    out_ = fdopen(ends[0], "r");
  }
  ~Process() {
    signal(SIGKILL);
    waitpid(id_, nullptr, 0);
    fclose(out_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const { kill(id_, number); }

  /// Waits for a line that begins so; returns the number after it.
  long await(const std::string& word) {
    std::array<char, 256> line{};
    while (fgets(line.data(), line.size(), out_) != nullptr) {
      const std::string text(line.data());
      if (text.starts_with(word + " ")) return std::stol(text.substr(word.size() + 1));
    }
    ADD_FAILURE() << "the process ended before it said " << word;
    return -1;
  }

 private:
  pid_t id_ = 0;
  FILE* out_ = nullptr;
};

class ProcessCrash : public Scene {
 protected:
  std::vector<std::string> arguments(const std::string& instance) const {
    return {options_.brokers, prefix_, instance, topic("in"), topic("out"), topic("state")};
  }
};

TEST_F(ProcessCrash, AProcessKilledAmongCommitsLosesAndDoublesNothing) {
  constexpr int kRecords = 3000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  std::mt19937 random(3);
  long count = 0;
  double slowest = 0;
  for (int kills = 0; kills < 8; ++kills) {
    const base::Stopwatch watch;
    Process process(arguments("host-1"));
    count = process.await("committed");
    slowest = std::max(slowest, watch.seconds());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 150000));
  }
  std::cout << "slowest first commit after kill -9 under one instance id: " << slowest << " s\n";
  EXPECT_LT(slowest, 3.0);
  Process process(arguments("host-1"));
  while (count >= 0 && count < kRecords) count = process.await("committed");
  process.signal(SIGKILL);
  options_.instance_id = "host-1";
  auto reader = join();
  expect_exactly_once(*reader, stage_, topic("out"), kRecords);
}

TEST_F(ProcessCrash, AnotherProcessTakesOverWithinTheSessionTimeoutAndThreeSeconds) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 2000);
  auto first = std::make_unique<Process>(arguments("host-1"));
  first->await("committed");
  Process second(arguments("host-2"));
  std::this_thread::sleep_for(200ms);
  first.reset();  // SIGKILL
  const base::Stopwatch watch;
  second.await("committed");
  std::cout << "another process takes over after kill -9: first commit after " << watch.seconds()
            << " s\n";
  EXPECT_LT(watch.seconds(), 9.0);
}

TEST_F(ProcessCrash, AProcessThatWakesUpAfterItWasReplacedDoesNoHarm) {
  constexpr int kRecords = 6000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  Process sleeper(arguments("host-1"));
  sleeper.await("committed");
  sleeper.signal(SIGSTOP);  // most likely inside a commit: it does little else
  Process second(arguments("host-2"));
  long count = second.await("committed");
  sleeper.signal(SIGCONT);
  // It learns that the lane is not its own any more, and the new holder works on undisturbed.
  sleeper.await("lost");
  std::jthread listening([&] {
    while (count >= 0 && count < kRecords) count = second.await("committed");
  });
  listening.join();
  second.signal(SIGKILL);
  sleeper.signal(SIGKILL);
  expect_exactly_once(*stream, stage_, topic("out"), kRecords);
}

}  // namespace
}  // namespace wiremill::stream
