#include "base/time.h"

#include <gtest/gtest.h>

namespace wiremill::base {
namespace {

TEST(Rfc3339, ReadsOffsetsIntoUtc) {
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06T09:10:00+09:00")), "2026-02-06T00:10:00Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-05T19:10:00-05:00")), "2026-02-06T00:10:00Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06t00:10:00z")), "2026-02-06T00:10:00Z");
}

TEST(Rfc3339, KeepsFractionsToTheMicrosecond) {
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06T00:10:00.120Z")), "2026-02-06T00:10:00.120Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06T00:10:00.123456Z")),
            "2026-02-06T00:10:00.123456Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06T00:10:00.1234567Z")),
            "2026-02-06T00:10:00.123456Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-02-06T00:10:00.000Z")), "2026-02-06T00:10:00Z");
}

TEST(Rfc3339, RefusesTimesWithoutAZoneAndImpossibleDates) {
  for (const char* text :
       {"", "2026-02-06", "2026-02-06T00:10:00", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-02-06T24:00:00Z", "2026-02-06T00:60:00Z", "20260206T001000Z", "2026-02-06T00:10Z",
        "2026-02-06T00:10:00.Z", "2026-02-06T00:10:00+9:00", "2026-02-06T00:10:00Zx",
        "1800-01-01T00:00:00Z", "-026-02-06T00:10:00Z"}) {
    const auto at = parse_rfc3339(text);
    ASSERT_FALSE(at) << text;
    EXPECT_EQ(at.error().reason, "bad_time");
  }
}

TEST(Instant, FloorsToTheGridBeforeAndAfter1970) {
  const auto minute = std::chrono::minutes(1);
  EXPECT_EQ(to_rfc3339(floor_to(*parse_rfc3339("2026-02-06T00:10:59.999999Z"), minute)),
            "2026-02-06T00:10:00Z");
  EXPECT_EQ(to_rfc3339(floor_to(*parse_rfc3339("1969-12-31T23:59:30Z"), minute)),
            "1969-12-31T23:59:00Z");
}

TEST(Instant, ConvertsToUnixMillisecondsAndBack) {
  const Instant at = *parse_rfc3339("2026-02-06T00:10:00.120Z");
  EXPECT_EQ(from_unix_ms(to_unix_ms(at)), at);
  EXPECT_EQ(to_unix_ms(Instant(std::chrono::microseconds(-1))), -1);
}

TEST(Deadline, HasPassedWhenItsSpanIsZero) {
  EXPECT_TRUE(Deadline::in(std::chrono::milliseconds(0)).passed());
  EXPECT_FALSE(Deadline::never().passed());
  EXPECT_EQ(Deadline::in(std::chrono::milliseconds(0)).left().count(), 0);
  EXPECT_GT(Deadline::in(std::chrono::hours(1)).left(), std::chrono::minutes(59));
}

TEST(SimulatedClock, MovesOnlyWhenTold) {
  SimulatedClock clock(from_unix_ms(0));
  clock.advance(std::chrono::seconds(5));
  EXPECT_EQ(clock.now(), from_unix_ms(5000));
  clock.set(from_unix_ms(1));
  EXPECT_EQ(clock.now(), from_unix_ms(1));
}

}  // namespace
}  // namespace wiremill::base
