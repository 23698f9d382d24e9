#include "cli/demo_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class DemoFeedTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "wiremill-feed-test-" + std::to_string(getpid());
    fs::create_directories(folder_);
  }
  void TearDown() override {
    unsetenv("WIREMILL_SAMPLE");
    fs::remove_all(folder_);
  }

  std::string write(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  static std::string event(const std::string& id, const std::string& received,
                           const std::string& more = "") {
    return R"({"id":")" + id + R"(","published_at":"2026-01-01T00:00:00Z","received_at":")" +
           received + R"(","headline":"h")" + more + "}\n";
  }
  static std::vector<std::string> texts(const DemoFeed& feed) {
    std::vector<std::string> found;
    for (const FeedLine& line : feed.lines) found.push_back(line.text.substr(0, 9));
    return found;
  }

  std::string folder_;
};

TEST_F(DemoFeedTest, JoinsFilesByTheTimeOfReceipt) {
  const auto feed = read_feed({write("a", event("a", "2026-01-01T03:00:00Z") +
                                              event("c", "2026-01-03T00:00:00Z")),
                               write("b", event("b", "2026-01-02T00:00:00Z"))});
  ASSERT_TRUE(feed);
  EXPECT_THAT(texts(*feed), ElementsAre(R"({"id":"a")", R"({"id":"b")", R"({"id":"c")"));
  EXPECT_EQ(feed->due(feed->lines[0].received), 1U);
  EXPECT_EQ(feed->due(feed->at(0.4)), 1U);
  EXPECT_EQ(feed->due(feed->at(0.9)), 2U);
  EXPECT_EQ(feed->due(feed->at(1)), 3U);
  EXPECT_EQ(feed->due(feed->at(2)), 3U);
}

TEST_F(DemoFeedTest, ALineThatIsNoEventStaysWhereItIsInItsFile) {
  const auto feed = read_feed({write("a", "{\"broken1\n\n" + event("a", "2026-01-02T00:00:00Z") +
                                              "{\"broken2\n" +
                                              event("c", "2026-01-04T00:00:00Z")),
                               write("b", event("b", "2026-01-03T00:00:00Z"))});
  ASSERT_TRUE(feed);
  EXPECT_THAT(texts(*feed), ElementsAre("{\"broken1", R"({"id":"a")", "{\"broken2",
                                        R"({"id":"b")", R"({"id":"c")"));
}

TEST_F(DemoFeedTest, KnowsWhatIsUnderEmbargo) {
  const auto feed = read_feed(
      {write("a", event("a", "2026-01-02T00:00:00Z",
                        R"(,"embargo_until":"2026-01-02T06:00:00Z")") +
                      event("b", "2026-01-03T00:00:00Z"))});
  ASSERT_TRUE(feed);
  EXPECT_TRUE(feed->lines[0].under_embargo);
  EXPECT_FALSE(feed->lines[1].under_embargo);
}

TEST_F(DemoFeedTest, TheSampleIsEveryFileOfEventsAndNoExpectation) {
  setenv("WIREMILL_SAMPLE", folder_.c_str(), 1);
  const auto none = sample_files();
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text, HasSubstr(folder_));
  const std::string filings = write("filings-en.ndjson", "");
  const std::string news = write("news-ko.ndjson", "");
  write("expected-ko.ndjson", "");
  write("README.md", "");
  const auto files = sample_files();
  ASSERT_TRUE(files);
  EXPECT_THAT(*files, ElementsAre(filings, news));
  const auto empty = read_feed(*files);
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().text, HasSubstr("nothing to replay"));
}

}  // namespace
}  // namespace wiremill::cli
