#include "kafka/kafka.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdio>
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
  constexpr int kRecords = 12000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  std::atomic<std::int64_t> done = 0;
  std::map<std::string, int> turns;
  std::jthread copying([&] {
    Copier copier(*stream, stage_, topic("out"));
    const auto deadline = base::Deadline::in(90s);
    while (copier.count() < kRecords && !deadline.passed()) {
      ++turns[copier.turn()];
      done = copier.count();
    }
  });
  std::mt19937 random(11);
  for (int kills = 0; kills < 3; ++kills) {
    const auto progress = done + 500;
    const auto deadline = base::Deadline::in(kLongEnough);
    while (done < progress && !deadline.passed()) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 100));
    ASSERT_LT(done, kRecords) << "all was done before the broker was killed";
    broker_.kill();
    broker_.start();
  }
  copying.join();
  for (const auto& [what, count] : turns) std::cout << count << " x " << what << "\n";
  std::cout << "rebuilds " << counted("rebuilds") << ", recycles " << counted("recycles") << "\n";
  EXPECT_GE(counted("rebuilds") + counted("recycles"), 1) << "no kill met a commit";
  expect_exactly_once(*stream, stage_, topic("out"), kRecords);
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
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    std::vector<char*> argv{const_cast<char*>(WIREMILL_COPIER)};
    for (const std::string& word : arguments) argv.push_back(const_cast<char*>(word.data()));
    argv.push_back(nullptr);
    id_ = fork();
    if (id_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execv(WIREMILL_COPIER, argv.data());
      _exit(127);
    }
    close(ends[1]);
    out_ = fdopen(ends[0], "r");
    setvbuf(out_, nullptr, _IONBF, 0);  // poll() knows nothing of a buffer
  }
  ~Child() {
    signal(SIGKILL);
    waitpid(id_, nullptr, 0);
    fclose(out_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) const { kill(id_, number); }

  /// The next line it says; empty when it says nothing for a long time or has ended.
  std::string line() {
    std::array<char, 256> text{};
    pollfd readable{fileno(out_), POLLIN, 0};
    const std::chrono::milliseconds patience = kLongEnough;
    if (poll(&readable, 1, static_cast<int>(patience.count())) != 1) return "";
    return fgets(text.data(), text.size(), out_) == nullptr ? "" : text.data();
  }

  /// Waits for the next commit; returns how many records are done then.
  long await_commit() {
    const std::string word = "committed ";
    for (;;) {
      const std::string said = line();
      if (said.starts_with(word)) return std::stol(said.substr(word.size()));
      if (!said.empty()) continue;
      ADD_FAILURE() << "the process does not commit";
      return -1;
    }
  }

  /// Waits until it says something else than that it commits.
  std::string await_stop() {
    std::string said;
    do said = line();
    while (said.starts_with("committed "));
    return said;
  }

 private:
  pid_t id_ = 0;
  FILE* out_ = nullptr;
};

class CopierCrash : public Scene {
 protected:
  std::vector<std::string> arguments(const std::string& instance) const {
    return {options_.brokers, prefix_, instance, topic("in"), topic("out"), topic("state")};
  }
};

TEST_F(CopierCrash, AProcessKilledAmongCommitsLosesAndDoublesNothing) {
  constexpr int kRecords = 3000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  std::mt19937 random(3);
  long count = 0;
  double slowest = 0;
  for (int kills = 0; kills < 8; ++kills) {
    const base::Stopwatch watch;
    Child process(arguments("host-1"));
    count = process.await_commit();
    slowest = std::max(slowest, watch.seconds());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 150000));
  }
  std::cout << "slowest first commit after kill -9 under one instance id: " << slowest << " s\n";
  EXPECT_LT(slowest, 3.0);
  Child process(arguments("host-1"));
  while (count >= 0 && count < kRecords) count = process.await_commit();
  process.signal(SIGKILL);
  options_.instance_id = "host-1";
  auto reader = join();
  expect_exactly_once(*reader, stage_, topic("out"), kRecords);
}

TEST_F(CopierCrash, AnotherProcessTakesOverWithinTheSessionTimeoutAndThreeSeconds) {
  auto stream = join();
  make_topics(*stream);
  feed(*stream, 2000);
  auto first = std::make_unique<Child>(arguments("host-1"));
  first->await_commit();
  Child second(arguments("host-2"));
  std::this_thread::sleep_for(200ms);
  first.reset();  // SIGKILL
  const base::Stopwatch watch;
  second.await_commit();
  std::cout << "another process takes over after kill -9: first commit after " << watch.seconds()
            << " s\n";
  EXPECT_LT(watch.seconds(), 9.0);
}

TEST_F(CopierCrash, AProcessThatWakesUpAfterItWasReplacedDoesNoHarm) {
  constexpr int kRecords = 6000;
  auto stream = join();
  make_topics(*stream);
  feed(*stream, kRecords);
  Child sleeper(arguments("host-1"));
  sleeper.await_commit();
  sleeper.signal(SIGSTOP);  // most likely inside a commit: it does little else
  Child second(arguments("host-2"));
  const long count = second.await_commit();
  sleeper.signal(SIGCONT);
  // It learns that the lane is not its own any more; then it joins again, and either may go on.
  const std::string said = sleeper.await_stop();
  std::cout << "the sleeper woke up after " << count << " records and said: " << said;
  EXPECT_FALSE(said.empty());
  const auto deadline = base::Deadline::in(60s);
  while (scan(*stream, topic("out")).size() < kRecords && !deadline.passed()) {
    std::this_thread::sleep_for(100ms);
  }
  second.signal(SIGKILL);
  sleeper.signal(SIGKILL);
  expect_exactly_once(*stream, stage_, topic("out"), kRecords);
}

}  // namespace
}  // namespace wiremill::stream
