#include "extract/result_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "extract/disclosures.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Fact;

/// How far above a row the heading of its columns is looked for.
constexpr std::size_t kHeadingReachBytes = 1500;
/// The date of a heading stands so near behind "ended".
constexpr std::size_t kDateReachBytes = 400;
constexpr double kConfidence = 0.9;
constexpr std::size_t npos = std::string_view::npos;

constexpr std::array<std::string_view, 12> kMonths{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

struct Span {
  std::string_view words;
  int months;
  model::Basis basis;
};

constexpr std::array<Span, 8> kSpans{{{"three months ended", 3, model::Basis::kQuarter},
                                      {"quarter ended", 3, model::Basis::kQuarter},
                                      {"quarters ended", 3, model::Basis::kQuarter},
                                      {"six months ended", 6, model::Basis::kYtd},
                                      {"nine months ended", 9, model::Basis::kYtd},
                                      {"twelve months ended", 12, model::Basis::kAnnual},
                                      {"years ended", 12, model::Basis::kAnnual},
                                      {"year ended", 12, model::Basis::kAnnual}}};

/// The columns of a table: what the first covers, and whether the second is a year before it.
struct Columns {
  model::Period period;
  bool year_before = false;
};

std::size_t find_month(std::string_view text, unsigned& month) {
  std::size_t first = npos;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    const std::size_t at = text.find(kMonths[i]);
    if (at >= first) continue;
    first = at;
    month = i + 1;
  }
  return first;
}

/// The next year 20xx from `at` on, which moves behind it.
std::optional<int> next_year(std::string_view text, std::size_t& at) {
  for (; at + 4 <= text.size(); ++at) {
    const std::string_view year = text.substr(at, 4);
    const bool digits = std::all_of(year.begin(), year.end(), text::is_digit);
    if (!digits || !year.starts_with("20") || (at > 0 && text::is_digit(text[at - 1]))) continue;
    at += 4;
    return 2000 + (year[2] - '0') * 10 + (year[3] - '0');
  }
  return std::nullopt;
}

/// The heading nearest above the row: of the last line that says "… ended" the first span.
std::optional<Columns> columns_above(const FieldText& field, std::size_t row) {
  const std::string_view lower(field.normal.lower);
  const std::size_t from = row > kHeadingReachBytes ? row - kHeadingReachBytes : 0;
  const std::string_view above = lower.substr(from, row - from);
  const std::size_t ended = above.rfind(" ended");
  if (ended == npos) return std::nullopt;
  const std::size_t before = above.rfind('\n', ended);
  const std::size_t line = before == npos ? 0 : before;
  std::size_t begin = npos;
  const Span* covered = nullptr;
  for (const Span& span : kSpans) {
    const std::size_t at = above.find(span.words, line);
    if (at >= begin) continue;
    begin = at;
    covered = &span;
  }
  if (covered == nullptr) return std::nullopt;
  const std::string_view behind = above.substr(begin, kDateReachBytes);
  unsigned month = 0;
  std::size_t at = find_month(behind, month);
  if (at == npos) return std::nullopt;
  const std::size_t digit = behind.find_first_of("0123456789", at);
  if (digit == npos) return std::nullopt;
  unsigned day = 0;
  for (at = digit; at < behind.size() && at < digit + 2 && text::is_digit(behind[at]); ++at) {
    day = day * 10 + static_cast<unsigned>(behind[at] - '0');
  }
  const auto year = next_year(behind, at);
  if (!year) return std::nullopt;
  using namespace std::chrono;
  const year_month_day end{std::chrono::year{*year}, std::chrono::month{month},
                           std::chrono::day{day}};
  if (!end.ok()) return std::nullopt;
  Columns columns;
  columns.period.basis = covered->basis;
  columns.period.end = end;
  // Quarters of 13 weeks begin on a day that the heading does not tell.
  const year_month_day_last last{end.year() / end.month() / std::chrono::last};
  if (last.day() == end.day()) {
    const auto first = end.year() / end.month() - months(covered->months - 1);
    columns.period.start = first / std::chrono::day{1};
  }
  const std::size_t words = from + begin;
  columns.period.text =
      fmt::format("{} {:04}-{:02}-{:02}", field.cut({words, words + covered->words.size()}), *year,
                  month, day);
  const auto second = next_year(behind, at);
  columns.year_before = second && *second == *year - 1;
  return columns;
}

model::Period calendar_year(int year, std::string_view text) {
  model::Period period;
  period.basis = model::Basis::kAnnual;
  period.start = std::chrono::year{year} / std::chrono::January / 1;
  period.end = std::chrono::year{year} / std::chrono::December / 31;
  period.text = text;
  return period;
}

/// "구분 | 당해사업연도(2025년) | 직전사업연도(2024년)": the columns of a Korean form about a year.
std::optional<Columns> business_year_above(const FieldText& field, std::size_t row) {
  constexpr std::string_view kThisYear = "당해사업연도";
  constexpr std::string_view kYearBefore = "직전사업연도";
  const std::string_view text = field.text();
  const std::size_t begin = text.substr(0, row).rfind(kThisYear);
  if (begin == npos || row - begin > kHeadingReachBytes) return std::nullopt;
  const std::string_view heading = text.substr(begin, text.find('\n', begin) - begin);
  std::size_t at = kThisYear.size();
  const std::size_t second = heading.find(kYearBefore);
  const auto year = next_year(heading.substr(0, second), at);
  if (!year) return std::nullopt;
  return Columns{calendar_year(*year, field.cut({begin, begin + at})), second != npos};
}

/// A form about what is expected, 영업실적등에대한전망: its rows are guidance.
bool looks_ahead(const Setting& setting) {
  constexpr std::string_view kOutlook = "전망";
  const auto& filing = setting.event.filing;
  return setting.event.headline.find(kOutlook) != std::string::npos ||
         (filing && filing->filing_form.find(kOutlook) != std::string::npos);
}

/// "1. 전망 구분: 2026년 연간 …": the year that such a form is about.
std::optional<model::Period> outlook_year(const FieldText& field) {
  constexpr std::string_view kYear = "년 연간";
  const std::string_view text = field.text();
  const std::size_t mark = text.find(kYear);
  if (mark == npos || mark < 4) return std::nullopt;
  std::size_t at = mark - 4;
  const auto year = next_year(text.substr(0, mark), at);
  if (!year) return std::nullopt;
  return calendar_year(*year, field.cut({mark - 4, mark + kYear.size()}));
}

class Rows {
 public:
  Rows(const Scene& scene, const Setting& setting) : scene_(scene), setting_(setting) {}

  void run(std::vector<PlacedFact>& facts) {
    std::size_t covered = 0;
    for (const Hit& hit : scene_.field.hits) {
      const std::string_view metric = Lexis::name_in(scene_.lexis.result_rows, hit);
      if (metric.empty() || hit.begin < covered) continue;
      covered = hit.end;
      const bool again = std::find(seen_.begin(), seen_.end(), metric) != seen_.end();
      if (!again && starts_row(hit.begin)) read_row(hit, metric, facts);
    }
  }

 private:
  bool starts_row(std::size_t at) const {
    const std::string_view text = scene_.field.text();
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '|' || text[at - 1] == '\t')) --at;
    return at == 0 || text[at - 1] == '\n';
  }

  /// Where the amounts of the row begin; npos when other words stand behind the label.
  std::size_t amounts_begin(std::size_t at, std::size_t line) const {
    const std::string_view text = scene_.field.text();
    constexpr std::string_view kThisPeriod = "당해실적";
    while (at < line) {
      if (text.substr(at).starts_with(kThisPeriod)) {
        at += kThisPeriod.size();
      } else if (text[at] == '(' && at + 1 < line && !text::is_digit(text[at + 1]) &&
                 text[at + 1] != '$') {
        at = text.find(')', at);  // "(loss)"
        if (at >= line) return npos;
      } else if (std::string_view(" |:\t").find(text[at]) == npos) {
        return text::is_letter(text[at]) ? npos : at;
      } else {
        ++at;
      }
    }
    return npos;
  }

  void read_row(const Hit& label, std::string_view metric, std::vector<PlacedFact>& facts) {
    const std::string_view text = scene_.field.text();
    const std::size_t line = std::min(text.find('\n', label.end), text.size());
    const std::size_t from = amounts_begin(label.end, line);
    if (from == npos) return;
    std::vector<std::size_t> amounts;
    for (const std::size_t index : scene_.figures_in({from, line})) {
      const model::Figure& figure = scene_.figures[index].figure;
      if (figure.kind == model::FigureKind::kMoney && figure.per.empty()) amounts.push_back(index);
    }
    constexpr std::size_t kSignBytesMax = 6;  // "$ (", "| $ | "
    if (amounts.empty() || scene_.figures[amounts[0]].span.begin > from + kSignBytesMax) return;
    const model::Figure& first = scene_.figures[amounts[0]].figure;
    if (!first.low || first.low != first.high) return;
    seen_.emplace_back(metric);
    facts.push_back(fact_of(label, metric, amounts));
  }

  PlacedFact fact_of(const Hit& label, std::string_view metric,
                     const std::vector<std::size_t>& amounts) const {
    const PlacedFigure& placed = scene_.figures[amounts[0]];
    PlacedFact out;
    out.anchor = placed.span;
    out.note = "row of a table of results";
    Fact& fact = out.fact;
    const bool capex = metric == "capex_cash";
    fact.kind = capex ? model::FactKind::kCapex
                      : metric == "revenue" ? model::FactKind::kRevenue
                                            : model::FactKind::kEarnings;
    if (capex) fact.role = model::Role::kSpender;
    fact.metric = metric;
    fact.subject = issuer_subject(setting_);
    fact.claimant = {model::ClaimantType::kCompany, fact.subject.id, fact.subject.text, ""};
    fact.figure = placed.figure.id;
    fact.status = model::Status::kActual;
    fact.confidence = kConfidence;
    fact.rule = kResultRow;
    fact.quotes.push_back(scene_.field.span({label.begin, placed.span.end}));
    auto columns = columns_above(scene_.field, label.begin);
    if (!columns) columns = business_year_above(scene_.field, label.begin);
    if (columns) {
      fact.period = columns->period;
      if (columns->year_before && amounts.size() > 1) {
        compare(placed.figure, scene_.figures[amounts[1]].figure, fact);
      }
    }
    if (looks_ahead(setting_)) {
      if (!capex) fact.kind = model::FactKind::kGuidance;
      fact.status = model::Status::kGuided;
      if (!fact.period) fact.period = outlook_year(scene_.field);
    }
    return out;
  }

  static void compare(const model::Figure& now, const model::Figure& before, Fact& fact) {
    fact.comparator = model::Comparator{model::Comparison::kPriorYear, before.id, {}};
    if (!now.low || !before.low || *now.low == *before.low) return;
    fact.direction = *now.low > *before.low ? model::Direction::kUp : model::Direction::kDown;
  }

  const Scene& scene_;
  const Setting& setting_;
  std::vector<std::string> seen_;  ///< metrics that have their row
};

}  // namespace

void read_result_rows(const Scene& body, const Setting& setting, std::vector<PlacedFact>& facts) {
  if (setting.header.form != model::Form::kFiling) return;
  const model::Subject issuer = issuer_subject(setting);
  if (issuer.id.empty() && issuer.text.empty()) return;
  std::vector<PlacedFact> rows;
  Rows(body, setting).run(rows);
  for (PlacedFact& row : rows) {
    const Fact& fact = row.fact;
    std::erase_if(facts, [&](const PlacedFact& one) {
      return one.fact.figure == fact.figure ||
             (fact.comparator && one.fact.figure == fact.comparator->figure);
    });
    facts.push_back(std::move(row));
  }
}

}  // namespace wiremill::extract
