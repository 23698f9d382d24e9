// Listings as texts write them: prefixes, suffixes, codes, strangers and contradictions.
#include "extract/listings.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using Ids = std::vector<std::string>;

const model::CompanyInText* with_ticker(const model::FactsRecord& record,
                                        const std::string& ticker) {
  for (const model::CompanyInText& company : record.companies) {
    if (company.ticker == ticker) return &company;
  }
  return nullptr;
}

TEST(Listings, ResolveInEveryNotation) {
  for (const char* text : {"a rise of (NASDAQ: AMZN)", "a rise of AMZN.O", "a rise of $AMZN",
                           "a rise of (NasdaqGS:AMZN)"}) {
    EXPECT_EQ(companies_of(text), Ids{"AMZN"}) << text;
  }
  for (const char* text : {"KRX:005930 상승", "005930.KS 상승", "(코스피 005930) 상승",
                           "(005930) 상승", "KOSPI: 005930"}) {
    EXPECT_EQ(companies_of(text), Ids{"005930"}) << text;
  }
}

TEST(Listings, OfTickersThatAreWordsNeedTheirMarket) {
  EXPECT_EQ(companies_of("upgrades (NYSE: NOW) and ON.O"), (Ids{"NOW", "ON"}));
  EXPECT_TRUE(companies_of("ON THE ROAD NOW").empty());
  EXPECT_TRUE(companies_of("U.N. and U.S. envoys met the fund 1MDB").empty());
}

TEST(Listings, OnAnotherMarketAreAnotherCompany) {
  const auto record = read("The miner Belhaven Gold (ASX: NOW) fell.");
  ASSERT_EQ(record.companies.size(), 1U);
  EXPECT_EQ(record.companies[0].id, "");
  EXPECT_EQ(record.companies[0].exchange, "ASX");
}

TEST(UnknownCompanies, StillYieldTheirTicker) {
  const auto record = read("Shares of Tarn Robotics Holdings (NYSE: TRNX) doubled.",
                           "Nvidia backs Tarn Robotics Holdings (NYSE: TRNX)");
  const auto* const tarn = with_ticker(record, "TRNX");
  ASSERT_NE(tarn, nullptr);
  EXPECT_EQ(tarn->id, "");
  EXPECT_EQ(tarn->exchange, "NYSE");
  ASSERT_EQ(tarn->mentions.size(), 4U);
  EXPECT_EQ(tarn->mentions[0].span.text, "Tarn Robotics Holdings");
  EXPECT_EQ(tarn->mentions[1].by, model::MentionBy::kExchangePrefix);
  EXPECT_GT(tarn->relevance, 0.8);
}

TEST(UnknownCompanies, MayStandInListsOfTickers) {
  const auto record = read("Two newcomers (NYSE: TRNX, TRNY) and Dell (NYSE: DELL) rose.");
  EXPECT_NE(with_ticker(record, "TRNX"), nullptr);
  EXPECT_NE(with_ticker(record, "TRNY"), nullptr);
  EXPECT_EQ(record.companies.size(), 3U);
}

TEST(Contradictions, AreFlaggedAndTheNameWins) {
  for (const char* text : {"Nvidia (NASDAQ: AMD) rose", "Nvidia (AMD) rose",
                           "Super Micro (NASDAQ: SMU) rose"}) {
    const auto record = read(text);
    ASSERT_EQ(record.companies.size(), 1U) << text;
    EXPECT_EQ(record.companies[0].flags, Ids{"ticker_conflict"}) << text;
  }
  EXPECT_EQ(read("삼성전자(000660)가 올랐다").companies.at(0).flags, Ids{"ticker_conflict"});
}

TEST(Contradictions, AreNoneWhereTheBracketSaysSomethingElse) {
  for (const char* text :
       {"Alibaba (HKEX: 9988) rose", "Nvidia (NVDA) rose", "Nvidia (CEO Jensen Huang) spoke",
        "Alphabet (GOOG) rose", "Nvidia (NASDAQ: NVDA; XETRA: NVD) rose", "삼성전자(005930)가 올랐다",
        "TSMC(2330)가 올랐다", "Amazon (AI) rose"}) {
    const auto record = read(text);
    ASSERT_EQ(record.companies.size(), 1U) << text;
    EXPECT_EQ(record.companies[0].flags, Ids{}) << text;
  }
}

TEST(OldTickers, HoldOnTheirDates) {
  model::Event event = event_of("Facebook (NASDAQ: FB) rose; $FB is liked.");
  event.published_at = *base::parse_rfc3339("2019-05-01T00:00:00Z");
  EXPECT_EQ(companies_of(read(event)), Ids{"META"});
  EXPECT_EQ(read(event).companies[0].ticker, "FB");
  EXPECT_EQ(read(event).companies[0].mentions.size(), 3U);
  event.published_at = *base::parse_rfc3339("2026-02-20T00:00:00Z");
  EXPECT_EQ(read(event).companies.at(0).ticker, "META");
}

}  // namespace
}  // namespace wiremill::extract
