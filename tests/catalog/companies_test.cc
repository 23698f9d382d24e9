#include "catalog/companies.h"

#include <gtest/gtest.h>

#include "catalog/catalogue.h"
#include "catalog/changed_catalogue.h"

namespace wiremill::catalog {
namespace {

base::Instant day(const std::string& text) { return *base::parse_rfc3339(text + "T00:00:00Z"); }

const Catalogue& shipped() {
  static const auto catalogue = *load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
  return *catalogue;
}

TEST(ShippedCompanies, KnowTheirTickerOnADay) {
  const Company* const meta = shipped().company("META");
  ASSERT_NE(meta, nullptr);
  EXPECT_EQ(meta->ticker_at(day("2015-06-01")), "FB");
  EXPECT_EQ(meta->ticker_at(day("2026-02-01")), "META");
  EXPECT_FALSE(meta->holds("Meta", day("2015-06-01")));
  EXPECT_FALSE(meta->holds("FB", day("2026-02-01")));
  EXPECT_TRUE(meta->holds("Facebook", day("2026-02-01")));
}

TEST(ShippedCompanies, StayWhenTheirListingEnds) {
  const Company* const vmware = shipped().company("VMWARE");
  ASSERT_NE(vmware, nullptr);
  EXPECT_EQ(vmware->ticker_at(day("2020-01-01")), "VMW");
  EXPECT_EQ(vmware->ticker_at(day("2026-01-01")), "");
  EXPECT_TRUE(vmware->holds("VMware", day("2026-01-01")));
}

TEST(ShippedCompanies, AreListedOnKnownMarketsInKnownSectors) {
  std::size_t listed = 0;
  for (const Company& one : shipped().companies) {
    EXPECT_FALSE(one.sectors.empty()) << one.id;
    EXPECT_EQ(one.country.size(), 2U) << one.id;
    if (one.ticker.empty()) continue;
    ++listed;
    EXPECT_NE(shipped().exchange(one.exchange), nullptr) << one.id;
  }
  EXPECT_GE(listed, 600U);
  for (const char* group : {"hyperscalers", "magnificent-seven", "korean-memory", "memory-three"}) {
    EXPECT_NE(shipped().group(group), nullptr) << group;
  }
}

TEST(Exchanges, AreFoundByAnyName) {
  ASSERT_NE(shipped().exchange("kosdaq"), nullptr);
  EXPECT_EQ(shipped().exchange("kosdaq")->id, "KRX");
  EXPECT_EQ(shipped().exchange("코스피")->id, "KRX");
  EXPECT_EQ(shipped().exchange("nowhere"), nullptr);
}

TEST(CompanyMistakes, AreNamedAllAtOnceWithPlaceAndSuggestion) {
  const ChangedCatalogue extra("companies:\n"
                       "  - {id: AAA, ticker: AAA, exchange: NASDAK, name: Aaa Works}\n"
                       "  - {id: BBB, ticker: NVDA, exchange: NASDAQ, name: Bbb Works}\n"
                       "  - {id: NVDA, name: Ccc Works, sectors: [memmory]}\n"
                       "  - {id: DDD, ticker: '12345', exchange: KRX, name: Nvidia}\n"
                       "  - {id: EEE, name: Eee Works, dated: [{names: [Eee Old]}], alias: [x]}\n"
                       "  - {id: FFF, ticker: FFF, name: Fff Works}\n");
  const auto first = extra.load();
  ASSERT_FALSE(first);
  EXPECT_NE(first.error().text.find("extra.yaml:6: dated names need \"from\", \"to\" or both"),
            std::string::npos) << first.error().text;
  EXPECT_NE(first.error().text.find("extra.yaml:6: company: unknown key \"alias\", did you mean "
                                    "\"aliases\"?"), std::string::npos);

  const ChangedCatalogue wrong("companies:\n"
                       "  - {id: AAA, ticker: AAA, exchange: NASDAK, name: Aaa Works}\n"
                       "  - {id: BBB, ticker: NVDA, exchange: NASDAQ, name: Bbb Works}\n"
                       "  - {id: GGG, name: Ccc Works, sectors: [memmory]}\n"
                       "  - {id: ZZZ, ticker: '12345', exchange: KRX, name: Nvidia}\n"
                       "  - {id: FFF, ticker: FFF, name: Fff Works}\n"
                       "groups:\n"
                       "  - {id: some, name: Some, members: [NVDAA]}\n");
  const auto second = wrong.load();
  ASSERT_FALSE(second);
  const std::string& text = second.error().text;
  for (const char* part :
       {"extra.yaml:2: company \"AAA\": exchange \"NASDAK\" does not exist, did you mean",
        "NASDAQ:NVDA is already the listing of",
        "extra.yaml:4: company \"GGG\": sector \"memmory\" does not exist, did you mean",
        "extra.yaml:5: company \"ZZZ\": code \"12345\" of KRX must have 6 characters",
        "the name \"Nvidia\" is already one of \"NVDA\" in companies/chips.yaml:",
        "extra.yaml:6: company \"FFF\" has the ticker FFF but no exchange",
        "extra.yaml:8: group \"some\": company \"NVDAA\" does not exist, did you mean \"NVDA\"?"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
  }
}

TEST(CompanyMistakes, NameWhereAnIdStoodFirst) {
  const ChangedCatalogue extra("companies:\n  - {id: NVDA, name: Second Works}\n");
  const auto loaded = extra.load();
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text.find("company \"NVDA\" stands twice, first in "),
            std::string::npos) << loaded.error().text;
}

}  // namespace
}  // namespace wiremill::catalog
