#include "catalog/companies.h"

#include <gtest/gtest.h>

#include "changed_catalogue.h"

namespace wiremill::catalog {
namespace {

TEST(CompanyChecks, AreNamedAllAtOnceWithPlaceAndSuggestion) {
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

TEST(CompanyChecks, NameWhereAnIdStoodFirst) {
  const ChangedCatalogue extra("companies:\n  - {id: NVDA, name: Second Works}\n");
  const auto loaded = extra.load();
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text.find("company \"NVDA\" stands twice, first in "),
            std::string::npos) << loaded.error().text;
}

TEST(CompanyChecks, TakeNamesForTheSameWhateverTheirCaseAndBlanks) {
  expect_mistake(ChangedCatalogue("companies:\n  - {id: ZZZ, name: Zzz, aliases: ['n VIDIA']}\n"),
                 "company \"ZZZ\": the name \"n VIDIA\" is already one of \"NVDA\"");
}

TEST(CompanyChecks, LeaveANameThatSeveralShareToTheContext) {
  const ChangedCatalogue shared("companies:\n"
                                "  - {id: AAA, name: Aaa Works, ambiguous: [Aaa]}\n"
                                "  - {id: BBB, name: Aaa Mills, ambiguous: [Aaa]}\n");
  EXPECT_EQ(shared.mistakes(), "");
}

TEST(CompanyChecks, NameASectorThatStandsTwice) {
  expect_mistake(ChangedCatalogue("sectors:\n  - {id: memory, name: Memory, name_ko: 메모리}\n"),
                 "sector \"memory\" stands twice");
}

}  // namespace
}  // namespace wiremill::catalog
