#include "extract/periods.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace wiremill::extract {
namespace {

std::string date(const std::optional<std::chrono::year_month_day>& day) {
  if (!day) return "?";
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day->year()),
                     static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
}

/// The first period of a text published on 20 February 2026.
std::string period(const std::string& text, int fiscal_year_end = 12) {
  static const PeriodReader reader;
  const auto found = reader.read(text, 0);
  if (found.empty()) return "none";
  const auto resolved = resolve(found.front(), "", *base::parse_rfc3339("2026-02-20T00:00:00Z"),
                                fiscal_year_end);
  return fmt::format("{} {}…{}{}", model::name_of(resolved.basis), date(resolved.start),
                     date(resolved.end), resolved.fiscal ? " fiscal" : "");
}

TEST(Periods, ReadYears) {
  EXPECT_EQ(period("2026년 자본지출"), "annual 2026-01-01…2026-12-31 fiscal");
  EXPECT_EQ(period("capex in 2026."), "annual 2026-01-01…2026-12-31 fiscal");
  EXPECT_EQ(period("올해"), "annual 2026-01-01…2026-12-31 fiscal");
  EXPECT_EQ(period("next year"), "annual 2027-01-01…2027-12-31 fiscal");
  EXPECT_EQ(period("지난해"), "annual 2025-01-01…2025-12-31 fiscal");
}

TEST(Periods, HonourFiscalYears) {
  EXPECT_EQ(period("FY2026", 6), "annual 2025-07-01…2026-06-30 fiscal");
  EXPECT_EQ(period("fiscal 2027", 1), "annual 2026-02-01…2027-01-31 fiscal");
  EXPECT_EQ(period("2026년", 6), "annual 2026-01-01…2026-12-31");
}

TEST(Periods, ReadQuarters) {
  EXPECT_EQ(period("2026년 3분기"), "quarter 2026-07-01…2026-09-30");
  EXPECT_EQ(period("Q1 2026"), "quarter 2026-01-01…2026-03-31");
  EXPECT_EQ(period("first-quarter revenue"), "quarter 2026-01-01…2026-03-31");
  EXPECT_EQ(period("the fourth quarter"), "quarter 2025-10-01…2025-12-31");
  EXPECT_EQ(period("the October-December quarter"), "quarter 2025-10-01…2025-12-31");
  EXPECT_EQ(period("in the three months to September 2025"), "quarter 2025-07-01…2025-09-30");
  EXPECT_EQ(period("다음 분기"), "quarter 2026-04-01…2026-06-30");
  EXPECT_EQ(period("the March quarter"), "quarter 2026-01-01…2026-03-31");
}

TEST(Periods, TakeTheFiscalQuarterThatIsNear) {
  EXPECT_EQ(period("first quarter", 1), "quarter 2026-02-01…2026-04-30 fiscal");
  EXPECT_EQ(period("first quarter", 6), "quarter 2026-01-01…2026-03-31");
}

TEST(Periods, ReadMonthsHalvesAndSpans) {
  EXPECT_EQ(period("1월 CPI"), "month 2026-01-01…2026-01-31");
  EXPECT_EQ(period("in December"), "month 2025-12-01…2025-12-31");
  EXPECT_EQ(period("January 2026"), "month 2026-01-01…2026-01-31");
  EXPECT_EQ(period("올 상반기"), "half 2026-01-01…2026-06-30");
  EXPECT_EQ(period("2026~2029년"), "cumulative 2026-01-01…2029-12-31");
  EXPECT_EQ(period("over four years"), "cumulative ?…?");
  EXPECT_EQ(period("2030년까지"), "by_date ?…2030-12-31");
}

TEST(Periods, SeeNoneInOtherNumbers) {
  EXPECT_EQ(period("2000억 달러"), "none");
  EXPECT_EQ(period("may cut its plan"), "none");
  EXPECT_EQ(period("12월물이 아니다").substr(0, 5), "month");
}

}  // namespace
}  // namespace wiremill::extract
