#include "cli/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/decimal.h"

namespace wiremill::cli {
namespace {

constexpr std::string_view kMinus = "−";
constexpr std::string_view kRange = "…";

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<double> number(std::string_view text) {
  const auto value = base::Decimal::parse(text);
  return value ? std::optional(value->approximate()) : std::nullopt;
}

struct Scale {
  double by = 1;
  std::string_view word;
};

Scale scale_of(double value) {
  const double size = std::abs(value);
  if (size >= 1e12) return {1e12, " tn"};
  if (size >= 1e9) return {1e9, " bn"};
  if (size >= 1e6) return {1e6, " mn"};
  return {1, ""};
}

std::string grouped(std::string digits) {
  const std::size_t end = std::min(digits.find('.'), digits.size());
  for (std::size_t at = end; at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

/// At most two decimals, none that are zero.
std::string short_number(double value) {
  std::string text = fmt::format("{:.2f}", std::abs(value));
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return (value < 0 && text != "0" ? std::string(kMinus) : "") + grouped(std::move(text));
}

std::string_view unit_word(std::string_view unit) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kWords{{
      {"percent", "%"}, {"percentage_points", "points"}, {"basis_points", "bp"},
      {"multiple", "×"}, {"count", ""}}};
  for (const auto& [name, word] : kWords) {
    if (unit == name) return word;
  }
  return unit;
}

std::string_view bound_mark(std::string_view bound) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMarks{{
      {"about", "~"}, {"at_least", "≥ "}, {"more_than", "> "}, {"at_most", "≤ "},
      {"less_than", "< "}}};
  for (const auto& [name, mark] : kMarks) {
    if (bound == name) return mark;
  }
  return "";
}

/// "guided 70…90 USD" → {"guided", "70…90", "USD"}.
struct Parts {
  std::string_view words;
  std::string_view numbers;
  std::string_view unit;
};

Parts parts_of(std::string_view value) {
  Parts parts;
  const std::size_t unit = value.rfind(' ');
  if (unit == std::string_view::npos) return {"", value, ""};
  parts.unit = value.substr(unit + 1);
  const std::string_view rest = value.substr(0, unit);
  const std::size_t numbers = rest.rfind(' ');
  parts.numbers = numbers == std::string_view::npos ? rest : rest.substr(numbers + 1);
  parts.words = numbers == std::string_view::npos ? "" : rest.substr(0, numbers);
  return parts;
}

std::pair<std::string_view, std::string_view> ends_of(std::string_view numbers) {
  const std::size_t at = numbers.find(kRange);
  if (at == std::string_view::npos) return {numbers, numbers};
  return {numbers.substr(0, at), numbers.substr(at + kRange.size())};
}

}  // namespace

std::string amount_text(const Amount& amount) {
  const auto low = number(amount.low);
  const auto high = number(amount.high);
  if (!low && !high) return amount.bound == "vague" ? "not said exactly" : "";
  const Scale scale = scale_of(high.value_or(low.value_or(0)));
  std::string text(bound_mark(amount.bound));
  text += short_number((low ? *low : *high) / scale.by);
  if (low && high && *low != *high) text += "–" + short_number(*high / scale.by);
  text += scale.word;
  const std::string_view unit = unit_word(amount.unit);
  return unit.empty() ? text : fmt::format("{} {}", text, unit);
}

std::string amount_of(std::string_view value) {
  const Parts parts = parts_of(value);
  const auto [low, high] = ends_of(parts.numbers);
  if (!number(low) && !number(high)) return std::string(value);
  const bool range = low != high;
  return amount_text({low, high, range ? "range" : "exact", parts.unit});
}

std::string history_text(std::string_view entry) {
  const Parts parts = parts_of(entry);
  if (parts.words.empty()) return amount_of(entry);
  return plain(parts.words) + " " + amount_of(entry.substr(parts.words.size() + 1));
}

std::string period_text(std::string_view period) {
  const std::size_t dots = period.find("..");
  const std::size_t blank = period.rfind(' ', dots);
  if (dots == std::string_view::npos || blank == std::string_view::npos) return plain(period);
  std::string_view start = period.substr(blank + 1, dots - blank - 1);
  std::string_view end = period.substr(dots + 2);
  // Whole years are said as years.
  if (start.ends_with("-01-01")) start.remove_suffix(6);
  if (end.ends_with("-12-31")) end.remove_suffix(6);
  if (start.empty()) return fmt::format("by {}", end);
  return end.empty() ? fmt::format("from {}", start) : fmt::format("{}–{}", start, end);
}

std::optional<double> number_in(std::string_view value) {
  const auto [low, high] = ends_of(parts_of(value).numbers);
  const auto first = number(low);
  const auto last = number(high);
  if (first && last) return (*first + *last) / 2;
  return first ? first : last;
}

std::string signed_text(double value, int decimals) {
  const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return (zero ? "" : value < 0 ? std::string(kMinus) : "+") + digits;
}

std::string day_text(base::Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return fmt::format("{} {} {}", static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1],
                     static_cast<int>(day.year()));
}

std::string minute_text(base::Instant at) {
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day day(midnight);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(at - midnight).count();
  return fmt::format("{:2} {} {:02}:{:02}", static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1], minutes / 60, minutes % 60);
}

std::string plain(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string name_of_spender(const catalog::Catalogue& catalogue, std::string_view id) {
  if (const auto* company = catalogue.company(id)) return company->name;
  if (const auto* group = catalogue.group(id)) return group->name;
  return std::string(id);
}

std::string name_of_subject(const catalog::Catalogue& catalogue, const model::Subject& subject) {
  using model::SubjectType;
  const auto name_in = [&](const auto& list) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const auto& one) { return one.id == subject.id; });
    return found == list.end() ? subject.id : found->name;
  };
  if (subject.id.empty()) return subject.text;
  switch (subject.type) {
    case SubjectType::kCompany:
    case SubjectType::kGroup: return name_of_spender(catalogue, subject.id);
    case SubjectType::kSector: return name_in(catalogue.sectors);
    case SubjectType::kIndex:
    case SubjectType::kInstrument: return name_in(catalogue.reading.instruments);
    case SubjectType::kProject:
    case SubjectType::kInstitution:
    case SubjectType::kPerson:
    case SubjectType::kProduct:
    case SubjectType::kCountry:  // KR is a country here, and the ticker of a grocer elsewhere
    case SubjectType::kUnknown: break;
  }
  return subject.id;
}

std::string name_of_metric(const catalog::Catalogue& catalogue, std::string_view id) {
  for (const catalog::Metric& metric : catalogue.reading.metrics) {
    if (metric.id == id) return metric.name;
  }
  return plain(id);
}

const catalog::Pack* pack_of(const catalog::Catalogue& catalogue, std::string_view id) {
  const auto& packs = catalogue.weighing.packs;
  const auto found = std::find_if(packs.begin(), packs.end(),
                                  [&](const catalog::Pack& pack) { return pack.id == id; });
  return found == packs.end() ? nullptr : &*found;
}

const catalog::Scenario* scenario_of(const catalog::Pack* pack, std::string_view id) {
  if (pack == nullptr) return nullptr;
  const auto found =
      std::find_if(pack->scenarios.begin(), pack->scenarios.end(),
                   [&](const catalog::Scenario& scenario) { return scenario.id == id; });
  return found == pack->scenarios.end() ? nullptr : &*found;
}

}  // namespace wiremill::cli
