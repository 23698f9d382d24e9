// Names that are words, people, clubs and tickers: when a company is meant and when not.
#include "extract/name_cues.h"

#include <filesystem>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using Ids = std::vector<std::string>;

/// An extractor whose catalogue has one more list.
class WithList {
 public:
  explicit WithList(const std::string& csv) {
    const auto path = std::filesystem::temp_directory_path() /
                      (std::string("wiremill-list-") +
                       testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path) << csv;
    const auto catalogue = catalog::load(
        {.folder = WIREMILL_SOURCE_DIR "/deploy/catalog", .company_files = {path.string()}});
    std::filesystem::remove(path);
    EXPECT_TRUE(catalogue) << catalogue.error().text;
    extractor_ = *compile(*catalogue, {});
  }
  model::FactsRecord read(const std::string& headline, const std::string& body = "") const {
    const model::Event event = event_of(body, headline);
    return extractor_->extract(event, event.published_at);
  }
  Ids companies(const std::string& headline, const std::string& body = "") const {
    return companies_of(read(headline, body));
  }

 private:
  std::shared_ptr<const Extractor> extractor_;
};

Ids in_headline(const std::string& headline) { return companies_of(read("", headline)); }

TEST(NamesThatAreWords, NeedASecondCueInKorean) {
  EXPECT_EQ(in_headline("기아, 2분기 영업이익 사상 최대"), Ids{"000270"});
  EXPECT_EQ(in_headline("[특징주] 기아, 신차 효과에 강세"), Ids{"000270"});
  EXPECT_EQ(in_headline("현대차·기아 동반 상승"), (Ids{"000270", "005380"}));
  EXPECT_EQ(companies_of("하반기에는 기아(000270)가 앞선다"), Ids{"000270"});
  EXPECT_EQ(companies_of("기아자동차는 노사 협상을 마쳤다. 기아는 하반기를 본다."), Ids{"000270"});
  EXPECT_TRUE(companies_of("전쟁이 기아를 불렀고 아이들이 기아에 시달린다").empty());
  EXPECT_TRUE(in_headline("기아 타이거즈, 개막전 승리").empty());
}

TEST(NamesThatAreWords, NeedASecondCueInEnglish) {
  const WithList list("id,ticker,exchange,name,aliases\n"
                      "L1,SQRE,NYSE,Square Foods Ltd.,Square\nL2,TGTX,NYSE,Keystone Mills,\n");
  EXPECT_EQ(list.companies("Square shares fall after results"), Ids{"L1"});
  EXPECT_EQ(list.companies("Analysts cut their rating on Square"), Ids{"L1"});
  EXPECT_EQ(list.companies("Square, Keystone Mills to build a bakery"), (Ids{"L1", "L2"}));
  EXPECT_TRUE(list.companies("Protesters fill Republic Square again").empty());
}

TEST(GroupNames, StayOpenUnlessTheHoldingIsMeant) {
  EXPECT_EQ(in_headline("한화, 3분기 영업이익 1조원"), Ids{"000880"});
  EXPECT_TRUE(in_headline("삼성·SK·한화 총수 한자리에").empty());
  EXPECT_TRUE(companies_of("한화가 잠실 구장을 찾은 팬과 함께했다").empty());
  EXPECT_TRUE(in_headline("현대차그룹, 미국에 260억 달러 투자").empty()) << "a group, not its carmaker";
}

TEST(People, AreNoCompanies) {
  const WithList list("id,ticker,exchange,name,aliases\nL1,RJTT,NYSE,Rajat Tools,Rajat\n");
  EXPECT_TRUE(list.companies("Hold gold for now: Rajat Kumar").empty());
  EXPECT_TRUE(list.companies("Bonds look cheap, says Rajat Kumar, a trader").empty());
  EXPECT_EQ(list.companies("Rajat Tools wins order"), Ids{"L1"});
  EXPECT_TRUE(companies_of("Michael Dell gave the talk. Harrison Ford listened.").empty());
  EXPECT_EQ(companies_of("Dell raised its outlook."), Ids{"DELL"});
}

TEST(ShortNames, StandWithoutTheirCapitalsUnlessTheyAreWords) {
  const WithList list("id,ticker,exchange,name,aliases\nL1,ZIFY,NYSE,Zify Limited,ZIFY\n"
                      "L2,IDEA,NSE,Idea Lines Ltd,IDEA\nL3,QKW,NSE,Qkw Steel,QKW\n");
  EXPECT_EQ(list.companies("Zify beats estimates"), Ids{"L1"});
  EXPECT_EQ(list.companies("Idea reports a loss"), Ids{"L2"});
  EXPECT_TRUE(list.companies("Big Idea behind the tax plan").empty());
  EXPECT_EQ(list.companies("QKWs third quarter profit up"), Ids{"L3"}) << "no apostrophe";
  EXPECT_TRUE(companies_of("Apples and oranges are dearer").empty());
}

TEST(Funds, AreNotTheCompanyThatTheyAreCalledAfter) {
  EXPECT_TRUE(companies_of("Goldman Sachs Mutual Fund bought the bonds").empty());
  EXPECT_TRUE(companies_of("The drug, code BP-101, enters its second trial").empty());
}

TEST(Lists, WinOverTheCatalogueAndShareNothingSilently) {
  const WithList list("id,ticker,exchange,name,aliases\n"
                      "L1,ORAX,NSE,Oracle Financial Works,Oracle\n"
                      "L2,TWOA,NSE,Twofold Mills,Twofold\nL3,TWOB,NSE,Twofold Paper,Twofold\n"
                      "L4,005930,KOSPI,삼성전자,\nL5,005935,KOSPI,삼성전자우,\n");
  EXPECT_EQ(list.companies("Oracle gains in Mumbai"), Ids{"L1"});
  EXPECT_EQ(list.read("Twofold gains in Mumbai").flags, Ids{"ambiguous_company"});
  EXPECT_EQ(list.companies("Twofold gains; Twofold Paper rises too"), Ids{"L3"});
  EXPECT_EQ(list.companies("삼성전자, 신고가"), Ids{"005930"}) << "one company under one id";
  EXPECT_EQ(list.companies("삼성전자우, 신고가"), Ids{"L5"}) << "the longer name";
}

TEST(ListedTickers, NeverStandAlone) {
  const WithList list("id,ticker,exchange,name,aliases\nL1,QXZ,NYSE,Quill Works,\n");
  EXPECT_TRUE(list.companies("QXZ is a code in this table").empty());
  EXPECT_EQ(list.companies("$QXZ to the moon"), Ids{"L1"});
  EXPECT_EQ(list.companies("Buyers (NYSE: QXZ) return"), Ids{"L1"});
  EXPECT_EQ(list.companies("QXZ.N rises as Quill Works reports"), Ids{"L1"});
}

}  // namespace
}  // namespace wiremill::extract
