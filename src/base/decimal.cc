#include "base/decimal.h"

#include <algorithm>

namespace wiremill::base {
namespace {

__extension__ using Wide = __int128;
constexpr int kScaleMax = 18;
constexpr int kDigitsMax = 37;

constexpr Wide power_of_ten(int digits) {
  Wide value = 1;
  for (int i = 0; i < digits; ++i) value *= 10;
  return value;
}

constexpr Wide kLimit = power_of_ten(kDigitsMax);

/// coefficient * 10^digits, or nullopt past the limit.
std::optional<Wide> scaled(Wide coefficient, int digits) {
  for (int i = 0; i < digits; ++i) {
    if (coefficient >= kLimit / 10 || coefficient <= -kLimit / 10) return std::nullopt;
    coefficient *= 10;
  }
  return coefficient;
}

}  // namespace

std::optional<Decimal> Decimal::make(Wide coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  if (scale > kScaleMax || coefficient >= kLimit || coefficient <= -kLimit) return std::nullopt;
  return Decimal(coefficient, scale);
}

Decimal Decimal::of(std::int64_t whole) { return Decimal(whole, 0); }

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Wide coefficient = 0;
  int scale = 0;
  bool dot = false;
  bool digit_last = false;
  for (const char c : text) {
    if (c == '.' && !dot && digit_last) {
      dot = true;
      digit_last = false;
      continue;
    }
    if (c < '0' || c > '9' || coefficient >= kLimit / 10) return std::nullopt;
    coefficient = coefficient * 10 + (c - '0');
    scale += dot ? 1 : 0;
    digit_last = true;
  }
  if (!digit_last) return std::nullopt;
  return make(negative ? -coefficient : coefficient, scale);
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  const auto a = scaled(coefficient_, scale - scale_);
  const auto b = scaled(other.coefficient_, scale - other.scale_);
  if (!a || !b) return std::nullopt;
  return make(*a + *b, scale);
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const { return plus(other.negated()); }

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  Wide product = 0;
  if (__builtin_mul_overflow(coefficient_, other.coefficient_, &product)) return std::nullopt;
  return make(product, scale_ + other.scale_);
}

std::optional<Decimal> Decimal::shifted(int digits) const {
  if (digits < -kScaleMax || digits > kDigitsMax - 1) return std::nullopt;
  const int scale = scale_ - digits;
  if (scale >= 0) return make(coefficient_, scale);
  const auto coefficient = scaled(coefficient_, -scale);
  return coefficient ? make(*coefficient, 0) : std::nullopt;
}

Decimal Decimal::negated() const { return Decimal(-coefficient_, scale_); }

std::string Decimal::text() const {
  Wide rest = coefficient_ < 0 ? -coefficient_ : coefficient_;
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  } while (rest != 0);
  while (static_cast<int>(digits.size()) <= scale_) digits.push_back('0');
  std::reverse(digits.begin(), digits.end());
  if (scale_ > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale_), 1, '.');
  return (coefficient_ < 0 ? "-" : "") + digits;
}

double Decimal::approximate() const {
  return static_cast<double>(coefficient_) / static_cast<double>(power_of_ten(scale_));
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto difference = a.minus(b);
  if (difference) return difference->coefficient_ <=> Wide{0};
  // Only values too far apart to share a scale overflow; the one with more whole digits is greater.
  const double x = a.approximate();
  const double y = b.approximate();
  return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace wiremill::base
