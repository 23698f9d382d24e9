#include "cli/lines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace wiremill::cli {
namespace {

class LinesTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "wiremill-lines-test-" + std::to_string(getpid());
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::vector<std::string> read(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    std::vector<std::string> lines;
    EXPECT_TRUE(for_each_line(path_, [&](std::string_view line) -> base::Result<void> {
      lines.emplace_back(line);
      return {};
    }));
    return lines;
  }

  std::string path_;
};

TEST_F(LinesTest, GivesEveryLineTheLastOneWithoutABreakIncluded) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(read("a\n\nb"), (Strings{"a", "", "b"}));
  EXPECT_EQ(read("a\n"), (Strings{"a"}));
  EXPECT_EQ(read(""), Strings{});
}

TEST_F(LinesTest, JoinsALineThatComesInManyReads) {
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(read(large + "\n" + large), (std::vector<std::string>{large, large}));
}

TEST_F(LinesTest, StopsAtTheFirstErrorOfTheTaker) {
  std::ofstream(path_) << "a\nb\n";
  int taken = 0;
  const auto done = for_each_line(path_, [&](std::string_view) -> base::Result<void> {
    ++taken;
    return base::rejected("no");
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(taken, 1);
}

TEST_F(LinesTest, NamesAFileThatIsNotThere) {
  const auto text = read_all("/nowhere/events");
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().text.find("/nowhere/events"), std::string::npos);
}

TEST_F(LinesTest, WritesLinesAndTellsWhenItCannot) {
  auto sink = LineSink::open(path_);
  ASSERT_TRUE(sink);
  (*sink)->write("a");
  (*sink)->write("b");
  EXPECT_TRUE((*sink)->close());
  EXPECT_EQ(*read_all(path_), "a\nb\n");
  auto full = LineSink::open("/dev/full");
  ASSERT_TRUE(full);
  (*full)->write("a");
  EXPECT_FALSE((*full)->close());
}

}  // namespace
}  // namespace wiremill::cli
