#pragma once
// The words and signs that numbers are written with, in both languages. Language, not knowledge of
// any desk, so it stands in the code.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/decimal.h"
#include "extract/numeral.h"

namespace wiremill::extract {

struct KoreanSign {
  enum Kind { kDigit, kSmall, kBig } kind = kDigit;
  std::int64_t value = 0;  ///< the digit, or the power of ten
  std::size_t end = 0;
};

/// 일…구, 십 백 천, 만 억 조 경 and their Chinese characters.
std::optional<KoreanSign> korean_numeral_at(std::string_view text, std::size_t at);

/// Something that Korean counts stands here (원, 달러, 명, 개 …): the number before it is complete.
bool counts_something(std::string_view text, std::size_t at);

/// Money is counted here; percent.
bool counts_money(std::string_view text, std::size_t at);
bool counts_percent(std::string_view text, std::size_t at);

/// "마이너스", "minus", "negative" end the text, one blank behind them allowed: -1; "플러스": 1; else 0.
int sign_word_before(std::string_view text);
inline bool ends_with_sign_word(std::string_view text) { return sign_word_before(text) != 0; }

struct MagnitudeWord {
  int power = 0;
  std::size_t end = 0;
  bool needs_currency = false;  ///< "m", "b", "k": something else without a currency
};

/// "million", "bn", "trn", "k" as a whole word.
std::optional<MagnitudeWord> magnitude_word(std::string_view lower, std::size_t at);

/// 3/4 with a denominator that halving gives: 2, 4, 8 … 64.
std::optional<base::Decimal> binary_fraction(std::string_view above, std::string_view below);

}  // namespace wiremill::extract
