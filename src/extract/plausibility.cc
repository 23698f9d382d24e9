#include "extract/plausibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace wiremill::extract {
namespace {

using model::Basis;
using model::Fact;
using model::Figure;

constexpr double kSlipTolerance = 0.03;  ///< a slipped figure has the digits of the known one
constexpr int kDigitsThatTell = 2;       ///< "20" may be a part of 200; 7.22 is no part of 72.2
constexpr double kRateFactor = 5;        ///< known rates are good for all years within this
constexpr double kRateTolerance = 0.3;   ///< … and a slip is a power of ten within this
constexpr int kMonthsInYear = 12;

/// "53.6 tn KRW", "200 USD".
std::string shown(double amount, std::string_view currency) {
  for (const auto& [size, name] : {std::pair{1e12, "tn "}, {1e9, "bn "}, {1e6, "m "}}) {
    if (std::abs(amount) >= size) return fmt::format("{:.6g} {}{}", amount / size, name, currency);
  }
  return fmt::format("{:.6g} {}", amount, currency);
}

/// The power of ten that a ratio is, but for a part of it; nothing for a ratio about 1.
std::optional<int> power_of_ten(double ratio, double tolerance) {
  if (!(ratio > 0)) return std::nullopt;
  const int power = static_cast<int>(std::lround(std::log10(ratio)));
  const bool near = std::abs(ratio / std::pow(10.0, power) - 1) <= tolerance;
  return near && power != 0 ? std::optional(power) : std::nullopt;
}

int significant_digits(const base::Decimal& value) {
  std::string digits;
  for (const char c : value.text()) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  const std::size_t first = digits.find_first_not_of('0');
  const std::size_t last = digits.find_last_not_of('0');
  return first == std::string::npos ? 0 : static_cast<int>(last - first + 1);
}

/// Of "FY2025"; of trailing figures the year that they were told in.
int year_of(const catalog::Reference& reference) {
  if (reference.period.starts_with("FY")) return std::stoi(reference.period.substr(2));
  const std::chrono::year_month_day told{std::chrono::floor<std::chrono::days>(reference.as_of)};
  return static_cast<int>(told.year());
}

/// The year that a period is of, by the calendar year in which the company's year ends: the quarter
/// to November of a company that closes in May is of the next one.
int fiscal_year(const model::Period& period, int closing_month) {
  const int year = static_cast<int>(period.end->year());
  const auto month = static_cast<int>(static_cast<unsigned>(period.end->month()));
  const bool is_part = period.basis == Basis::kQuarter || period.basis == Basis::kHalf;
  return is_part && month > closing_month ? year + 1 : year;
}

/// Whose size limits the fact: the supplier's of a contract, the subject's of anything else.
std::string_view measured_company(const Fact& fact, std::string_view against) {
  if (fact.metric == against || fact.role != model::Role::kCustomer) return fact.subject.id;
  for (const model::Party& party : fact.parties) {
    if (party.role == model::Role::kSupplier) return party.id;
  }
  return {};
}

/// The whole of a company's metric, not a site, a segment or a part of it.
bool is_whole(const Fact& fact) {
  const model::Qualifier& q = fact.qualifier;
  return q.location.empty() && q.segment.empty() && q.product.empty() && q.part_of.empty();
}

std::string known_as(const catalog::Reference& reference) {
  return fmt::format("{} of {} ({})", shown(reference.value.approximate(), reference.unit),
                     reference.period == "trailing" ? "a year" : reference.period,
                     reference.source);
}

}  // namespace

/// One fact with all that is asked of it.
struct Plausibility::Question {
  const model::FactsRecord& record;
  const Fact& fact;
  const Figure& figure;
  const catalog::Plausible* limits;
  std::optional<int> year;  ///< that the period ends in

  /// A month is mostly the one in which something was said.
  bool is_quarter() const { return is_basis({Basis::kQuarter}); }
  bool is_year() const { return is_basis({Basis::kAnnual, Basis::kHalf, Basis::kTrailing}); }
  bool is_basis(std::initializer_list<Basis> wanted) const {
    const Basis basis = fact.period ? fact.period->basis : Basis::kUnknown;
    return std::find(wanted.begin(), wanted.end(), basis) != wanted.end();
  }
};

Plausibility::Plausibility(const catalog::Catalogue& catalogue) : catalogue_(catalogue) {
  for (const auto* const list : {&catalogue.weighing.references, &catalogue.weighing.plans}) {
    for (const catalog::Reference& reference : *list) {
      for (const std::string& metric : reference.metrics) {
        known_[fmt::format("{}|{}", reference.subject, metric)].push_back(&reference);
      }
    }
  }
  for (const catalog::Plausible& plausible : catalogue.weighing.plausible) {
    for (const std::string& metric : plausible.metrics) plausible_[metric] = &plausible;
  }
  for (const catalog::Metric& metric : catalogue.reading.metrics) metrics_[metric.id] = &metric;
  for (const catalog::Rate& rate : catalogue.weighing.rates) {
    per_dollar_[rate.currency] = rate.per_dollar;
  }
  per_dollar_["USD"] = 1;
}

const Plausibility::References* Plausibility::references(std::string_view subject,
                                                         std::string_view metric) const {
  const auto found = known_.find(fmt::format("{}|{}", subject, metric));
  return found == known_.end() ? nullptr : &found->second;
}

bool Plausibility::knows(std::string_view company, std::string_view metric) const {
  const auto limits = plausible_.find(metric);
  return limits != plausible_.end() && references(company, limits->second->against) != nullptr;
}

std::optional<double> Plausibility::dollars(double amount, std::string_view currency) const {
  const auto rate = per_dollar_.find(currency);
  return rate == per_dollar_.end() ? std::nullopt : std::optional(amount / rate->second);
}

std::optional<Plausibility::Extent> Plausibility::extent(const Figure& figure,
                                                         std::string_view currency) const {
  const auto middle = figure.representative();
  if (!middle) return std::nullopt;
  double times = 1;
  if (figure.currency != currency) {
    const auto from = dollars(1, figure.currency);
    const auto to = dollars(1, currency);
    if (!from || !to) return std::nullopt;
    times = *from / *to;
  }
  return Extent{figure.low.value_or(*middle).approximate() * times,
                figure.high.value_or(*middle).approximate() * times,
                middle->approximate() * times};
}

std::optional<Doubt> Plausibility::range_doubt(const Question& question) const {
  const auto found = metrics_.find(question.fact.metric);
  const bool level = question.figure.kind == model::FigureKind::kPercent &&
                     question.figure.role == model::FigureRole::kLevel;
  const auto value = question.figure.representative();
  if (found == metrics_.end() || !level || !value) return std::nullopt;
  const catalog::Metric& metric = *found->second;
  const double percent = value->approximate();
  if (percent >= metric.low && percent <= metric.high) return std::nullopt;
  return Doubt{"out_of_range", fmt::format("{} % is outside {:g}…{:g} %, the range of {}",
                                           value->text(), metric.low, metric.high, metric.id)};
}

std::optional<Doubt> Plausibility::rate_doubt(const Question& question) const {
  for (const Figure& other : question.record.figures) {
    if (other.converts.empty() || other.converts != question.figure.id) continue;
    const auto known = extent(other, question.figure.currency);
    const auto value = question.figure.representative();
    if (!known || !value || value->is_zero() || !question.figure.per.empty()) continue;
    const double off = known->middle / value->approximate();
    const bool far = off > kRateFactor || off * kRateFactor < 1;
    if (!far || !power_of_ten(off, kRateTolerance)) continue;
    return Doubt{"fx_off",
                 fmt::format("\"{}\" in brackets is {:.3g} times \"{}\" at the known rates",
                             other.span.text, off, question.figure.span.text),
                 false};
  }
  return std::nullopt;
}

std::optional<Doubt> Plausibility::slip_of(const Question& question,
                                           const References& known) const {
  const bool dated = question.is_basis({Basis::kAnnual});
  if (!dated && !question.is_basis({Basis::kUnknown, Basis::kTrailing, Basis::kRunRate})) return {};
  // Without a date a tenth may be a quarter's or a part's.
  const bool may_be_less = dated && is_whole(question.fact) &&
                           significant_digits(*question.figure.representative()) >= kDigitsThatTell;
  for (const catalog::Reference* const one : known) {
    const auto& all = one->metrics;
    const bool own = std::find(all.begin(), all.end(), question.fact.metric) != all.end();
    const auto value = extent(question.figure, one->unit);
    if (!own || !value || (dated && year_of(*one) != question.year)) continue;
    const auto power = power_of_ten(value->middle / one->value.approximate(), kSlipTolerance);
    if (!power || (*power < 0 && !may_be_less)) continue;
    return Doubt{"magnitude_slip", fmt::format("{} has the digits of the known {}, {:g} times it",
                                               shown(value->middle, one->unit), known_as(*one),
                                               std::pow(10.0, *power))};
  }
  return std::nullopt;
}

/// The widest of the limits that any known figure gives, and the narrowest from below: what one of
/// them allows is news.
Plausibility::Limits Plausibility::limits_of(const Question& question,
                                             const References& known) const {
  const catalog::Plausible& by = *question.limits;
  const int now = question.year.value_or(year_of(*known.back()));
  Limits limits;
  for (const catalog::Reference* const one : known) {
    const auto value = extent(question.figure, one->unit);
    const bool later = question.is_quarter() && year_of(*one) > now;
    if (!value || (later && one != known.front())) continue;  // next year's plan is no measure
    const auto ever = one->ever_most ? one->ever_most : by.ever_most;
    const auto times = question.is_quarter() ? by.quarter_most : by.year_most;
    const double most = (question.is_year() || question.is_quarter() ? times : ever).value_or(0) *
                        std::pow(by.growth, std::max(0, now - year_of(*one)));
    const double amount = one->value.approximate();
    if (limits.widest == nullptr || most * amount > limits.most) {
      limits.most = most * amount;
      limits.widest = one;
      limits.value = *value;
    }
    const double least = by.year_least.value_or(0) * amount;
    if (limits.narrowest == nullptr || least < limits.least) {
      limits.least = least;
      limits.narrowest = one;
    }
  }
  return limits;
}

std::optional<Doubt> Plausibility::excess_of(const Question& question,
                                             const References& known) const {
  const Limits limits = limits_of(question, known);
  if (limits.widest == nullptr) return std::nullopt;
  const std::string& unit = limits.widest->unit;
  const Extent& value = limits.value;
  const bool is_free =
      dollars(value.low, unit).value_or(0) <= question.limits->free_dollars;
  if (limits.most > 0 && value.low > limits.most && !is_free) {
    const double times = limits.most / limits.widest->value.approximate();
    return Doubt{question.is_quarter() ? "basis_doubt" : "magnitude_slip",
                 fmt::format("{} is above {}, {:.3g} times the known {}", shown(value.low, unit),
                             shown(limits.most, unit), times, known_as(*limits.widest))};
  }
  if (question.is_quarter() || !is_whole(question.fact) || value.high >= limits.least) return {};
  const double times = limits.least / limits.narrowest->value.approximate();
  return Doubt{"magnitude_slip",
               fmt::format("{} is below {}, {:.3g} times the known {}: its unit may be lost",
                           shown(value.high, unit), shown(limits.least, unit), times,
                           known_as(*limits.narrowest))};
}

std::optional<Doubt> Plausibility::known_doubt(const Question& question) const {
  if (question.limits == nullptr || question.figure.kind != model::FigureKind::kMoney ||
      question.figure.role != model::FigureRole::kLevel || !question.figure.per.empty()) {
    return std::nullopt;
  }
  const std::string_view company = measured_company(question.fact, question.limits->against);
  const References* const all = references(company, question.limits->against);
  if (all == nullptr) return std::nullopt;
  References known;
  for (const catalog::Reference* const one : *all) {
    if (one->as_of <= question.record.event.published_at) known.push_back(one);
  }
  if (known.empty()) return std::nullopt;
  std::stable_sort(known.begin(), known.end(), [](const auto* a, const auto* b) {
    return std::pair(year_of(*a), a->as_of) < std::pair(year_of(*b), b->as_of);
  });
  if (auto slip = slip_of(question, known)) return slip;
  return excess_of(question, known);
}

std::optional<Doubt> Plausibility::doubt(const model::FactsRecord& record,
                                         const Fact& fact) const {
  const Figure* const figure = record.figure(fact.figure);
  if (figure == nullptr) return std::nullopt;
  const auto limits = plausible_.find(fact.metric);
  Question question{record, fact, *figure, limits == plausible_.end() ? nullptr : limits->second,
                    std::nullopt};
  if (fact.period && fact.period->end) {
    const catalog::Company* const company = catalogue_.company(fact.subject.id);
    question.year = fiscal_year(*fact.period, company != nullptr ? company->fiscal_year_end_month
                                                                 : kMonthsInYear);
  }
  if (auto doubt = range_doubt(question)) return doubt;
  if (auto doubt = known_doubt(question)) return doubt;
  return rate_doubt(question);
}

}  // namespace wiremill::extract
