#include "telemetry/log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wiremill::telemetry {
namespace {

using std::chrono::seconds;

class LogTest : public testing::Test {
 protected:
  Log make(LogOptions options = {}) {
    options.sink = [this](std::string_view line) { lines_.emplace_back(line); };
    return Log(std::move(options), clock_);
  }

  base::SimulatedClock clock_{base::Instant(seconds(1770336600))};
  std::vector<std::string> lines_;
};

TEST_F(LogTest, WritesOneLogfmtLineWithTimeLevelAndEventFirst) {
  Log log = make();
  log.write(LogLevel::kWarning, "dead_letter",
            {{"reason", "bad_json"}, {"offset", 4711}, {"share", 0.25}, {"last", true}});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(lines_[0],
            "ts=2026-02-06T00:10:00Z level=warning event=dead_letter reason=bad_json offset=4711 "
            "share=0.25 last=true\n");
}

TEST_F(LogTest, WritesJsonWithNumbersAsNumbers) {
  Log log = make({.format = LogFormat::kJson});
  log.write(LogLevel::kInfo, "restored", {{"lane", "score.3"}, {"records", std::uint64_t{12}}});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(lines_[0],
            "{\"ts\":\"2026-02-06T00:10:00Z\",\"level\":\"info\",\"event\":\"restored\","
            "\"lane\":\"score.3\",\"records\":12}\n");
}

TEST_F(LogTest, WritesANumberThatIsNoNumberAsNull) {
  Log log = make({.format = LogFormat::kJson});
  log.write(LogLevel::kInfo, "e", {{"x", std::numeric_limits<double>::quiet_NaN()}});
  EXPECT_NE(lines_.at(0).find("\"x\":null"), std::string::npos);
}

TEST_F(LogTest, QuotesValuesThatWouldBeReadWrongly) {
  Log log = make();
  log.write(LogLevel::kInfo, "e",
            {{"a", ""}, {"b", "two words"}, {"c", "k=v"}, {"d", "say \"hi\""}, {"f", "아마존"}});
  EXPECT_EQ(lines_.at(0),
            "ts=2026-02-06T00:10:00Z level=info event=e a=\"\" b=\"two words\" c=\"k=v\" "
            "d=\"say \\\"hi\\\"\" f=\"아마존\"\n");
}

TEST_F(LogTest, TextFromOutsideCannotForgeALineOrTurnTheTerminal) {
  Log log = make();
  log.write(LogLevel::kInfo, "e",
            {{"text", "a\nts=fake\x1b[31m\tb\xe2\x80\xae"
                      "c\xff"}});
  EXPECT_EQ(lines_.at(0),
            "ts=2026-02-06T00:10:00Z level=info event=e "
            "text=\"a\\nts=fake\\u001b[31m\\tb\\u202ec\\ufffd\"\n");
}

TEST_F(LogTest, ShortensLongValuesBetweenCodePoints) {
  Log log = make({.value_bytes_max = 7});
  log.write(LogLevel::kInfo, "e", {{"text", "아마존닷컴"}});
  EXPECT_EQ(lines_.at(0), "ts=2026-02-06T00:10:00Z level=info event=e text=\"아마…\"\n");
}

TEST_F(LogTest, NeverWritesASecret) {
  Log log = make({.secrets = {"hunter2", ""}});
  log.write(LogLevel::kError, "e", {{"text", "sasl user=x pw=hunter2, again hunter2"}});
  EXPECT_EQ(lines_.at(0).find("hunter2"), std::string::npos);
  EXPECT_NE(lines_.at(0).find("pw=***, again ***"), std::string::npos);
}

TEST_F(LogTest, ASecretIsHiddenBeforeTheValueIsShortened) {
  Log log = make({.value_bytes_max = 8, .secrets = {"hunter2hunter2"}});
  log.write(LogLevel::kError, "e", {{"text", "xhunter2hunter2"}});
  EXPECT_EQ(lines_.at(0).find("hunter2"), std::string::npos);
}

TEST_F(LogTest, LeavesOutLinesBelowItsLevel) {
  Log log = make({.level = LogLevel::kWarning});
  log.write(LogLevel::kInfo, "quiet", {});
  log.write(LogLevel::kWarning, "loud", {});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_NE(lines_[0].find("event=loud"), std::string::npos);
}

TEST_F(LogTest, AFloodIsCutAndSaysHowMuchWasCut) {
  Log log = make({.lines_max = 2, .window = seconds(10)});
  for (int i = 0; i < 5; ++i) log.write(LogLevel::kInfo, "flood", {{"i", i}});
  log.write(LogLevel::kInfo, "other", {});
  ASSERT_EQ(lines_.size(), 3U) << "another event has its own budget";
  clock_.advance(seconds(10));
  log.write(LogLevel::kInfo, "flood", {{"i", 5}});
  log.write(LogLevel::kInfo, "flood", {{"i", 6}});
  ASSERT_EQ(lines_.size(), 5U);
  EXPECT_NE(lines_[3].find("i=5 suppressed=3\n"), std::string::npos);
  EXPECT_NE(lines_[4].find("i=6\n"), std::string::npos);
}

TEST_F(LogTest, AFloodThatEndsIsStillAccountedFor) {
  {
    Log log = make({.lines_max = 1});
    for (int i = 0; i < 4; ++i) log.write(LogLevel::kInfo, "flood", {});
  }
  ASSERT_EQ(lines_.size(), 2U);
  EXPECT_NE(lines_[1].find("event=log_suppressed code=flood suppressed=3\n"), std::string::npos);
}

}  // namespace
}  // namespace wiremill::telemetry
