#include "catalog/reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/catalogue.h"

namespace wiremill::catalog {
namespace {

const Catalogue& shipped() {
  static const auto catalogue = [] {
    auto loaded = load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    EXPECT_TRUE(loaded) << loaded.error().text;
    return *loaded;
  }();
  return *catalogue;
}

TEST(ShippedReading, HasTheSectorsOfTheBoard) { EXPECT_EQ(shipped().sectors.size(), 21U); }

TEST(ShippedReading, HasTheChainOfCompanies) {
  EXPECT_GE(shipped().companies.size(), 700U);
  for (const char* id :
       {"AMZN", "MSFT", "GOOGL", "META", "ORCL", "NVDA", "AMD", "AVGO", "TSM", "ASML", "AMAT",
        "LRCX", "MU", "005930", "000660", "ANET", "SMCI", "CRWV", "NBIS", "APLD", "VRT", "ETN",
        "SU", "BE", "ABB", "DLR", "EQIX", "DELL", "HPE", "OPENAI", "ANTHROPIC", "GROQ"}) {
    EXPECT_NE(shipped().company(id), nullptr) << id;
  }
  ASSERT_NE(shipped().group("hyperscalers"), nullptr);
  EXPECT_EQ(shipped().group("hyperscalers")->members.size(), 4U);
}

TEST(ShippedReading, HasTheFirmInstruments) {
  std::set<std::string> ids;
  for (const Instrument& one : shipped().reading.instruments) ids.insert(one.id);
  for (const char* id : {"UST2Y", "UST10Y", "JGB10Y", "BUND10Y", "SPX", "NDX", "SOX", "VIX", "DXY",
                         "KOSPI", "USDKRW"}) {
    EXPECT_TRUE(ids.contains(id)) << id;
  }
}

TEST(ShippedReading, FindsPublishersByFamily) {
  const Publisher* const reuters = shipped().reading.publisher("reuters");
  ASSERT_NE(reuters, nullptr);
  EXPECT_EQ(reuters->tier, "wire");
  EXPECT_EQ(shipped().reading.publisher("nobody"), nullptr);
}

TEST(ShippedReading, KnowsWhereItsRulesStand) {
  for (const Rule& rule : shipped().reading.rules) {
    EXPECT_NE(rule.place.find("rules/"), std::string::npos) << rule.id;
    EXPECT_NE(rule.place.find(".yaml:"), std::string::npos) << rule.id;
  }
}

TEST(ShippedReading, GivesEachTonePhraseOneScore) {
  std::set<std::string> seen;
  std::size_t measures = 0;
  std::size_t moves = 0;
  for (const LexiconEntry& entry : shipped().reading.lexicon) {
    EXPECT_TRUE(seen.insert(entry.phrase).second) << entry.phrase << " stands twice";
    EXPECT_NE(entry.place.find("lexicon/tone/"), std::string::npos) << entry.phrase;
    measures += entry.role == ToneRole::kMeasure ? 1 : 0;
    moves += entry.role == ToneRole::kMove ? 1 : 0;
    EXPECT_TRUE(entry.role != ToneRole::kMove || entry.score != 0) << entry.phrase;
  }
  EXPECT_GE(seen.size(), 5000U);
  EXPECT_GE(measures, 400U);
  EXPECT_GE(moves, 600U);
}

}  // namespace
}  // namespace wiremill::catalog
