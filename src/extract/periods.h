#pragma once
// The times that a text speaks of: "2026년 1분기", "FY2026", "next year", "over four years",
// "2030년까지", made into dates with the help of the publication date and of the fiscal year.
//
//   PeriodReader reader;                                   // compiles its patterns once
//   for (const PeriodMention& m : reader.read("in the first quarter", 0)) …
//   resolve(m, "first quarter", published, 1);    // of a company whose year ends in January

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/fact.h"
#include "text/layout.h"

namespace wiremill::extract {

/// A time as it is written: what it says and what it leaves open.
struct PeriodMention {
  text::ByteRange span;
  model::Basis basis = model::Basis::kUnknown;
  std::optional<int> year;
  std::optional<int> end_year;  ///< of a span of years
  int relative = 0;             ///< years (or quarters) from now, when `is_relative`
  bool is_relative = false;
  int part = 0;                 ///< quarter 1…4, half 1…2, month 1…12
  bool fiscal = false;          ///< said to be
  bool calendar = false;        ///< named by a month: "the March quarter"

  /// False for "annual": a length without a place in time.
  bool has_date() const { return basis != model::Basis::kAnnual || year || is_relative; }
};

/// Threads: immutable, safe from any.
class PeriodReader {
 public:
  PeriodReader();
  ~PeriodReader();

  /// The mentions in a sentence, by place, none overlapping another. `offset` is added to spans.
  std::vector<PeriodMention> read(std::string_view sentence, std::size_t offset) const;

 private:
  struct Patterns;
  std::unique_ptr<const Patterns> patterns_;
};

/// Dates for a mention. A quarter without a year is the one nearest to the publication; it is a
/// fiscal one where the company's own calendar brings it near. `fiscal_year_end` is a month 1…12.
model::Period resolve(const PeriodMention& mention, std::string text, base::Instant published,
                      int fiscal_year_end);

}  // namespace wiremill::extract
