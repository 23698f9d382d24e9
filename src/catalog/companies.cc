#include "catalog/companies.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Reader;

/// Equal but for the case of ASCII letters and for spaces.
bool same_name(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  for (;;) {
    while (i < a.size() && a[i] == ' ') ++i;
    while (j < b.size() && b[j] == ' ') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (base::lower_ascii(a[i++]) != base::lower_ascii(b[j++])) return false;
  }
}

bool covers(const std::optional<base::Instant>& from, const std::optional<base::Instant>& to,
            base::Instant at) {
  return (!from || at >= *from) && (!to || at < *to);
}

void read_dated(Reader& company_reader, Company& company, Mistakes& mistakes) {
  const auto list = company_reader.node("dated");
  for (const Node& item : list ? list->items() : std::vector<Node>{}) {
    Reader reader(item, "dated names of " + company.id, mistakes);
    const auto names = reader.texts("names", {});
    const auto tickers = reader.texts("tickers", {});
    const auto from = reader.date("from");
    const auto to = reader.date("to");
    if (!from && !to) reader.mistake("from", "dated names need \"from\", \"to\" or both");
    if (from && to && *to <= *from) reader.mistake("to", "\"to\" must be later than \"from\"");
    if (names.empty() && tickers.empty()) {
      reader.mistake("names", "dated names need \"names\", \"tickers\" or both");
    }
    reader.finish();
    for (const auto& name : names) company.dated.push_back({name, false, from, to});
    for (const auto& ticker : tickers) company.dated.push_back({ticker, true, from, to});
  }
}

void read_companies(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "company", mistakes);
    Company company;
    company.place = settings::to_text(item.place());
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
    if (company.valid_from && company.valid_to && *company.valid_to <= *company.valid_from) {
      reader.mistake("valid_to", "company: \"valid_to\" must be later than \"valid_from\"");
    }
    read_dated(reader, company, mistakes);
    reader.finish();
    const auto add = [&](const std::string& name) {
      const auto& all = company.aliases;
      if (name.empty() || std::find(all.begin(), all.end(), name) != all.end()) return;
      company.aliases.push_back(name);
    };
    add(company.name);
    add(company.name_ko);
    for (const DatedName& dated : company.dated) {
      if (!dated.is_ticker) add(dated.written);
    }
    catalogue.companies.push_back(std::move(company));
  }
}

void read_exchanges(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "exchange", mistakes);
    Exchange exchange;
    exchange.place = settings::to_text(item.place());
    exchange.id = reader.text("id");
    exchange.names = reader.texts("names", {});
    exchange.suffixes = reader.texts("suffixes", {});
    exchange.country = reader.text("country", "");
    reader.finish();
    exchange.names.push_back(exchange.id);
    catalogue.exchanges.push_back(std::move(exchange));
  }
}

void read_groups(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "group", mistakes);
    Group group;
    group.place = settings::to_text(item.place());
    group.id = reader.text("id");
    group.name = reader.text("name");
    group.name_ko = reader.text("name_ko", "");
    group.aliases = reader.texts("aliases", {});
    group.members = reader.texts("members", {});
    reader.finish();
    catalogue.groups.push_back(std::move(group));
  }
}

void read_sectors(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "sector", mistakes);
    Sector sector;
    sector.place = settings::to_text(item.place());
    sector.id = reader.text("id");
    sector.name = reader.text("name");
    sector.name_ko = reader.text("name_ko", "");
    reader.finish();
    catalogue.sectors.push_back(std::move(sector));
  }
}

void read_name_words(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  Reader reader(node, "name_words", mistakes);
  const auto read = [&](std::string_view key, NameWords::Words& words) {
    for (std::string word : reader.texts(key, {})) {
      for (char& c : word) c = base::lower_ascii(c);
      words.insert(std::move(word));
    }
  };
  NameWords& words = catalogue.name_words;
  read("common", words.common);
  read("plain", words.plain);
  read("groups", words.groups);
  read("given", words.given);
  read("plurals", words.plurals);
  reader.finish();
}

}  // namespace

bool Company::holds(std::string_view written, base::Instant at) const {
  if (!covers(valid_from, valid_to, at)) return false;
  bool is_dated = false;
  for (const DatedName& one : dated) {
    if (!same_name(one.written, written)) continue;
    if (covers(one.from, one.to, at)) return true;
    is_dated = true;
  }
  return !is_dated;
}

std::string Company::ticker_at(base::Instant at) const {
  for (const DatedName& one : dated) {
    if (one.is_ticker && covers(one.from, one.to, at)) return one.written;
  }
  return ticker.empty() || !holds(ticker, at) ? "" : ticker;
}

const std::vector<Section>& company_sections() {
  static const std::vector<Section> sections{{"companies", read_companies},
                                             {"exchanges", read_exchanges},
                                             {"groups", read_groups},
                                             {"name_words", read_name_words, false},
                                             {"sectors", read_sectors}};
  return sections;
}

}  // namespace wiremill::catalog
