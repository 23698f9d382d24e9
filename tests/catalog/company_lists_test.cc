#include "catalog/company_lists.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "settings/settings.h"

namespace wiremill::catalog {
namespace {

/// A small catalogue: one Korean and one American company with their markets.
Catalogue small() {
  Catalogue catalogue;
  catalogue.exchanges = {{"KRX", {"KRX", "KOSPI", "KOSDAQ"}, {"KS"}, "KR"},
                         {"NASDAQ", {"NASDAQ"}, {"O"}, "US"},
                         {"NYSE", {"NYSE"}, {"N"}, "US"}};
  catalogue.sectors = {{"memory", "Memory", "메모리"}};
  Company mine;
  mine.id = "MINE";
  mine.ticker = "012345";
  mine.exchange = "KRX";
  mine.name = "Haneul Chips";
  mine.aliases = {"Haneul Chips"};
  catalogue.companies.push_back(mine);
  mine.id = mine.ticker = "ACME";
  mine.exchange = "NYSE";
  mine.aliases = {"Acme"};
  catalogue.companies.push_back(mine);
  return catalogue;
}

struct Added {
  Catalogue catalogue = small();
  settings::Mistakes mistakes;
  ListReport report;
  const Company* find(const std::string& id) const {
    for (const Company& one : catalogue.companies) {
      if (one.id == id) return &one;
    }
    return nullptr;
  }
};

Added add(const std::string& text) {
  Added added;
  added.report = add_company_list("list.csv", text, added.catalogue, added.mistakes);
  return added;
}

bool has_name(const Company* company, const std::string& name) {
  return company != nullptr && std::find(company->aliases.begin(), company->aliases.end(), name) !=
                                   company->aliases.end();
}

TEST(PlainList, AddsCompaniesWithEveryColumn) {
  const auto added = add("id,ticker,exchange,name,aliases,country,sector,fiscal_year_end_month,"
                         "valid_from,valid_to\n"
                         "NEW,NEWT,NASDAQ,Newton Robotics Ltd.,Newton|뉴턴,US,memory,6,2020-01-01,");
  EXPECT_TRUE(added.mistakes.empty());
  const Company* const company = added.find("NEW");
  ASSERT_NE(company, nullptr);
  EXPECT_TRUE(company->is_imported);
  EXPECT_EQ(company->fiscal_year_end_month, 6);
  EXPECT_EQ(company->sectors, std::vector<std::string>{"memory"});
  EXPECT_TRUE(company->valid_from.has_value());
  EXPECT_TRUE(has_name(company, "뉴턴"));
  EXPECT_TRUE(has_name(company, "Newton Robotics")) << "without its legal form";
}

TEST(PlainList, GivesNamesToTheCompanyWithTheSameListing) {
  const auto added = add("id,ticker,exchange,name\nLIST-1,012345,KOSDAQ,하늘칩\n"
                         "LIST-2,ACME,NASDAQ,Acme Holdings\nLIST-3,012345,NASDAQ,Other\n");
  EXPECT_EQ(added.report.merged, 2U);
  EXPECT_EQ(added.report.added, 1U) << "the same digits on another market are another company";
  EXPECT_TRUE(has_name(added.find("MINE"), "하늘칩"));
  EXPECT_TRUE(has_name(added.find("ACME"), "Acme Holdings")) << "US markets share their tickers";
  EXPECT_FALSE(added.find("MINE")->is_imported);
  EXPECT_EQ(added.find("MINE")->listed_names, std::vector<std::string>{"하늘칩"});
}

TEST(PlainList, NamesWhatItsHeaderLacksAndWhatItDoesNotKnow) {
  const auto added = add("ticker,aliasses\nA,B\n");
  EXPECT_EQ(added.mistakes.error("list").text,
            "list: 3 mistakes\n"
            "  list.csv:1: the header must name the column id\n"
            "  list.csv:1: the header must name the column name\n"
            "  list.csv:1: unknown column \"aliasses\", did you mean \"aliases\"?");
}

TEST(PlainList, LeavesOutAFewBadRowsAndNamesThem) {
  std::string text = "id,name,sector,valid_from\n,Nobody,,\nB,Beta,memmory,\nC,Gamma,,soon\n";
  for (int i = 0; i < 57; ++i) text += "G" + std::to_string(i) + ",Good,,\n";
  const auto added = add(text);
  EXPECT_TRUE(added.mistakes.empty());
  EXPECT_EQ(added.report.bad, 3U);
  EXPECT_EQ(added.report.added, 57U);
  const std::vector<std::string> notices{
      "list.csv:2: left out: the column id is empty",
      "list.csv:3: left out: sector \"memmory\" does not exist, did you mean \"memory\"?",
      "list.csv:4: left out: \"soon\" is not a date such as 2026-02-14",
      "list.csv: 3 of 60 rows left out"};
  EXPECT_EQ(added.report.notices, notices);
}

TEST(PlainList, IsRefusedWhenMoreThanOneRowInTwentyIsBad) {
  std::string text = "id,name\n";
  for (int i = 0; i < 16; ++i) text += "G" + std::to_string(i) + ",Good\n";
  text += ",a\n,b\n,c\n,d\n";
  const auto added = add(text);
  EXPECT_EQ(added.mistakes.size(), 5U) << "each of them, and the count";
}

TEST(KrxList, ReadsTheExchangesOwnColumns) {
  const auto added = add("단축코드,한글 종목명,한글 종목약명,영문 종목명,시장구분\n"
                         "\"012345\",\"하늘칩보통주\",\"하늘칩\",\"Haneul Chips\",\"KOSDAQ\"\n"
                         "5432,\"바다전선보통주\",\"바다전선\",\"Bada Cable\",\"KOSPI\"\n");
  EXPECT_TRUE(added.mistakes.empty());
  EXPECT_TRUE(has_name(added.find("MINE"), "하늘칩"));
  const Company* const cable = added.find("005432");
  ASSERT_NE(cable, nullptr) << "a spreadsheet dropped the zeros";
  EXPECT_EQ(cable->exchange, "KRX");
  EXPECT_TRUE(has_name(cable, "Bada Cable"));
}

TEST(KrxList, ReadsTheListOfListedFirmsInEucKr) {
  // 회사명,종목코드,결산월 / 하늘,000777,6월
  const auto added = add("\xC8\xB8\xBB\xE7\xB8\xED,\xC1\xBE\xB8\xF1\xC4\xDA\xB5\xE5,"
                         "\xB0\xE1\xBB\xEA\xBF\xF9\n\xC7\xCF\xB4\xC3,000777,6\xBF\xF9\n");
  EXPECT_TRUE(added.mistakes.empty());
  const Company* const company = added.find("000777");
  ASSERT_NE(company, nullptr);
  EXPECT_EQ(company->name, "하늘");
  EXPECT_EQ(company->fiscal_year_end_month, 6);
}

TEST(SecList, JoinsShareClassesAndKnownTickers) {
  const auto added = add(R"({"0":{"cik_str":1,"ticker":"ACME","title":"ACME MACHINES INC"},
                             "1":{"cik_str":2,"ticker":"ZED","title":"Zed Power Corp /DE/"},
                             "2":{"cik_str":2,"ticker":"ZED.B","title":"Zed Power Corp /DE/"}})");
  EXPECT_TRUE(added.mistakes.empty());
  EXPECT_EQ(added.report.added, 1U);
  EXPECT_EQ(added.report.merged, 2U);
  EXPECT_TRUE(has_name(added.find("ACME"), "ACME MACHINES"));
  EXPECT_TRUE(has_name(added.find("ZED"), "Zed Power"));
}

TEST(AnyList, IsRefusedWhenItIsNoList) {
  EXPECT_EQ(add("id,name\n\xFF\xFF").mistakes.error("list").text,
            "list: 1 mistake\n  list.csv: the text is neither UTF-8 nor EUC-KR");
  EXPECT_FALSE(add(R"({"0":{"ticker":"A","title":"Acme"},)").mistakes.empty()) << "cut short";
}

}  // namespace
}  // namespace wiremill::catalog
