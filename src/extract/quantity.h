#pragma once
// One number with its currency or unit: "$125억", "US$1.5mn", "2천억 달러", "25bp", "6 GW".

#include <optional>
#include <string>

#include "extract/document.h"
#include "extract/lexis.h"
#include "extract/numeral.h"
#include "model/figure.h"

namespace wiremill::extract {

struct Quantity {
  ByteRange span;  ///< with currency or unit
  Numeral numeral;
  std::optional<model::FigureKind> kind;  ///< none: a bare number
  std::string unit;
  std::string currency;
  bool prefixed = false;   ///< the currency stands before the number
  bool doubtful = false;   ///< a sign that several currencies share
  std::vector<std::string> candidates;
  bool negative = false;
  int cents = 0;  ///< 2 when the amount is in hundredths

  base::Decimal value() const;
  bool is_year() const;  ///< a bare number that may be a year
  /// Takes a letter such as "b" for a magnitude: there is a currency, here or in the range.
  void settle_letter();
};

/// The quantity whose number begins at `at`. nullopt when no number can be read there. What stands
/// before `floor` belongs to another one.
std::optional<Quantity> read_quantity(const FieldText& field, const Lexis& lexis, std::size_t at,
                                      std::size_t floor = 0);

}  // namespace wiremill::extract
