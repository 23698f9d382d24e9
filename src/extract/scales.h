#pragma once
// "(in millions, except per share data)", "(단위: 백만원)", "계약금액(원): 1,000": what bare figures in
// a table or behind a label mean.

#include <optional>
#include <string>
#include <vector>

#include "extract/quantity.h"

namespace wiremill::extract {

/// The scale headers of a field and how far each reaches: to the end of its line and over the table
/// rows and rows of numbers below it.
class Scales {
 public:
  Scales(const FieldText& field, const Lexis& lexis);

  /// The place stands in the words of a header: the 백만 of "(단위: 백만원)" is no amount.
  bool is_header(std::size_t at) const;
  bool applies(const Quantity& quantity) const;
  /// Multiplies the number and gives it the header's currency. Requires: applies(quantity).
  void scale(Quantity& quantity) const;

 private:
  struct Header {
    ByteRange words;
    ByteRange reach;
    int power = 0;
    std::string currency;
    bool except_per_share = false;
    bool mixed = false;  ///< percentages stand among the amounts
  };
  const Header* last_header(std::size_t at) const;
  const Header* header_of(const Quantity& quantity) const;
  std::size_t reach_end(std::size_t from) const;
  bool is_row(std::string_view line) const;
  std::string currency_within(const ByteRange& reach) const;
  std::size_t row_begin(std::size_t at) const;
  bool is_small_amount(const Header& header, const Quantity& quantity, std::size_t from) const;
  bool is_loss(const Quantity& quantity) const;

  const FieldText& field_;
  const Lexis& lexis_;
  std::vector<Header> headers_;
};

/// Takes the unit that the label of the line or row gives its only figure: "계약금액 총액(원): 1,000",
/// "투자금액(백만원) 350", "매출액대비(%) 2.7". False when no label does.
bool take_unit_of_label(const FieldText& field, const Lexis& lexis, Quantity& quantity);

}  // namespace wiremill::extract
