#include "extract/periods.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace wiremill::extract {
namespace {

using model::Basis;
using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

/// What a pattern's groups mean: y year, e end year, p part as digits or word, m the last month of
/// a quarter, n number of years.
struct Form {
  const char* pattern;
  Basis basis;
  const char* groups;
  /// What any match holds, in lower case: one of these words ('|' between them), '#' for a digit;
  /// empty when that is hard to say. A sentence without it is not searched.
  const char* needs;
  int relative = 0;
  bool is_relative = false;
  bool fiscal = false;
};

constexpr const char* kMonths =
    "(January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";

const std::string kMonthYear = std::string("\\b") + kMonths + R"(\.?,? (20\d\d)\b)";
const std::string kMonthAlone = std::string("\\b") + kMonths + R"(\b)";

std::vector<Form> joined(std::vector<Form> first, std::initializer_list<Form> then) {
  first.insert(first.end(), then);
  return first;
}

/// Spans of years, which hide the years in them.
std::vector<Form> span_forms() {
  return {
      {R"((20\d\d)년?\s?[~-]\s?(20\d\d)년?)", Basis::kCumulative, "ye", "20"},
      {R"((20\d\d)년?부터 (20\d\d)년까지)", Basis::kCumulative, "ye", "20"},
      {R"((?i)\b(?:years )?from (20\d\d) (?:to|through) (20\d\d))", Basis::kCumulative, "ye", "20"},
      {R"((?i)\b(20\d\d) through (20\d\d))", Basis::kCumulative, "ye", "20"},
      {R"((?i)\bbetween (20\d\d) and (20\d\d)\b)", Basis::kCumulative, "ye", "20"},
      {R"((20\d\d)년(?: ?말)?까지)", Basis::kByDate, "y", "20"},
      {R"((?i)\b(?:by|through|until) (?:the end of |year-end |end-)?(20\d\d)\b)", Basis::kByDate,
       "y", "20"},
      {R"((?i)\bover (?:the )?(?:next |coming )?(\d\d?|two|three|four|five|six|seven|ten) years)",
       Basis::kCumulative, "n", " years"},
      {R"(향후 (\d\d?)년(?:간|에 걸쳐| 동안)?)", Basis::kCumulative, "n", "#"},
      {R"((\d\d?)(?:년간|년에 걸쳐|년 동안|개년))", Basis::kCumulative, "n", "#"},
  };
}

/// In order of precedence: a longer form hides the shorter ones inside it.
const std::vector<Form>& forms() {
  static const std::vector<Form> all = joined(span_forms(), {
      {R"((20\d\d) ?회계연도 ?([1-4])분기(?:\(\d\d?[~-]\d\d?월\))?)", Basis::kQuarter, "yp", "20",
       0, false, true},
      {R"((20\d\d) ?년도? ?([1-4])분기)", Basis::kQuarter, "yp", "20"},
      {R"((20\d\d) ?회계연도|회계연도 (20\d\d)년)", Basis::kAnnual, "yy", "20", 0, false, true},
      {R"((?:이번|올해|현) 회계연도)", Basis::kAnnual, "", "회계연도", 0, true, true},
      {R"(([1-4])(?:분기|/4분기)(?:\(\d\d?[~-]\d\d?월\))?)", Basis::kQuarter, "p", "#"},
      {R"((?i)\b(first|second|third|fourth)[- ]quarter of (?:the )?(?:fiscal|FY)(?: year)? )"
       R"((20\d\d)(?: end(?:ed|ing) \w+ \d\d?, 20\d\d)?\b)",
       Basis::kQuarter, "py", "20", 0, false, true},
      {R"((?i)\b(first|second|third|fourth)(?:[- ]fiscal)?[- ]quarter(?: of)?(?: fiscal)?,? )"
       R"((20\d\d)\b)",
       Basis::kQuarter, "py", "20"},
      {R"((?i)\b(first|second|third|fourth)(?:[- ]fiscal)?[- ]quarter\b)", Basis::kQuarter,
       "p", "quarter"},
      {R"((?i)\bQ([1-4])[ -]?(?:of )?(?:FY|fiscal )?'?(20\d\d|\d\d)\b)",
       Basis::kQuarter, "py", "#"},
      {R"((?i)\b(20\d\d) ?Q([1-4])\b)", Basis::kQuarter, "yp", "20"},
      {R"((?i)\b([1-4])Q ?'?(20\d\d|\d\d)\b)", Basis::kQuarter, "py", "#"},
      {R"((?i)\bQ([1-4])\b)", Basis::kQuarter, "p", "#"},
      {R"(\b([1-4])Q\b)", Basis::kQuarter, "p", "#"},
      {R"((?i)\b(?:January|April|July|October)(?: ?[-–] ?| to | through )(March|June|September|)"
       R"(December)\b(?:[- ]quarter\b)?)",
       Basis::kQuarter, "m", "march|june|september|december"},
      {R"((?i)\b(?:three months|quarter) (?:to|through|ended|ending)(?: in)? (March|June|)"
       R"(September|December)\b(?: \d\d?\b)?(?:,? (20\d\d)\b)?)",
       Basis::kQuarter, "my", "three months|quarter "},
      {R"((?i)\b(March|June|September|December)[- ]quarter\b)", Basis::kQuarter, "m", "quarter"},
      {R"((?i)(?:이번 분기|당분기|현 분기|current quarter|this quarter))",
       Basis::kQuarter, "", "분기|quarter", 0, true},
      {R"((?i)(?:다음 분기|차기 분기|next quarter|coming quarter))",
       Basis::kQuarter, "", "분기|quarter", 1, true},
      {R"((?i)(?:지난 분기|전분기|직전 분기|last quarter|prior quarter|previous quarter))",
       Basis::kQuarter, "", "분기|quarter", -1, true},
      {R"((20\d\d)년 ?(상|하)반기)", Basis::kHalf, "yp", "20"},
      {R"((상|하)반기)", Basis::kHalf, "p", "반기"},
      {R"((?i)\b(first|second) half of (20\d\d))", Basis::kHalf, "py", "20"},
      {R"((?i)\b(?:FY|fiscal(?: year)? )'?(20\d\d|\d\d)\b)",
       Basis::kAnnual, "y", "#", 0, false, true},
      {R"((20\d\d)년 ?(1[0-2]|[1-9])월)", Basis::kMonth, "yp", "20"},
      {kMonthYear.c_str(), Basis::kMonth, "py", "20"},
      {R"((20\d\d)년)", Basis::kAnnual, "y", "20"},
      {R"((1[0-2]|[1-9])월)", Basis::kMonth, "p", "#"},
      {R"((?i)(?:올해|금년|올 한 해|연내|this year|current year|this fiscal year|this calendar year))",
       Basis::kAnnual, "", "해|금년|연내| year", 0, true},
      {R"((?i)(?:내년|next year|coming year|next fiscal year))",
       Basis::kAnnual, "", "내년| year", 1, true},
      {R"((?i)(?:지난해|작년|전년|last year|prior year|previous year))",
       Basis::kAnnual, "", "지난해|작년|전년| year", -1, true},
      {kMonthAlone.c_str(), Basis::kMonth, "p", ""},
      {R"((?:^|[ (,/])(20[0-4]\d)(?:$|[ ),.;:/'-]))", Basis::kAnnual, "y", "20"},
      {R"((?i)(?:지난달|last month))", Basis::kMonth, "", "지난달|last month", -1, true},
      {R"((?i)(?:연간|\bannually\b|\bannual\b|\ba year\b|\bfull[- ]year\b))",
       Basis::kAnnual, "", "연간|annual|year"},
  });
  return all;
}

int number_of(std::string_view word) {
  constexpr std::string_view kWords[] = {"zero", "one", "two",   "three", "four", "five",
                                         "six",  "seven", "eight", "nine", "ten"};
  for (int i = 0; i <= 10; ++i) {
    if (kWords[i] == word) return i;
  }
  int value = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

int part_of(std::string_view word, Basis basis) {
  const std::string low = lower(word);
  if (word == "상") return 1;
  if (word == "하") return 2;
  if (basis == Basis::kMonth && !word.empty() && (word[0] < '0' || word[0] > '9')) {
    constexpr std::string_view kNames = "janfebmaraprmayjunjulaugsepoctnovdec";
    const auto at = kNames.find(low.substr(0, 3));
    return at == std::string_view::npos ? 0 : static_cast<int>(at / 3) + 1;
  }
  constexpr std::string_view kOrder[] = {"first", "second", "third", "fourth"};
  for (int i = 0; i < 4; ++i) {
    if (kOrder[i] == low) return i + 1;
  }
  return number_of(low);
}

int full_year(std::string_view digits) {
  const int value = number_of(digits);
  return value < 100 ? 2000 + value : value;
}

bool may_hold(std::string_view lower, bool any_digit, std::string_view needs) {
  if (needs.empty()) return true;
  if (needs == "#") return any_digit;
  for (std::size_t begin = 0; begin <= needs.size();) {
    const std::size_t end = std::min(needs.find('|', begin), needs.size());
    if (lower.find(needs.substr(begin, end - begin)) != std::string_view::npos) return true;
    begin = end + 1;
  }
  return false;
}

/// Without the blanks and marks that a pattern needed at its edges.
text::ByteRange trimmed(std::string_view text, text::ByteRange span) {
  const auto is_mark = [&](std::size_t at) {
    return std::string_view(" (),/.;:'-").find(text[at]) != std::string_view::npos;
  };
  while (span.begin < span.end && is_mark(span.begin)) ++span.begin;
  while (span.end > span.begin && is_mark(span.end - 1)) --span.end;
  return span;
}

void take_groups(const Form& form, const std::array<re2::StringPiece, 3>& groups,
                 PeriodMention& mention) {
  for (std::size_t i = 0; form.groups[i] != '\0'; ++i) {
    const std::string_view word(groups[i + 1].data(), groups[i + 1].size());
    if (word.empty()) continue;  // the other branch of an alternative
    switch (form.groups[i]) {
      case 'y': mention.year = full_year(word); break;
      case 'e': mention.end_year = full_year(word); break;
      case 'p': mention.part = part_of(word, form.basis); break;
      case 'm':
        mention.part = part_of(word, Basis::kMonth) / 3;
        mention.calendar = true;
        break;
      case 'n': mention.relative = number_of(lower(word)); break;
      default: break;
    }
  }
}

year_month_day first_of(int y, int m) { return year(y) / month(static_cast<unsigned>(m)) / day(1); }

/// `count` months from the first of `from`, as inclusive dates.
void set_months(model::Period& period, year_month from, int count) {
  period.start = from / day(1);
  period.end = year_month_day((from + months(count - 1)) / last);
}

year_month month_of(base::Instant at) {
  const year_month_day date(std::chrono::floor<std::chrono::days>(at));
  return date.year() / date.month();
}

int months_between(year_month a, year_month b) {
  return static_cast<int>((b - a).count());
}

/// The first month of part `part` (of `length` months) of the fiscal year that ends in year `y`.
year_month part_start(int y, int part, int length, int year_end) {
  const year_month end = year(y) / month(static_cast<unsigned>(year_end));
  return end - months(11) + months((part - 1) * length);
}

/// The instance of a yearly part nearest to the publication, by its middle.
year_month nearest_part(int part, int length, int year_end, year_month now) {
  year_month best = part_start(static_cast<int>(now.year()), part, length, year_end);
  for (int y = static_cast<int>(now.year()) - 1; y <= static_cast<int>(now.year()) + 1; ++y) {
    const year_month start = part_start(y, part, length, year_end);
    const auto distance = [&](year_month from) {
      return std::abs(months_between(now, from + months(length / 2)));
    };
    if (distance(start) < distance(best)) best = start;
  }
  return best;
}

constexpr int kFiscalNearMonths = 2;

void resolve_part(const PeriodMention& mention, int length, year_month now, int year_end,
                  model::Period& period) {
  if (mention.year) {
    const int end = mention.fiscal ? year_end : 12;
    return set_months(period, part_start(*mention.year, mention.part, length, end), length);
  }
  if (mention.calendar) year_end = 12;
  const year_month own = nearest_part(mention.part, length, year_end, now);
  const bool near =
      std::abs(months_between(now, own + months(length / 2))) <= kFiscalNearMonths;
  period.fiscal = year_end != 12 && near;
  set_months(period, period.fiscal ? own : nearest_part(mention.part, length, 12, now), length);
}

void resolve_month(const PeriodMention& mention, year_month now, model::Period& period) {
  if (mention.is_relative) return set_months(period, now + months(mention.relative), 1);
  if (mention.part < 1) return;
  int y = mention.year.value_or(static_cast<int>(now.year()));
  // A month without a year has mostly passed: the latest one up to next month.
  const year_month then = year(y) / month(static_cast<unsigned>(mention.part));
  if (!mention.year && months_between(now, then) > 1) --y;
  set_months(period, year(y) / month(static_cast<unsigned>(mention.part)), 1);
}

void resolve_years(const PeriodMention& mention, year_month now, int year_end,
                   model::Period& period) {
  const int this_year = static_cast<int>(now.year());
  if (mention.basis == Basis::kCumulative) {
    if (mention.year && mention.end_year) {
      period.start = first_of(*mention.year, 1);
      period.end = year_month_day(year(*mention.end_year) / month(12) / day(31));
    }
    return;
  }
  if (!mention.has_date()) return;
  // A fiscal year has the number of the year that it ends in.
  const bool next_number = mention.is_relative && mention.fiscal &&
                           static_cast<int>(static_cast<unsigned>(now.month())) > year_end;
  const int y = mention.is_relative ? this_year + mention.relative + (next_number ? 1 : 0)
                                    : mention.year.value_or(this_year);
  if (mention.basis == Basis::kByDate) {
    period.end = year_month_day(year(y) / month(12) / day(31));
    return;
  }
  period.fiscal = mention.fiscal || year_end == 12;
  set_months(period, part_start(y, 1, 12, mention.fiscal ? year_end : 12), 12);
}

}  // namespace

struct PeriodReader::Patterns {
  std::vector<std::unique_ptr<RE2>> compiled;
};

PeriodReader::PeriodReader() {
  auto patterns = std::make_unique<Patterns>();
  RE2::Options options;
  options.set_log_errors(false);
  for (const Form& form : forms()) {
    patterns->compiled.push_back(std::make_unique<RE2>(form.pattern, options));
  }
  patterns_ = std::move(patterns);
}

PeriodReader::~PeriodReader() = default;

std::vector<PeriodMention> PeriodReader::read(std::string_view sentence,
                                              std::size_t offset) const {
  std::vector<PeriodMention> found;
  const re2::StringPiece text(sentence.data(), sentence.size());
  const std::string in_lower = lower(sentence);
  const bool any_digit = in_lower.find_first_of("0123456789") != std::string::npos;
  for (std::size_t i = 0; i < forms().size(); ++i) {
    const Form& form = forms()[i];
    if (!may_hold(in_lower, any_digit, form.needs)) continue;
    std::array<re2::StringPiece, 3> groups;
    const RE2& pattern = *patterns_->compiled[i];
    const int count = std::min(3, pattern.NumberOfCapturingGroups() + 1);
    for (std::size_t at = 0; at < sentence.size();) {
      if (!pattern.Match(text, at, text.size(), RE2::UNANCHORED, groups.data(), count)) break;
      const auto begin = static_cast<std::size_t>(groups[0].data() - sentence.data());
      const std::size_t end = begin + std::max<std::size_t>(groups[0].size(), 1);
      at = end;
      PeriodMention mention;
      mention.span = trimmed(sentence, {begin, end});
      mention.span.begin += offset;
      mention.span.end += offset;
      mention.basis = form.basis;
      mention.relative = form.relative;
      mention.is_relative = form.is_relative;
      mention.fiscal = form.fiscal;
      take_groups(form, groups, mention);
      const bool taken = std::any_of(found.begin(), found.end(), [&](const PeriodMention& m) {
        return m.span.begin < mention.span.end && mention.span.begin < m.span.end;
      });
      if (!taken) found.push_back(mention);
    }
  }
  std::sort(found.begin(), found.end(), [](const PeriodMention& a, const PeriodMention& b) {
    return a.span.begin < b.span.begin;
  });
  return found;
}

model::Period resolve(const PeriodMention& mention, std::string text, base::Instant published,
                      int fiscal_year_end) {
  model::Period period;
  period.text = std::move(text);
  period.basis = mention.basis;
  const year_month now = month_of(published);
  switch (mention.basis) {
    case Basis::kQuarter:
      if (mention.is_relative) {
        const int quarter = (static_cast<int>(static_cast<unsigned>(now.month())) - 1) / 3;
        const year_month start = now.year() / month(1) + months(3 * quarter);
        set_months(period, start + months(3 * mention.relative), 3);
      } else if (mention.part > 0) {
        resolve_part(mention, 3, now, fiscal_year_end, period);
      }
      break;
    case Basis::kHalf:
      if (mention.part > 0) resolve_part(mention, 6, now, fiscal_year_end, period);
      break;
    case Basis::kMonth:
      resolve_month(mention, now, period);
      break;
    case Basis::kAnnual: case Basis::kCumulative: case Basis::kByDate:
      resolve_years(mention, now, fiscal_year_end, period);
      break;
    case Basis::kYtd: case Basis::kContractTerm: case Basis::kTrailing: case Basis::kNext12m:
    case Basis::kForwardWindow: case Basis::kRunRate: case Basis::kPoint: case Basis::kUnknown:
      break;
  }
  return period;
}

}  // namespace wiremill::extract
