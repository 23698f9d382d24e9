#pragma once
// The gate: an amount that cannot be true, by a known figure of the same company, holds its fact.
//
//   const Plausibility plausibility(catalogue);
//   if (const auto doubt = plausibility.doubt(record, fact)) { doubt->flag; doubt->because; }
//
// A held fact is shown with its reason and never becomes evidence. The gate is wide on purpose: a
// plan that doubles is news. It holds a slip by a power of ten, a lost unit, a quarter larger than
// its year allows, a contract beyond its supplier's size, a percentage beyond its range. A
// conversion at a rate that never was is flagged: the amount in the first currency stands. The
// limits and the known figures are in deploy/catalog/reference.yaml. It does not mend: the likely
// reading is named, not taken.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// Why a fact cannot be true.
struct Doubt {
  std::string flag;     ///< magnitude_slip, basis_doubt, out_of_range, fx_off
  std::string because;  ///< with the value and the limit
  bool holds = true;    ///< else the fact stands: the doubt is about what was said beside it
};

/// Threads: immutable, safe from any. Borrows: the catalogue.
class Plausibility {
 public:
  explicit Plausibility(const catalog::Catalogue& catalogue);

  /// Only figures that were known when the record was published are looked at; `record` holds the
  /// fact's figures. Cost: the known figures of one company.
  std::optional<Doubt> doubt(const model::FactsRecord& record, const model::Fact& fact) const;
  /// An amount of that metric of that company can be held against something.
  bool knows(std::string_view company, std::string_view metric) const;

 private:
  using References = std::vector<const catalog::Reference*>;
  struct Question;
  /// A figure in the currency of a known one: its smallest and its largest value, and the middle.
  struct Extent {
    double low = 0;
    double high = 0;
    double middle = 0;
  };
  struct Limits {
    const catalog::Reference* widest = nullptr;     ///< which gives `most`
    const catalog::Reference* narrowest = nullptr;  ///< which gives `least`
    double most = 0;   ///< 0: none
    double least = 0;
    Extent value;      ///< in the currency of `widest`
  };

  const References* references(std::string_view subject, std::string_view metric) const;
  std::optional<double> dollars(double amount, std::string_view currency) const;
  std::optional<Doubt> range_doubt(const Question& question) const;
  std::optional<Doubt> rate_doubt(const Question& question) const;
  std::optional<Doubt> known_doubt(const Question& question) const;
  std::optional<Doubt> slip_of(const Question& question, const References& known) const;
  Limits limits_of(const Question& question, const References& known) const;
  std::optional<Doubt> excess_of(const Question& question, const References& known) const;
  std::optional<Extent> extent(const model::Figure& figure, std::string_view currency) const;

  const catalog::Catalogue& catalogue_;
  std::map<std::string, References, std::less<>> known_;  ///< by "subject|metric"
  std::map<std::string, const catalog::Plausible*, std::less<>> plausible_;  ///< by metric
  std::map<std::string, const catalog::Metric*, std::less<>> metrics_;
  std::map<std::string, double, std::less<>> per_dollar_;
};

}  // namespace wiremill::extract
