#include "cli/wording.h"

#include <gtest/gtest.h>

namespace wiremill::cli {
namespace {

TEST(Wording, AmountsAreShortAndKeepTheirBounds) {
  EXPECT_EQ(amount_text({"200000000000", "200000000000", "exact", "USD"}), "200 bn USD");
  EXPECT_EQ(amount_text({"382820000000", "382820000000", "about", "USD"}), "~382.82 bn USD");
  EXPECT_EQ(amount_text({"70000000000", "90000000000", "range", "USD"}), "70–90 bn USD");
  EXPECT_EQ(amount_text({"2400000000000", "2400000000000", "exact", "KRW"}), "2.4 tn KRW");
  EXPECT_EQ(amount_text({"125000000", "", "at_least", "USD"}), "≥ 125 mn USD");
  EXPECT_EQ(amount_text({"", "100000000000", "at_most", "USD"}), "≤ 100 bn USD");
  EXPECT_EQ(amount_text({"-0.25", "-0.25", "exact", "percentage_points"}), "−0.25 points");
  EXPECT_EQ(amount_text({"350000", "350000", "exact", "GPU"}), "350,000 GPU");
  EXPECT_EQ(amount_text({"6", "6", "exact", "count"}), "6");
  EXPECT_EQ(amount_text({"", "", "vague", "USD"}), "not said exactly");
  EXPECT_EQ(amount_text({"", "", "exact", "USD"}), "");
}

TEST(Wording, ReadsTheTextsOfEvidenceAndHistory) {
  EXPECT_EQ(amount_of("200000000000 USD"), "200 bn USD");
  EXPECT_EQ(amount_of("5…7 percent"), "5–7 %");
  EXPECT_EQ(amount_of("-0.12 tone"), "−0.12 tone");
  EXPECT_EQ(amount_of("nothing that is a number"), "nothing that is a number");
  EXPECT_EQ(amount_of(""), "");
  EXPECT_EQ(history_text("guided 125000000000 USD"), "guided 125 bn USD");
  EXPECT_EQ(history_text("denied in_talks 1000000 EUR"), "denied in talks 1 mn EUR");
  EXPECT_EQ(number_in("guided 70…90 USD"), 80);
  EXPECT_EQ(number_in("125 USD"), 125);
  EXPECT_EQ(number_in("guided"), std::nullopt);
}

TEST(Wording, PeriodsOfWholeYearsAreSaidAsYears) {
  EXPECT_EQ(period_text("FY2026"), "FY2026");
  EXPECT_EQ(period_text("by_date ..2028-12-31"), "by 2028");
  EXPECT_EQ(period_text("by_date ..2028-06-30"), "by 2028-06-30");
  EXPECT_EQ(period_text("cumulative 2026-01-01..2029-12-31"), "2026–2029");
  EXPECT_EQ(period_text("forward_window 2026-03-01.."), "from 2026-03-01");
  EXPECT_EQ(period_text("over the next two years"), "over the next two years");
}

TEST(Wording, SignsAreTrueAndZeroHasNone) {
  EXPECT_EQ(signed_text(3.24, 1), "+3.2");
  EXPECT_EQ(signed_text(-3.25, 1), "−3.2");
  EXPECT_EQ(signed_text(-0.04, 1), "0.0");
}

TEST(Wording, TimesAreUtc) {
  const base::Instant at = *base::parse_rfc3339("2026-02-06T09:05:59+09:00");
  EXPECT_EQ(day_text(at), "6 Feb 2026");
  EXPECT_EQ(minute_text(at), " 6 Feb 00:05");
}

}  // namespace
}  // namespace wiremill::cli
