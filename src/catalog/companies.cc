#include "catalog/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

void read_companies(const settings::Node& node, Catalogue& catalogue,
                    settings::Mistakes& mistakes) {
  for (const settings::Node& item : node.items()) {
    settings::Reader reader(item, "company", mistakes);
    Company company;
    company.id = reader.text("id");
    company.ticker = reader.text("ticker", "");
    company.exchange = reader.text("exchange", "");
    company.name = reader.text("name");
    company.name_ko = reader.text("name_ko", "");
    company.aliases = reader.texts("aliases", {});
    company.ambiguous = reader.texts("ambiguous", {});
    company.country = reader.text("country", "");
    company.sectors = reader.texts("sectors", {});
    company.fiscal_year_end_month =
        static_cast<int>(reader.whole("fiscal_year_end_month", 12, {1, 12}));
    company.ticker_is_word = reader.flag("ticker_is_word", false);
    company.valid_from = reader.date("valid_from");
    company.valid_to = reader.date("valid_to");
    reader.finish();
    for (const std::string& name : {company.name, company.name_ko}) {
      const auto& all = company.aliases;
      if (!name.empty() && std::find(all.begin(), all.end(), name) == all.end()) {
        company.aliases.push_back(name);
      }
    }
    catalogue.companies.push_back(std::move(company));
  }
}

void read_groups(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes) {
  for (const settings::Node& item : node.items()) {
    settings::Reader reader(item, "group", mistakes);
    Group group;
    group.id = reader.text("id");
    group.name = reader.text("name");
    group.name_ko = reader.text("name_ko", "");
    group.aliases = reader.texts("aliases", {});
    group.members = reader.texts("members", {});
    reader.finish();
    catalogue.groups.push_back(std::move(group));
  }
}

void read_sectors(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes) {
  for (const settings::Node& item : node.items()) {
    settings::Reader reader(item, "sector", mistakes);
    Sector sector;
    sector.id = reader.text("id");
    sector.name = reader.text("name");
    sector.name_ko = reader.text("name_ko", "");
    reader.finish();
    catalogue.sectors.push_back(std::move(sector));
  }
}

/// One CSV line into fields; quotes as in RFC 4180, without line breaks inside a field.
std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back().push_back('"');
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::vector<std::string> split_bars(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t bar = std::min(text.find('|', start), text.size());
    if (bar > start) parts.push_back(text.substr(start, bar - start));
    start = bar + 1;
  }
  return parts;
}

/// A column of the CSV by its header name; "" when the file or the line does not have it.
class CsvColumns {
 public:
  explicit CsvColumns(const std::vector<std::string>& header) {
    for (std::size_t i = 0; i < header.size(); ++i) at_[header[i]] = i;
  }
  bool has(const std::string& name) const { return at_.contains(name); }
  std::string of(const std::vector<std::string>& fields, const std::string& name) const {
    const auto found = at_.find(name);
    return found != at_.end() && found->second < fields.size() ? fields[found->second] : "";
  }

 private:
  std::map<std::string, std::size_t> at_;
};

std::optional<base::Instant> csv_date(const std::string& text, const settings::Place& place,
                                      settings::Mistakes& mistakes) {
  if (text.empty()) return std::nullopt;
  const auto at = base::parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
  if (at) return *at;
  mistakes.add(place, fmt::format("\"{}\" is not a date such as 2026-02-14", text));
  return std::nullopt;
}

}  // namespace

const std::vector<Section>& company_sections() {
  static const std::vector<Section> sections{
      {"companies", read_companies}, {"groups", read_groups}, {"sectors", read_sectors}};
  return sections;
}

void cross_check_companies(const Catalogue& catalogue, settings::Mistakes& mistakes) {
  const settings::Place place{"catalogue", 0};
  std::set<std::string> sectors;
  for (const Sector& sector : catalogue.sectors) {
    if (!sectors.insert(sector.id).second) {
      mistakes.add(place, fmt::format("sector \"{}\" stands twice", sector.id));
    }
  }
  std::string previous;
  for (const Company& company : catalogue.companies) {
    if (company.id == previous) {
      mistakes.add(place, fmt::format("company \"{}\" stands twice", company.id));
    }
    previous = company.id;
    for (const std::string& sector : company.sectors) {
      if (!sectors.contains(sector)) {
        mistakes.add(place, fmt::format("company \"{}\": sector \"{}\" does not exist", company.id,
                                        sector));
      }
    }
  }
  for (const Group& group : catalogue.groups) {
    for (const std::string& member : group.members) {
      if (catalogue.company(member) == nullptr) {
        mistakes.add(place, fmt::format("group \"{}\": company \"{}\" does not exist", group.id,
                                        member));
      }
    }
  }
}

void read_company_csv(const std::string& path, const std::string& text, Catalogue& catalogue,
                      settings::Mistakes& mistakes) {
  std::map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < catalogue.companies.size(); ++i) {
    by_id[catalogue.companies[i].id] = i;
  }
  std::optional<CsvColumns> columns;
  settings::Place place{path, 0};
  for (std::size_t start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const auto fields = csv_fields(std::string_view(text).substr(start, end - start));
    start = end + 1;
    ++place.line;
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (!columns) {
      columns.emplace(fields);
      if (!columns->has("id") || !columns->has("name")) {
        mistakes.add(place, "the header must name the columns id and name");
        return;
      }
      continue;
    }
    Company company;
    company.id = columns->of(fields, "id");
    company.ticker = columns->of(fields, "ticker");
    company.exchange = columns->of(fields, "exchange");
    company.name = columns->of(fields, "name");
    company.aliases = split_bars(columns->of(fields, "aliases"));
    if (!company.name.empty()) company.aliases.push_back(company.name);
    company.country = columns->of(fields, "country");
    company.valid_from = csv_date(columns->of(fields, "valid_from"), place, mistakes);
    company.valid_to = csv_date(columns->of(fields, "valid_to"), place, mistakes);
    if (company.id.empty()) {
      mistakes.add(place, "the column id is empty");
      continue;
    }
    const auto [known, added] = by_id.emplace(company.id, catalogue.companies.size());
    if (added) {
      catalogue.companies.push_back(std::move(company));
      continue;
    }
    auto& aliases = catalogue.companies[known->second].aliases;
    aliases.insert(aliases.end(), company.aliases.begin(), company.aliases.end());
  }
}

}  // namespace wiremill::catalog
