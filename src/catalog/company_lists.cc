#include "catalog/company_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/ascii.h"
#include "base/spelling.h"
#include "catalog/list_text.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;

constexpr std::size_t kRowsMax = 200'000;
constexpr std::size_t kBadRowsOneIn = 20;   ///< more bad rows than this part: not a company list
constexpr std::size_t kBadRowsAlways = 3;   ///< so many are left out of any list
constexpr std::size_t kNoticesMax = 10;
constexpr std::size_t kKrxCodeLength = 6;
constexpr std::size_t kLoneWordMin = 5;  ///< shorter lone words are not taken from a long name
constexpr std::string_view kAmericanMarket = "US";

/// One row, whatever the file.
struct Row {
  Company company;
  std::string market;  ///< key of the numbering that the ticker belongs to; "" when unknown
  std::string issuer;  ///< the SEC's number of the issuer; "" when unknown
};

std::vector<std::string> split_bars(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t bar = std::min(text.find('|', start), text.size());
    if (bar > start) parts.push_back(text.substr(start, bar - start));
    start = bar + 1;
  }
  return parts;
}

/// "Summit Securities Ltd." to "Summit Securities": what stands in news. Empty when nothing is to
/// be left out or only a short word would stay.
std::string without_legal_form(std::string name) {
  static constexpr std::array<std::string_view, 27> kForms{
      "inc", "inc.", "corp", "corp.", "corporation", "co", "co.", "company", "ltd", "ltd.",
      "limited", "plc", "llc", "lp", "l.p.", "s.a.", "sa", "ag", "nv", "n.v.", "se", "ab", "asa",
      "a/s", "/de/", "/new/", "adr"};
  const std::size_t whole = name.size();
  for (const std::string_view mark : {"(주)", "㈜", "주식회사"}) {
    if (name.starts_with(mark)) name.erase(0, mark.size());
    if (name.ends_with(mark)) name.resize(name.size() - mark.size());
  }
  for (;;) {
    while (!name.empty() && (name.back() == ' ' || name.back() == ',')) name.pop_back();
    const std::size_t space = name.rfind(' ');
    if (space == std::string::npos) break;
    const std::string last = base::lower_ascii(name.substr(space + 1));
    if (std::find(kForms.begin(), kForms.end(), last) == kForms.end()) break;
    name.resize(space);
  }
  name.erase(0, std::min(name.size(), name.find_first_not_of(' ')));
  const bool lone = name.find(' ') == std::string::npos;
  if (name.size() == whole || (lone && name.size() < kLoneWordMin)) return {};
  return name;
}

/// Columns of a CSV by the names of its header.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& header) : count_(header.size()) {
    for (std::size_t i = 0; i < header.size(); ++i) at_.emplace(header[i], i);
  }
  bool has(std::string_view name) const { return at_.contains(name); }
  std::size_t count() const { return count_; }
  /// The first of the columns that the file has and that is not empty in this row.
  std::string of(const TextRow& row, std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = at_.find(name);
      if (found == at_.end() || found->second >= row.fields.size()) continue;
      if (!row.fields[found->second].empty()) return row.fields[found->second];
    }
    return {};
  }
  const std::map<std::string, std::size_t, std::less<>>& names() const { return at_; }

 private:
  std::map<std::string, std::size_t, std::less<>> at_;
  std::size_t count_;
};

std::optional<base::Instant> date_of(const std::string& text, std::string& error) {
  if (text.empty()) return std::nullopt;
  const auto at = base::parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
  if (at) return *at;
  error = fmt::format("\"{}\" is not a date such as 2026-02-14", text);
  return std::nullopt;
}

/// 1…12 of "6" and of "12월"; 12 when the list does not say.
int month_of(const std::string& text, std::string& error) {
  if (text.empty()) return 12;
  int month = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), month);
  const std::string_view rest(stop, static_cast<std::size_t>(text.data() + text.size() - stop));
  if (failed == std::errc() && month >= 1 && month <= 12 && (rest.empty() || rest == "월")) {
    return month;
  }
  error = fmt::format("\"{}\" is not a month 1…12", text);
  return 12;
}

/// Reads the rows of one file; knows the three shapes.
class ListReader {
 public:
  ListReader(const Catalogue& catalogue, const std::string& path, Mistakes& mistakes)
      : catalogue_(catalogue), path_(path), mistakes_(mistakes) {
    for (const Sector& sector : catalogue.sectors) sectors_.insert(sector.id);
  }

  /// Calls `use(Row)` for good rows; `bad(line, why)` for others. False: the file is refused.
  template <class Use, class Bad>
  bool read(const std::string& text, Use&& use, Bad&& bad) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool json = first != std::string::npos && text[first] == '{';
    const auto rows = json ? json_rows(text) : csv_rows(text);
    if (rows.size() > kRowsMax) {
      mistakes_.add({path_, 0}, fmt::format("{} rows, at most {} are read", rows.size(), kRowsMax));
      return false;
    }
    std::optional<Columns> columns;
    for (const TextRow& row : rows) {
      if (!json && !columns) {
        columns.emplace(row.fields);
        if (!check_header(*columns, row.line)) return false;
        continue;
      }
      std::string error = row.error;
      if (json && !error.empty()) {  // what follows is lost: no few rows
        mistakes_.add({path_, row.line}, error);
        return false;
      }
      Row one;
      if (error.empty()) one = json ? sec_row(row, error) : csv_row(*columns, row, error);
      if (error.empty()) {
        one.company.place = fmt::format("{}:{}", path_, row.line);
        use(std::move(one));
      } else {
        bad(row.line, error);
      }
    }
    return true;
  }

 private:
  bool check_header(const Columns& columns, int line) {
    krx_ = columns.has("단축코드") || columns.has("종목코드");
    static const std::set<std::string, std::less<>> known{
        "id", "ticker", "exchange", "name", "name_ko", "aliases", "ambiguous", "country", "sector",
        "sectors", "fiscal_year_end_month", "valid_from", "valid_to"};
    if (krx_) return true;
    bool good = true;
    for (const std::string_view needed : {"id", "name"}) {
      if (columns.has(needed)) continue;
      good = false;
      mistakes_.add({path_, line}, fmt::format("the header must name the column {}", needed));
    }
    for (const auto& [name, at] : columns.names()) {
      if (known.contains(name)) continue;
      good = false;
      mistakes_.add({path_, line}, fmt::format("unknown column \"{}\"{}", name,
                                               base::did_you_mean(name, known)));
    }
    return good;
  }

  Row csv_row(const Columns& columns, const TextRow& row, std::string& error) const {
    if (row.fields.size() > columns.count()) {
      error = fmt::format("{} fields, the header has {}", row.fields.size(), columns.count());
      return {};
    }
    return krx_ ? krx_row(columns, row, error) : plain_row(columns, row, error);
  }

  Row plain_row(const Columns& columns, const TextRow& row, std::string& error) const {
    Row out;
    Company& company = out.company;
    company.id = columns.of(row, {"id"});
    company.ticker = columns.of(row, {"ticker"});
    company.exchange = columns.of(row, {"exchange"});
    company.name = columns.of(row, {"name"});
    company.name_ko = columns.of(row, {"name_ko"});
    company.aliases = split_bars(columns.of(row, {"aliases"}));
    company.ambiguous = split_bars(columns.of(row, {"ambiguous"}));
    company.country = columns.of(row, {"country"});
    company.sectors = split_bars(columns.of(row, {"sector", "sectors"}));
    company.fiscal_year_end_month = month_of(columns.of(row, {"fiscal_year_end_month"}), error);
    company.valid_from = date_of(columns.of(row, {"valid_from"}), error);
    company.valid_to = date_of(columns.of(row, {"valid_to"}), error);
    if (company.id.empty()) error = "the column id is empty";
    if (company.name.empty() && company.aliases.empty()) error = "the column name is empty";
    for (const std::string& sector : company.sectors) {
      if (sectors_.contains(sector)) continue;
      error = fmt::format("sector \"{}\" does not exist{}", sector,
                          base::did_you_mean(sector, sectors_));
    }
    place(out, company.exchange);
    return out;
  }

  Row krx_row(const Columns& columns, const TextRow& row, std::string& error) const {
    Row out;
    Company& company = out.company;
    std::string code = columns.of(row, {"단축코드", "종목코드"});
    if (code.size() == kKrxCodeLength + 1 && code[0] == 'A') code.erase(0, 1);
    const bool plain = std::all_of(code.begin(), code.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    });
    if (code.empty() || code.size() > kKrxCodeLength || !plain) {
      error = fmt::format("\"{}\" is not a code of six digits or capitals", code);
      return out;
    }
    code.insert(0, kKrxCodeLength - code.size(), '0');  // spreadsheets drop the zeros
    company.id = code;
    company.ticker = code;
    company.name = columns.of(row, {"한글 종목약명", "종목명", "회사명", "한글 종목명"});
    company.name_ko = company.name;
    company.country = "KR";
    if (const std::string english = columns.of(row, {"영문 종목명"}); !english.empty()) {
      company.aliases.push_back(english);
    }
    company.fiscal_year_end_month = month_of(columns.of(row, {"결산월"}), error);
    if (company.name.empty()) error = "the name of the issue is empty";
    place(out, "KRX");
    return out;
  }

  Row sec_row(const TextRow& row, std::string& error) const {
    Row out;
    for (const auto& [key, value] : row.named) {
      if (key == "ticker") out.company.ticker = value;
      if (key == "title") out.company.name = value;
      if (key == "cik_str") out.issuer = value;
    }
    if (out.company.ticker.empty()) error = "\"ticker\" is missing or empty";
    if (out.company.name.empty()) error = "\"title\" is missing or empty";
    out.company.id = out.company.ticker;
    out.company.country = "US";
    out.market = kAmericanMarket;
    return out;
  }

  void place(Row& row, const std::string& exchange) const {
    const Exchange* const known = catalogue_.exchange(exchange);
    if (known == nullptr) return;
    row.company.exchange = known->id;
    row.market = known->country == kAmericanMarket ? known->country : known->id;
  }

  const Catalogue& catalogue_;
  const std::string& path_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> sectors_;
  bool krx_ = false;
};

/// Puts rows where they belong.
class Adder {
 public:
  Adder(Catalogue& catalogue, ListReport& report) : catalogue_(catalogue), report_(report) {
    for (std::size_t i = 0; i < catalogue.companies.size(); ++i) {
      const Company& company = catalogue.companies[i];
      by_id_.emplace(company.id, i);
      const Exchange* const exchange = catalogue.exchange(company.exchange);
      if (exchange == nullptr || company.ticker.empty()) continue;
      const bool american = exchange->country == kAmericanMarket;
      by_listing_.emplace((american ? exchange->country : exchange->id) + ":" + company.ticker, i);
    }
  }

  void add(Row row) {
    Company& company = row.company;
    for (const std::string& name :
         {company.name, company.name_ko, without_legal_form(company.name)}) {
      const auto& all = company.aliases;
      if (name.empty() || std::find(all.begin(), all.end(), name) != all.end()) continue;
      company.aliases.push_back(name);
    }
    const std::string listing = row.market + ":" + company.ticker;
    std::optional<std::size_t> at = find(by_id_, company.id);
    const bool listed = !row.market.empty() && !company.ticker.empty();
    if (const auto other = listed ? find(by_listing_, listing) : std::nullopt) at = other;
    // A second share class of one issuer is that issuer.
    if (!at && !row.issuer.empty()) at = find(by_issuer_, row.issuer);
    if (!at) {
      at = catalogue_.companies.size();
      company.is_imported = true;
      by_id_.emplace(company.id, *at);
      if (listed) by_listing_.emplace(listing, *at);
      catalogue_.companies.push_back(std::move(company));
      ++report_.added;
    } else {
      gain_names(catalogue_.companies[*at], company);
      ++report_.merged;
    }
    if (!row.issuer.empty()) by_issuer_.emplace(row.issuer, *at);
  }

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;

  static std::optional<std::size_t> find(const Index& index, const std::string& key) {
    const auto found = index.find(key);
    return found == index.end() ? std::nullopt : std::optional(found->second);
  }

  static void gain_names(Company& company, const Company& row) {
    for (const std::string& name : row.aliases) {
      company.listed_names.push_back(name);
      if (std::find(company.aliases.begin(), company.aliases.end(), name) ==
          company.aliases.end()) {
        company.aliases.push_back(name);
      }
    }
  }

  Catalogue& catalogue_;
  ListReport& report_;
  Index by_id_;
  Index by_listing_;  ///< "KRX:005930", "US:NVDA"
  Index by_issuer_;   ///< the SEC's number of the issuer
};

}  // namespace

ListReport add_company_list(const std::string& path, std::string_view bytes, Catalogue& catalogue,
                            Mistakes& mistakes) {
  ListReport report;
  const auto text = to_utf8(bytes);
  if (!text) {
    mistakes.add({path, 0}, "the text is neither UTF-8 nor EUC-KR");
    return report;
  }
  std::vector<std::pair<int, std::string>> bad;
  Adder adder(catalogue, report);
  ListReader reader(catalogue, path, mistakes);
  const auto use = [&](Row row) {
    ++report.rows;
    adder.add(std::move(row));
  };
  const auto refuse = [&](int line, const std::string& why) {
    ++report.rows;
    bad.emplace_back(line, why);
  };
  if (!reader.read(*text, use, refuse)) return report;
  report.bad = bad.size();
  if (report.bad > std::max(kBadRowsAlways, report.rows / kBadRowsOneIn)) {
    mistakes.add({path, 0}, fmt::format("{} of {} rows cannot be read, more than one in {}",
                                        report.bad, report.rows, kBadRowsOneIn));
    for (const auto& [line, why] : bad) mistakes.add({path, line}, why);
    return report;
  }
  for (const auto& [line, why] : bad) {
    if (report.notices.size() == kNoticesMax) break;
    report.notices.push_back(fmt::format("{}:{}: left out: {}", path, line, why));
  }
  if (report.bad > 0) {
    report.notices.push_back(fmt::format("{}: {} of {} rows left out", path, report.bad,
                                         report.rows));
  }
  return report;
}

}  // namespace wiremill::catalog
