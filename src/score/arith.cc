#include "score/arith.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/assert.h"

namespace wiremill::score {
namespace {

// IEEE 754 binary64.
constexpr int kMantissaBits = 52;
constexpr int kBias = 1023;
constexpr int kExponentLow = -1022;
constexpr int kExponentHigh = 1023;
constexpr std::uint64_t kExponentMask = 0x7FF;
constexpr std::uint64_t kMantissaMask = (std::uint64_t{1} << kMantissaBits) - 1;

constexpr double kLn2 = 0.693147180559945309417;
// The upper 32 bits of ln 2 and the rest: exponent times the first is exact.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kLog2OfE = 1.44269504088896340736;
constexpr double kSqrt2 = 1.41421356237309504880;

double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + kBias) << kMantissaBits);
}

int exponent_of(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x) >> kMantissaBits;
  return static_cast<int>(bits & kExponentMask) - kBias;
}

/// The nearest whole number; |x| is small.
int nearest(double x) { return static_cast<int>(x < 0 ? x - 0.5 : x + 0.5); }

/// 1/0!, 1/1!, … 1/13!
constexpr auto kInverseFactorials = [] {
  std::array<double, 14> inverse{};
  double factorial = 1;  // exact: 13! has 33 bits
  for (std::size_t k = 0; k < inverse.size(); ++k) {
    if (k > 0) factorial *= static_cast<double>(k);
    inverse[k] = 1 / factorial;
  }
  return inverse;
}();

/// e^y for |y| <= ln 2 / 2: the Taylor series to y^13; the rest is below 2e-17.
double exp_small(double y) {
  double sum = 0;
  for (std::size_t k = kInverseFactorials.size(); k-- > 0;) sum = sum * y + kInverseFactorials[k];
  return sum;
}

}  // namespace

double exp2(double x) {
  if (x < kExponentLow) return 0;
  if (x >= kExponentHigh + 1) return std::bit_cast<double>(0x7FEFFFFFFFFFFFFFULL);
  int whole = nearest(x);
  double scale = 1;
  if (whole > kExponentHigh) {  // 2^1024 itself has no exponent bits
    --whole;
    scale = 2;
  }
  const double rest = exp_small((x - nearest(x)) * kLn2) * scale;
  return rest * power_of_two(whole);
}

double ln(double x) {
  WIREMILL_ASSERT(x >= power_of_two(kExponentLow));
  int exponent = exponent_of(x);
  const std::uint64_t mantissa = std::bit_cast<std::uint64_t>(x) & kMantissaMask;
  double m = std::bit_cast<double>(mantissa | (std::uint64_t{kBias} << kMantissaBits));
  if (m > kSqrt2) {
    m = m / 2;
    ++exponent;
  }
  // ln m = 2 atanh f with |f| < 0.1716: the series to f^23; the rest is below 1e-18 of it.
  static constexpr int kOddPowerMax = 23;
  const double f = (m - 1) / (m + 1);
  const double square = f * f;
  double sum = 0;
  for (int k = kOddPowerMax; k >= 3; k -= 2) sum = (sum + 1.0 / k) * square;
  const double of_mantissa = 2 * f + 2 * f * sum;
  return exponent * kLn2High + (exponent * kLn2Low + of_mantissa);
}

double exp(double x) { return exp2(x * kLog2OfE); }

double sqrt(double x) {
  if (x < power_of_two(kExponentLow)) return 0;
  // Half the exponent is a guess within a factor of 1.5; each step of Newton doubles the digits.
  static constexpr int kSteps = 6;
  double root = power_of_two(exponent_of(x) / 2);
  for (int i = 0; i < kSteps; ++i) root = (root + x / root) / 2;
  return root;
}

std::int64_t thousandths(double x) {
  static constexpr double kGreatest = 9e18;  // below 2^63
  const double scaled = std::clamp(x * 1000, -kGreatest, kGreatest);
  return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

}  // namespace wiremill::score
