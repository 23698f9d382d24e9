#pragma once
// An exact decimal number: amounts are never floats. 38 digits before an operation overflows,
// which is reported, never wrapped.
//
//   Decimal trillions = *Decimal::parse("3.5");
//   trillions.shifted(12)->text();          // "3500000000000"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wiremill::base {

/// value = coefficient / 10^scale, kept in lowest terms (no trailing zero with scale > 0).
/// Range: |coefficient| < 10^37, 0 <= scale <= 18. Operations that leave it return nullopt.
class Decimal {
 public:
  constexpr Decimal() = default;
  static Decimal of(std::int64_t whole);
  /// Reads [+-]digits[.digits], no exponent, no grouping. nullopt for anything else or overflow.
  static std::optional<Decimal> parse(std::string_view text);

  std::optional<Decimal> plus(const Decimal& other) const;
  std::optional<Decimal> minus(const Decimal& other) const;
  std::optional<Decimal> times(const Decimal& other) const;
  /// This times 10^digits; digits in -18…36.
  std::optional<Decimal> shifted(int digits) const;
  Decimal negated() const;
  Decimal magnitude() const { return is_negative() ? negated() : *this; }

  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  /// The shortest exact text: "200000000000", "-0.25".
  std::string text() const;
  /// The nearest double; for ratios and scores, never for amounts that are shown.
  double approximate() const;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;

 private:
  __extension__ using Wide = __int128;
  Decimal(Wide coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}
  static std::optional<Decimal> make(Wide coefficient, int scale);

  Wide coefficient_ = 0;
  int scale_ = 0;
};

}  // namespace wiremill::base
