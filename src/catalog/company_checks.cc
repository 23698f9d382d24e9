#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "catalog/names.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

constexpr std::size_t kKrxCodeLength = 6;

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != ' ') out.push_back(base::lower_ascii(c));
  }
  return out;
}

/// Checks of companies that need to see all of them. A list's rows are checked where it is read.
class CompanyChecks {
 public:
  explicit CompanyChecks(Names& names) : names_(names) {}

  void check(const Company& company) {
    names_.once("company", company.id, company.place);
    if (company.is_imported) return;
    const std::string user = fmt::format("company \"{}\"", company.id);
    for (const std::string& sector : company.sectors) {
      names_.used("sector", sector, company.place, user);
    }
    if (!company.exchange.empty()) {
      names_.used("exchange", company.exchange, company.place, user);
    }
    check_listing(company);
    check_names(company);
  }

 private:
  void check_listing(const Company& company) {
    if (company.ticker.empty()) return;
    if (company.exchange.empty()) {
      names_.mistake(company.place, fmt::format("company \"{}\" has the ticker {} but no exchange",
                                                company.id, company.ticker));
    }
    if (company.exchange == "KRX" && company.ticker.size() != kKrxCodeLength) {
      names_.mistake(company.place,
                     fmt::format("company \"{}\": code \"{}\" of KRX must have {} characters",
                                 company.id, company.ticker, kKrxCodeLength));
    }
    const auto [other, added] =
        listings_.emplace(company.exchange + ":" + company.ticker, company.id);
    if (added || other->second == company.id) return;
    names_.mistake(company.place, fmt::format("company \"{}\": {} is already the listing of \"{}\"",
                                              company.id, other->first, other->second));
  }

  void check_names(const Company& company) {
    const auto& listed = company.listed_names;
    for (const std::string& alias : company.aliases) {
      if (std::find(listed.begin(), listed.end(), alias) != listed.end()) continue;
      const auto [at, added] = written_.emplace(folded(alias), &company);
      const Company& other = *at->second;
      if (added || other.id == company.id) continue;
      names_.mistake(company.place,
                     fmt::format("company \"{}\": the name \"{}\" is already one of \"{}\" in {}; "
                                 "list it under \"ambiguous\" of both",
                                 company.id, alias, other.id, other.place));
    }
  }

  Names& names_;
  std::map<std::string, std::string> listings_;    ///< "NASDAQ:NVDA" to company
  std::map<std::string, const Company*> written_;  ///< by folded name
};

}  // namespace

void cross_check_companies(const Catalogue& catalogue, Names& names) {
  for (const Sector& sector : catalogue.sectors) names.once("sector", sector.id, sector.place);
  for (const Exchange& one : catalogue.exchanges) names.once("exchange", one.id, one.place);
  CompanyChecks checks(names);
  for (const Company& company : catalogue.companies) checks.check(company);
  for (const Group& group : catalogue.groups) {
    names.once("group", group.id, group.place);
    for (const std::string& member : group.members) {
      names.used("company", member, group.place, fmt::format("group \"{}\"", group.id));
    }
  }
}

}  // namespace wiremill::catalog
