#include "score/arith.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace wiremill::score {
namespace {

constexpr double kRelative = 1e-13;

void expect_near(double ours, double theirs, double x) {
  EXPECT_LE(std::abs(ours - theirs), kRelative * std::abs(theirs)) << "at " << x;
}

TEST(Arith, Exp2AgreesWithTheLibraryOverItsWholeRange) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> any(-1021, 1023);
  for (int i = 0; i < 200'000; ++i) {
    const double x = any(random);
    expect_near(exp2(x), std::exp2(x), x);
  }
  for (double x = -2; x <= 2; x += 1e-4) expect_near(exp2(x), std::exp2(x), x);
}

TEST(Arith, Exp2IsExactAtWholeNumbersAndEndsInsteadOfOverflowing) {
  for (int n = -1022; n <= 1023; ++n) EXPECT_EQ(exp2(n), std::ldexp(1.0, n));
  EXPECT_EQ(exp2(-1023), 0);
  EXPECT_EQ(exp2(-1e300), 0);
  EXPECT_EQ(exp2(1024), std::numeric_limits<double>::max());
  expect_near(exp2(1023.75), std::exp2(1023.75), 1023.75);
}

TEST(Arith, LnAgreesWithTheLibrary) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> power(-700, 700);
  for (int i = 0; i < 200'000; ++i) {
    const double x = std::exp(power(random));
    expect_near(ln(x), std::log(x), x);
  }
  for (double x = 0.5; x <= 2; x += 1e-5) expect_near(ln(x), std::log(x), x);
  EXPECT_EQ(ln(1), 0);
  EXPECT_DEATH(ln(0), "ln|x >=");
}

TEST(Arith, ExpAndSquareRootAgreeWithTheLibrary) {
  for (double x = -20; x <= 20; x += 1e-3) expect_near(exp(x), std::exp(x), x);
  for (double x = 1e-12; x < 1e12; x *= 1.01) expect_near(sqrt(x), std::sqrt(x), x);
  EXPECT_EQ(sqrt(0), 0);
  EXPECT_EQ(sqrt(4), 2);
}

TEST(Arith, ResultsHaveTheSameBitsEverywhere) {
  // Printed once on x86-64; another machine, another library or a fused multiply-add must agree.
  EXPECT_EQ(std::bit_cast<std::uint64_t>(exp2(-7.0 / 24)), 0x3fea248487c197b8ULL);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(ln(0.4)), 0xbfed5240f0e0e077ULL);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(sqrt(0.2)), 0x3fdc9f25c5bfeddaULL);
}

TEST(Arith, ThousandthsRoundsHalvesAwayFromZero) {
  EXPECT_EQ(thousandths(0.1504), 150);
  EXPECT_EQ(thousandths(0.1505001), 151);
  EXPECT_EQ(thousandths(-0.1505001), -151);
  EXPECT_EQ(thousandths(-0.0004), 0);
  EXPECT_EQ(thousandths(1e300), 9'000'000'000'000'000'000);
}

}  // namespace
}  // namespace wiremill::score
