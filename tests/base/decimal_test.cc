#include "base/decimal.h"

#include <gtest/gtest.h>

#include <random>

namespace wiremill::base {
namespace {

Decimal decimal(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal());
}

TEST(Decimal, KeepsEveryDigitOfLargeAndSmallNumbers) {
  for (const char* text : {"0", "120450789000000000", "0.1", "-0.25", "9999999999999999999999999",
                           "0.000000000000000001"}) {
    EXPECT_EQ(decimal(text).text(), text);
  }
}

TEST(Decimal, WritesTheShortestForm) {
  EXPECT_EQ(decimal("1.500").text(), "1.5");
  EXPECT_EQ(decimal("007").text(), "7");
  EXPECT_EQ(decimal("-0").text(), "0");
  EXPECT_EQ(decimal("+3").text(), "3");
}

TEST(Decimal, RefusesWhatIsNotADecimalNumber) {
  for (const char* text : {"", ".", "1.", ".5", "1e9", "1,000", " 1", "1 ", "--1", "1.2.3",
                           "12345678901234567890123456789012345678901"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

TEST(Decimal, ShiftsByPowersOfTenWithoutRounding) {
  EXPECT_EQ(decimal("3.5").shifted(12)->text(), "3500000000000");
  EXPECT_EQ(decimal("25").shifted(-2)->text(), "0.25");
  EXPECT_FALSE(decimal("1").shifted(37));
  EXPECT_FALSE(decimal("0.5").shifted(-18));
}

TEST(Decimal, ReportsOverflowInsteadOfWrapping) {
  const Decimal large = decimal("9999999999999999999999999999999999999");
  EXPECT_FALSE(large.plus(Decimal::of(1)));
  EXPECT_FALSE(large.times(large));
}

TEST(Decimal, OrdersByValueAcrossScales) {
  EXPECT_LT(decimal("0.5"), decimal("0.51"));
  EXPECT_EQ(decimal("2.50"), decimal("2.5"));
  EXPECT_GT(decimal("9999999999999999999999999999999999999"), decimal("0.000000000000000001"));
  EXPECT_LT(decimal("-1"), decimal("0"));
}

TEST(Decimal, AgreesWithIntegerArithmeticOnRandomNumbers) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> number(-2'000'000'000, 2'000'000'000);
  for (int i = 0; i < 2000; ++i) {
    const std::int64_t a = number(random);
    const std::int64_t b = number(random);
    EXPECT_EQ(Decimal::of(a).plus(Decimal::of(b))->text(), std::to_string(a + b));
    EXPECT_EQ(Decimal::of(a).minus(Decimal::of(b))->text(), std::to_string(a - b));
    EXPECT_EQ(Decimal::of(a).times(Decimal::of(b))->text(), std::to_string(a * b));
    EXPECT_EQ(Decimal::of(a) < Decimal::of(b), a < b);
  }
}

}  // namespace
}  // namespace wiremill::base
