#include "catalog/companies.h"

#include <gtest/gtest.h>

#include "catalog/catalogue.h"

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

}  // namespace
}  // namespace wiremill::catalog
