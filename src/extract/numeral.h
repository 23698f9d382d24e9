#pragma once
// Reads one numeral, whatever its spelling, as an exact number: "2,000", "2천7백억", "1조 2,000억",
// "1억6천400여만", "이천억", "1.5 billion", "seventy-five million", "half a billion".
//
// It reads numbers alone: currencies, ranges and hedges are figures.h's.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace wiremill::extract {

struct Numeral {
  std::size_t begin = 0;
  std::size_t end = 0;
  base::Decimal value;
  std::vector<int> magnitudes;  ///< powers of ten of 만, 억, million …, greatest first
  bool approximate = false;     ///< 여 stands in it
  bool spelled = false;         ///< in words, without a digit
  bool korean = false;          ///< holds 십, 백, 천, 만 …
  bool grouped = false;         ///< digits with thousands separators
  int decimals = 0;             ///< digits behind the decimal point
  /// "70b", "1.5m": a letter that means a magnitude next to a currency only. `letter_end` is where
  /// it ends, 0 when there is none.
  int letter_power = 0;
  std::size_t letter_end = 0;

  bool has_magnitude() const { return !magnitudes.empty(); }
};

/// The longest numeral that begins at `at`. nullopt when none begins there or what stands there is
/// bordered by more digits or numerals that do not belong to it: no value is better than half one.
/// Requires: text is normalised, `lower` its lower-case copy.
std::optional<Numeral> read_numeral(std::string_view text, std::string_view lower, std::size_t at);

/// A numeral may begin here: a digit that is not inside a number or a word, a Korean numeral at the
/// start of a word, or an English number word.
bool may_begin_numeral(std::string_view text, std::string_view lower, std::size_t at);

}  // namespace wiremill::extract
