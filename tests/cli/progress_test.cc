#include "cli/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace wiremill::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

pipeline::ReplayCounts counts() {
  pipeline::ReplayCounts counts;
  counts.events = 1000;
  counts.bytes = 2'999'000;
  counts.dead_letters = 3;
  counts.slowest = "n-17";
  counts.slowest_seconds = 0.0123;
  return counts;
}

TEST(Progress, SaysHowMuchIsDoneAndHowFast) {
  EXPECT_EQ(progress_line(counts(), 2, 6'000'000),
            "[============>           ]  50 %  1000 events  3.0 MB  500 events/s  1.50 MB/s  "
            "3 dead letters  slowest 12.3 ms n-17");
}

TEST(Progress, IsFullAtTheEndAndStaysFullWhenFilesGrow) {
  EXPECT_THAT(progress_line(counts(), 2, 3'000'000),
              StartsWith("[========================] 100 %  "));
  EXPECT_THAT(progress_line(counts(), 2, 1000), StartsWith("[========================] 100 %  "));
}

TEST(Progress, HasNoBarWhereTheLengthIsUnknown) {
  EXPECT_THAT(progress_line(counts(), 2, std::nullopt), StartsWith("1000 events  3.0 MB"));
}

TEST(Progress, ShowsAnIdWithoutControlCharacters) {
  auto evil = counts();
  evil.slowest = "a\x1b[2Jb";
  EXPECT_THAT(progress_line(evil, 2, std::nullopt), EndsWith("slowest 12.3 ms a [2Jb"));
}

TEST(Progress, NamesEventsThatCameLate) {
  auto late = counts();
  late.extract_seconds = 1.25;
  late.score_seconds = 0.5;
  EXPECT_THAT(closing_line(late), EndsWith("score 0.5 s"));
  late.late = 2;
  late.latest = std::chrono::minutes(90);
  EXPECT_THAT(closing_line(late), HasSubstr("2 events came after later ones, by at most 1.5 h"));
}

TEST(Progress, KnowsTheLengthOfFilesOnly) {
  const auto path = std::filesystem::path(testing::TempDir()) / "progress_test_file";
  std::ofstream(path) << "12345";
  EXPECT_EQ(bytes_of({path.string(), path.string()}), 10U);
  EXPECT_EQ(bytes_of({path.string(), "-"}), std::nullopt);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace wiremill::cli
