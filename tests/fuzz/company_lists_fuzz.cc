// Feeds any bytes as a company list to the catalogue: it must come back, count every row once, and
// never lose what was there.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "catalog/company_lists.h"
#include "settings/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace wiremill;
  catalog::Catalogue catalogue;
  catalogue.exchanges = {{"KRX", {"KRX", "KOSPI"}, {"KS"}, "KR"}, {"NYSE", {"NYSE"}, {"N"}, "US"}};
  catalog::Company first;
  first.id = first.ticker = "005930";
  first.exchange = "KRX";
  first.aliases = {"first"};
  catalogue.companies.push_back(first);
  settings::Mistakes mistakes;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const auto report = catalog::add_company_list("fuzz", text, catalogue, mistakes);
  WIREMILL_ASSERT(catalogue.companies.size() == 1 + report.added);
  WIREMILL_ASSERT(catalogue.companies.front().id == "005930");
  WIREMILL_ASSERT(catalogue.companies.front().aliases.front() == "first");
  if (mistakes.empty()) {
    WIREMILL_ASSERT(report.rows == report.added + report.merged + report.bad);
  }
  for (std::size_t i = 1; i < catalogue.companies.size(); ++i) {
    WIREMILL_ASSERT(!catalogue.companies[i].id.empty());
    WIREMILL_ASSERT(!catalogue.companies[i].aliases.empty());
  }
  return 0;
}
