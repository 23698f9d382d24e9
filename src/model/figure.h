#pragma once
// Figures: the numbers that a text states, with their exact values and where they stand.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "model/names.h"

namespace wiremill::model {

enum class Field { kHeadline, kBody };
template <>
struct NameTable<Field> {
  static constexpr std::array<std::string_view, 2> kNames{"headline", "body"};
};

/// Half-open [start, end) in Unicode code points of the field as received; `text` repeats them.
struct Span {
  Field field = Field::kBody;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string text;
  bool operator==(const Span&) const = default;
};

enum class FigureKind {
  kMoney, kPercent, kPercentagePoints, kBasisPoints, kMultiple,
  kPower, kEnergy, kDuration, kQuantity, kCount
};
template <>
struct NameTable<FigureKind> {
  static constexpr std::array<std::string_view, 10> kNames{
      "money", "percent", "percentage_points", "basis_points", "multiple",
      "power", "energy", "duration", "quantity", "count"};
};

enum class Bound { kExact, kAbout, kRange, kAtLeast, kMoreThan, kAtMost, kLessThan, kVague };
template <>
struct NameTable<Bound> {
  static constexpr std::array<std::string_view, 8> kNames{
      "exact", "about", "range", "at_least", "more_than", "at_most", "less_than", "vague"};
};

enum class CurrencyBasis { kStated, kInferred };
template <>
struct NameTable<CurrencyBasis> {
  static constexpr std::array<std::string_view, 2> kNames{"stated", "inferred"};
};

enum class FigureRole { kLevel, kChange, kDifference };
template <>
struct NameTable<FigureRole> {
  static constexpr std::array<std::string_view, 3> kNames{"level", "change", "difference"};
};

/// Units: money in units of the currency, percent in percent, basis points in bp, power in `unit`
/// (GW, MW). exact and about have low = high; at_least and more_than no high; at_most and
/// less_than no low; vague the bounds that follow from the words, or none.
struct Figure {
  std::string id;  ///< "f1", unique in its record
  Span span;
  FigureKind kind = FigureKind::kMoney;
  std::string unit;  ///< "GW", "GPU", …; empty when the kind says it all
  std::optional<base::Decimal> low;
  std::optional<base::Decimal> high;
  Bound bound = Bound::kExact;
  std::string currency;  ///< ISO 4217; empty unless money
  std::optional<CurrencyBasis> currency_basis;
  std::vector<std::string> currency_candidates;
  std::string per;  ///< "share", "barrel", …: a rate, never a size; empty otherwise
  FigureRole role = FigureRole::kLevel;
  std::string same_as;   ///< id of the figure that this one repeats
  std::string converts;  ///< id of the figure that this one restates in another currency
  std::vector<std::string> alternatives;  ///< ids of figures that contradict it
  std::vector<std::string> flags;

  /// The number that stands for the figure in scoring: the midpoint of a range, the one bound
  /// that is there, nullopt when vague without bounds.
  std::optional<base::Decimal> representative() const;
  bool operator==(const Figure&) const = default;
};

}  // namespace wiremill::model
