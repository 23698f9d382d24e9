#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using Names = std::set<std::string, std::less<>>;

constexpr std::size_t kKrxCodeLength = 6;

settings::Place place_of(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return {text.empty() ? "catalogue" : text, 0};
  return {text.substr(0, colon), std::atoi(text.c_str() + colon + 1)};
}

std::string meant(std::string_view word, const Names& known) {
  const auto found = settings::nearest(word, known);
  return found ? fmt::format(", did you mean \"{}\"?", *found) : "";
}

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
  CompanyChecks(const Catalogue& catalogue, Mistakes& mistakes)
      : catalogue_(catalogue), mistakes_(mistakes) {
    for (const Sector& sector : catalogue.sectors) sectors_.insert(sector.id);
    for (const Exchange& exchange : catalogue.exchanges) exchanges_.insert(exchange.id);
    for (const Company& company : catalogue.companies) ids_.insert(company.id);
  }

  void check(const Company& company) {
    const auto place = place_of(company.place);
    if (const auto [first, added] = first_.emplace(company.id, company.place); !added) {
      mistakes_.add(place, fmt::format("company \"{}\" stands twice, first in {}", company.id,
                                       first->second));
    }
    if (company.is_imported) return;
    for (const std::string& sector : company.sectors) {
      if (sectors_.contains(sector)) continue;
      mistakes_.add(place, fmt::format("company \"{}\": sector \"{}\" does not exist{}",
                                       company.id, sector, meant(sector, sectors_)));
    }
    check_listing(company, place);
    check_names(company, place);
  }

  void check(const Group& group) {
    for (const std::string& member : group.members) {
      if (catalogue_.company(member) != nullptr) continue;
      mistakes_.add(place_of(group.place), fmt::format("group \"{}\": company \"{}\" does not "
                                                       "exist{}", group.id, member,
                                                       meant(member, ids_)));
    }
  }

 private:
  void check_listing(const Company& company, const settings::Place& place) {
    if (!company.ticker.empty() && company.exchange.empty()) {
      mistakes_.add(place, fmt::format("company \"{}\" has the ticker {} but no exchange",
                                       company.id, company.ticker));
    }
    if (!company.exchange.empty() && !exchanges_.contains(company.exchange)) {
      mistakes_.add(place, fmt::format("company \"{}\": exchange \"{}\" does not exist{}",
                                       company.id, company.exchange,
                                       meant(company.exchange, exchanges_)));
    }
    if (company.ticker.empty()) return;
    if (company.exchange == "KRX" && company.ticker.size() != kKrxCodeLength) {
      mistakes_.add(place, fmt::format("company \"{}\": code \"{}\" of KRX must have {} "
                                       "characters", company.id, company.ticker, kKrxCodeLength));
    }
    const auto [other, added] =
        listings_.emplace(company.exchange + ":" + company.ticker, company.id);
    if (!added && other->second != company.id) {
      mistakes_.add(place, fmt::format("company \"{}\": {} is already the listing of \"{}\"",
                                       company.id, other->first, other->second));
    }
  }

  void check_names(const Company& company, const settings::Place& place) {
    for (const std::string& alias : company.aliases) {
      if (std::find(company.listed_names.begin(), company.listed_names.end(), alias) !=
          company.listed_names.end()) {
        continue;
      }
      const auto [other, added] = names_.emplace(folded(alias), company.id);
      if (added || other->second == company.id) continue;
      mistakes_.add(place, fmt::format("company \"{}\": the name \"{}\" is already one of \"{}\"; "
                                       "list it under \"ambiguous\" of both", company.id, alias,
                                       other->second));
    }
  }

  const Catalogue& catalogue_;
  Mistakes& mistakes_;
  Names sectors_;
  Names exchanges_;
  Names ids_;
  std::map<std::string, std::string> first_;     ///< of an id: its first place
  std::map<std::string, std::string> listings_;  ///< "NASDAQ:NVDA" to company
  std::map<std::string, std::string> names_;     ///< folded name to company
};

}  // namespace

void cross_check_companies(const Catalogue& catalogue, Mistakes& mistakes) {
  Names sectors;
  for (const Sector& sector : catalogue.sectors) {
    if (sectors.insert(sector.id).second) continue;
    mistakes.add({"catalogue", 0}, fmt::format("sector \"{}\" stands twice", sector.id));
  }
  CompanyChecks checks(catalogue, mistakes);
  for (const Company& company : catalogue.companies) checks.check(company);
  for (const Group& group : catalogue.groups) checks.check(group);
}

}  // namespace wiremill::catalog
