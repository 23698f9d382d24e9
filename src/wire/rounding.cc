#include "wire/rounding.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/assert.h"

namespace wiremill::wire {

double rounded(double value, int decimals) {
  // Below this every step has room for its rounding errors; a power of ten, so that rounding up to
  // it does not leave the decimals that the next rounding would keep.
  constexpr double kStepsMax = 1e15;
  double step = 1;
  for (int i = 0; i < decimals; ++i) step *= 10;
  while (step > 1 && std::abs(value) * step >= kStepsMax) step /= 10;
  if (!(std::abs(value) < kStepsMax)) return value;
  const double result = std::round(value * step) / step;
  return result == 0 ? 0 : result;
}

std::string decimal_text(double value) {
  WIREMILL_ASSERT(std::isfinite(value));
  std::array<char, 400> text{};  // the longest double without exponent has 327 characters
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value + 0.0,
                                 std::chars_format::fixed);
  std::string digits(text.data(), end.ptr);
  // Readers take a number without a point for an integer, and refuse one beyond 64 bits.
  constexpr double kIntegerMax = 9e18;
  if (std::abs(value) > kIntegerMax && digits.find('.') == std::string::npos) digits += ".0";
  return digits;
}

}  // namespace wiremill::wire
