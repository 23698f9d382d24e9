#include "extract/companies.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using Ids = std::vector<std::string>;

const model::CompanyInText* find(const model::FactsRecord& record, const std::string& id) {
  for (const model::CompanyInText& company : record.companies) {
    if (company.id == id) return &company;
  }
  return nullptr;
}

TEST(Companies, StandWithParticles) {
  EXPECT_EQ(companies_of("엔비디아가 올랐고 아마존의 계획, 오라클은 쉬었다"),
            (Ids{"AMZN", "NVDA", "ORCL"}));
  EXPECT_EQ(companies_of("SK하이닉스에서는 말을 아꼈다"), Ids{"000660"});
}

TEST(Companies, StandInKoreanCompounds) {
  EXPECT_EQ(companies_of("삼성전자發 훈풍, 美엔비디아 급등"), (Ids{"005930", "NVDA"}));
  EXPECT_EQ(companies_of("엔비디아향 물량과 테슬라발 충격, 애플식 계산"),
            (Ids{"AAPL", "NVDA", "TSLA"}));
  EXPECT_EQ(companies_of("SK 하이닉스와 오픈 AI, 어플라이드머티어리얼즈"),
            (Ids{"000660", "AMAT", "OPENAI"}));
  EXPECT_EQ(companies_of("현대차증권은 현대차 목표가를 올렸다"), (Ids{"001500", "005380"}));
  EXPECT_TRUE(companies_of("삼성전자우 주가").empty());
}

TEST(Companies, DoNotStandInsideOtherWords) {
  EXPECT_TRUE(companies_of("메타버스 인텔리전스 애플리케이션 구글링").empty());
  EXPECT_TRUE(companies_of("비자 발급이 늦어졌다. 취업비자 문제도 남았다.").empty());
  EXPECT_TRUE(companies_of("The metaverse, appletrees and oracles").empty());
}

TEST(Companies, AreFoundByCashtagExchangeAndBracket) {
  const auto record = read("$NVDA rallied. Bloom Energy (NYSE: BE) and Vertiv(VRT) followed.");
  EXPECT_EQ(companies_of(record), (Ids{"BE", "NVDA", "VRT"}));
  EXPECT_EQ(find(record, "NVDA")->mentions.front().by, model::MentionBy::kCashtag);
  EXPECT_EQ(find(record, "BE")->mentions.back().by, model::MentionBy::kExchangePrefix);
  EXPECT_EQ(find(record, "VRT")->mentions.back().by, model::MentionBy::kTicker);
  EXPECT_EQ(companies_of("삼성전자(005930)가 오른다"), Ids{"005930"});
}

TEST(Companies, NeedASecondCueForTickersThatAreWords) {
  Trace trace;
  const auto event = event_of("BE FAST NOW, said the coach. V for victory.");
  const auto record = shipped_extractor().extract(event, event.published_at, &trace);
  EXPECT_TRUE(record.companies.empty());
  EXPECT_GE(trace.work.suppressed_tickers, 2);
}

TEST(Companies, FlagWhatContradictsTheCatalogue) {
  const auto record = read("Super Micro(SMU)와 CoreWeave(비상장·클라우드 공급자)를 본다");
  ASSERT_NE(find(record, "SMCI"), nullptr);
  EXPECT_EQ(find(record, "SMCI")->flags, Ids{"ticker_conflict"});
  ASSERT_NE(find(record, "CRWV"), nullptr);
  EXPECT_EQ(find(record, "CRWV")->flags, Ids{"listing_conflict"});
}

TEST(Companies, LeaveShortNamesOpenWithoutContext) {
  const auto record = read("MS가 새 계획을 냈다");
  EXPECT_TRUE(record.companies.empty());
  EXPECT_EQ(record.flags, Ids{"ambiguous_company"});
}

TEST(Companies, SettleShortNamesByTheirContext) {
  EXPECT_EQ(companies_of("클라우드 3사(아마존·MS·구글)"), (Ids{"AMZN", "GOOGL", "MSFT"}));
  EXPECT_EQ(companies_of("모건스탠리는 목표가를 올렸다. MS는 매수를 권했다."), Ids{"MS-US"});
  EXPECT_EQ(companies_of("엔비디아가 추론 칩 기업 그록과 라이선스 계약을 맺었다"),
            (Ids{"GROQ", "NVDA"}));
  EXPECT_EQ(companies_of("머스크의 xAI가 챗봇 그록을 공개했다"), Ids{"XAI"});
}

TEST(Companies, KnowPrivateFirmsAndSegments) {
  EXPECT_EQ(companies_of("OpenAI와 앤스로픽이 AWS를 쓴다"), (Ids{"AMZN", "ANTHROPIC", "OPENAI"}));
}

TEST(Companies, ComeFromTheSymbolsOfTheEventToo) {
  model::Event event = event_of("raises its full-year outlook");
  event.symbols = {"NASDAQ:NVDA", "005930.KS"};
  const auto record = read(event);
  EXPECT_EQ(companies_of(record), (Ids{"005930", "NVDA"}));
  EXPECT_EQ(find(record, "NVDA")->mentions.front().by, model::MentionBy::kSymbolField);
}

TEST(Companies, AreMoreRelevantAsSubjectsThanInLongLists) {
  const auto lead = read("", "Amazon and Oracle sign a lease");
  EXPECT_GT(find(lead, "AMZN")->relevance, find(lead, "ORCL")->relevance);
  const auto alone = read("Later that day Cisco rose.");
  const auto listed = read("Later that day Cisco, Dell, Intel and Micron rose.");
  EXPECT_LT(find(listed, "CSCO")->relevance, find(alone, "CSCO")->relevance);
}

TEST(Companies, AreMoreRelevantInHeadlineAndInFront) {
  const auto record = read("The shares of Nvidia rose.\n" + std::string(600, 'x') + " Oracle too.",
                           "Amazon lifts spending");
  EXPECT_GT(find(record, "AMZN")->relevance, find(record, "NVDA")->relevance);
  EXPECT_GT(find(record, "NVDA")->relevance, find(record, "ORCL")->relevance);
  for (const auto& company : record.companies) {
    EXPECT_GT(company.relevance, 0);
    EXPECT_LE(company.relevance, 1);
  }
}

}  // namespace
}  // namespace wiremill::extract
