#include "local/local.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "stream/contract.h"

namespace wiremill::stream {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "wiremill-local-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class LocalWorld final : public World {
 public:
  std::unique_ptr<Stream> join(Eviction) override {
    auto stream = local::open({folder_.path()}, clock_, {});
    if (!stream) ADD_FAILURE() << stream.error().text;
    return stream ? *std::move(stream) : nullptr;
  }

 private:
  Folder folder_;
  base::SystemClock clock_;
};

INSTANTIATE_TEST_SUITE_P(Local, Contract,
                         testing::Values([] { return std::make_unique<LocalWorld>(); }));

const auto kStart = base::from_unix_ms(1770000000000);
const Stage kStage{"work", "state", {"in"}, Reading::kShare};

void make_topics(Stream& stream, std::int64_t retention_ms = -1) {
  ASSERT_TRUE(stream.create({{.topic = "in", .retention_ms = retention_ms},
                             {.topic = "latest", .compacted = true},
                             {.topic = "state", .compacted = true, .lanes = true}}));
}

TEST(Local, ASecondProcessIsRefusedUntilTheFirstIsGone) {
  const Folder folder;
  const base::SystemClock clock;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t first = fork();
  if (first == 0) {
    const auto stream = local::open({folder.path()}, clock, {});
    const char answer = stream ? 'y' : 'n';
    if (write(ready[1], &answer, 1) == 1) pause();
    _exit(1);
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  auto refused = local::open({folder.path()}, clock, {});
  kill(first, SIGKILL);
  waitpid(first, nullptr, 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(refused.error().text, testing::HasSubstr(folder.path()));
  EXPECT_THAT(refused.error().text, testing::HasSubstr("process " + std::to_string(first)));
  EXPECT_TRUE(local::open({folder.path()}, clock, {}));
  close(ready[0]);
  close(ready[1]);
}

TEST(Local, AFolderIsFreeAgainAfterItsStreamIsGone) {
  const Folder folder;
  const base::SystemClock clock;
  ASSERT_TRUE(local::open({folder.path()}, clock, {}));
  auto again = local::open({folder.path()}, clock, {});
  EXPECT_TRUE(again);
}

TEST(Local, AFileThatIsNotOursIsRejected) {
  const Folder folder;
  std::ofstream(folder.path() + "/log.sqlite3") << std::string(5000, 'x');
  const base::SystemClock clock;
  auto refused = local::open({folder.path()}, clock, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(refused.error().text, testing::HasSubstr("log.sqlite3"));
}

TEST(Local, RecordsCarryTheClocksTime) {
  base::SimulatedClock clock(kStart);
  auto stream = local::open({}, clock, {});
  ASSERT_TRUE(stream);
  make_topics(**stream);
  ASSERT_TRUE((*stream)->append({{"in", "a", "1", {}}}));
  clock.advance(std::chrono::hours(5));
  ASSERT_TRUE((*stream)->append({{"in", "b", "2", {}}}));
  const auto records = scan(**stream, "in");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].appended, kStart);
  EXPECT_EQ(records[1].appended, kStart + std::chrono::hours(5));
}

TEST(Local, APositionThatRetentionTookIsRejectedWithBothOffsets) {
  const Folder folder;
  base::SimulatedClock clock(kStart);
  {
    auto stream = local::open({folder.path()}, clock, {});
    ASSERT_TRUE(stream);
    make_topics(**stream, 3600000);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE((*stream)->append({{"in", "k", "v", {}}}));
    auto lane = start(**stream, kStage);
    Unit unit;
    unit.next = {{{"in", 0}, 2}};
    ASSERT_EQ(commit(*lane, unit), "committed");
  }
  clock.advance(std::chrono::hours(3));
  auto stream = local::open({folder.path()}, clock, {});
  ASSERT_TRUE(stream);
  auto lane = start(**stream, kStage);
  auto batch = lane->poll({}, base::Deadline::in(100ms));
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(batch.error().text, testing::HasSubstr("in partition 0"));
  EXPECT_THAT(batch.error().text, testing::HasSubstr("offset 2"));
  EXPECT_THAT(batch.error().text, testing::HasSubstr("5"));
}

TEST(Local, CompactionKeepsTheLastRecordOfAKey) {
  const Folder folder;
  base::SimulatedClock clock(kStart);
  {
    auto stream = local::open({folder.path()}, clock, {});
    ASSERT_TRUE(stream);
    make_topics(**stream);
    for (const char* value : {"1", "2", "3"}) {
      ASSERT_TRUE((*stream)->append({{"latest", "k", value, {}}, {"in", "k", value, {}}}));
    }
    EXPECT_EQ(scan(**stream, "latest").size(), 3U) << "what was just written stays a while";
  }
  auto stream = local::open({folder.path()}, clock, {});
  ASSERT_TRUE(stream);
  const auto left = scan(**stream, "latest");
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].value, "3");
  EXPECT_EQ(left[0].offset, 2);
  EXPECT_EQ(scan(**stream, "in").size(), 3U);
}

TEST(Local, StateAndPositionsAreScannedAsTheRecordsKafkaWouldHold) {
  base::SimulatedClock clock(kStart);
  auto stream = local::open({}, clock, {});
  ASSERT_TRUE(stream);
  make_topics(**stream);
  auto lane = start(**stream, kStage);
  ASSERT_TRUE(lane);
  Unit unit;
  unit.state = {{"a", "1"}, {"b", "2"}, {"a", std::nullopt}};
  unit.next = {{{"in", 0}, 7}};
  ASSERT_EQ(commit(*lane, unit), "committed");
  State state;
  for (const Record& record : scan(**stream, "state")) state[record.key] = *record.value;
  EXPECT_EQ(state, (State{{"b", "2"},
                          {"position/in/0",
                           R"({"schema":"wiremill.position","version":1,"next":7})"}}));
}

TEST(Local, LogsInMemoryAreSeparate) {
  base::SimulatedClock clock(kStart);
  auto one = local::open({}, clock, {});
  auto two = local::open({}, clock, {});
  ASSERT_TRUE(one && two);
  make_topics(**one);
  EXPECT_TRUE((*two)->topics()->empty());
}

TEST(Local, ACommitThatFailsOnDiskLeavesNothingAndComesAgain) {
  const Folder folder;
  base::SimulatedClock clock(kStart);
  auto stream = local::open({folder.path()}, clock, {});
  ASSERT_TRUE(stream);
  make_topics(**stream);
  ASSERT_TRUE((*stream)->append({{"in", "k", "v", {}}}));
  auto lane = start(**stream, kStage);
  ASSERT_TRUE(lane);
  auto records = read(*lane, 1);
  Unit unit;
  unit.outputs.assign(200, {"latest", "k", std::string(100000, 'x'), {}});
  unit.next = after(records);
  // A limit on the size of files stands for a full disk.
  const rlimit full{1U << 20U, RLIM_INFINITY};
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  auto outcome = lane->commit(unit);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, base::ErrorKind::kTransient);
  EXPECT_TRUE(scan(**stream, "latest").empty());
  EXPECT_EQ(read(*lane, 1).size(), 1U) << "the record comes again";
  EXPECT_EQ(commit(*lane, unit), "committed");
  EXPECT_EQ(scan(**stream, "latest").size(), 200U);
}

}  // namespace
}  // namespace wiremill::stream
