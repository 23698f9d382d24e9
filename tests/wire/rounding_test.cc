#include "wire/rounding.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <random>

namespace wiremill::wire {
namespace {

TEST(Rounding, KeepsAtMostSoManyDecimalsInShortestForm) {
  EXPECT_EQ(decimal_text(rounded(0.93000001, 4)), "0.93");
  EXPECT_EQ(decimal_text(rounded(2.0 / 3, 4)), "0.6667");
  EXPECT_EQ(decimal_text(rounded(-2.0 / 3, 6)), "-0.666667");
  EXPECT_EQ(decimal_text(rounded(1, 4)), "1");
  EXPECT_EQ(decimal_text(rounded(0.00005, 4)), "0.0001");
  EXPECT_EQ(decimal_text(rounded(1e300, 6)).size(), 303U);
  EXPECT_EQ(decimal_text(1e18), "1000000000000000000");
  EXPECT_EQ(decimal_text(-1e19), "-10000000000000000000.0");
}

TEST(Rounding, HasNoMinusZero) {
  EXPECT_EQ(decimal_text(-0.0), "0");
  EXPECT_FALSE(std::signbit(rounded(-0.00001, 4)));
}

TEST(Rounding, IsIdempotentAndItsTextReadsBackAsTheSameDouble) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-8, 18);
  for (int i = 0; i < 100'000; ++i) {
    const double value = std::pow(10, exponent(random)) * (i % 2 == 0 ? 1 : -1);
    for (const int decimals : {kFactsDecimals, kSignalDecimals}) {
      const double once = rounded(value, decimals);
      ASSERT_EQ(rounded(once, decimals), once) << value;
      const std::string text = decimal_text(once);
      double read = 0;
      std::from_chars(text.data(), text.data() + text.size(), read);
      ASSERT_EQ(read, once) << text;
      const std::size_t dot = text.find('.');
      if (dot != std::string::npos) {
        ASSERT_LE(text.size() - dot - 1, static_cast<std::size_t>(decimals)) << value;
      }
    }
  }
}

TEST(RoundingDeathTest, ANumberThatIsNotFiniteIsABug) {
  EXPECT_DEATH(static_cast<void>(decimal_text(std::numeric_limits<double>::infinity())),
               "assertion failed");
}

}  // namespace
}  // namespace wiremill::wire
