#pragma once
// Two numbers that are one amount: "$70-90bn", "1.2조~1조5000억원", "between $950 million and
// $1.1 billion"; and pairs of old and new, which share their units but stay two.

#include <optional>

#include "extract/quantity.h"

namespace wiremill::extract {

struct Range {
  Quantity low;
  Quantity high;
  bool pair = false;  ///< "600억에서 650억 달러로": two amounts
};

/// The range that `first` begins. Currency and magnitude are shared only while the result stays a
/// range: "5000~1만 원" is 5,000 to 10,000. nullopt when what follows is none.
std::optional<Range> read_range(const FieldText& field, const Lexis& lexis, const Quantity& first);

}  // namespace wiremill::extract
