#include "extract/rule_tests.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

TEST(RuleTests, OfTheShippedCataloguePass) {
  for (const std::string& failure : run_rule_tests(shipped_extractor(), *shipped_catalogue())) {
    ADD_FAILURE() << failure;
  }
}

TEST(RuleTests, AreWrittenForEveryRule) {
  for (const catalog::Rule& rule : shipped_catalogue()->reading.rules) {
    EXPECT_FALSE(rule.tests.empty()) << rule.id;
  }
}

TEST(RuleTests, NameTheTestThatFails) {
  catalog::Catalogue changed = *shipped_catalogue();
  changed.reading.rules.front().tests.front().facts.front()["subject"] = "NOBODY";
  const auto failures = run_rule_tests(shipped_extractor(), changed);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_NE(failures[0].find(changed.reading.rules.front().id), std::string::npos);
}

TEST(Compile, NamesEveryBadRuleAtOnce) {
  auto broken = std::make_shared<catalog::Catalogue>(*shipped_catalogue());
  broken->reading.rules[0].pattern = "(unclosed";
  broken->reading.rules[1].none.push_back("no.such.words");
  const auto compiled = compile(broken, {});
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, base::ErrorKind::kRejected);
  EXPECT_NE(compiled.error().text.find(broken->reading.rules[0].place), std::string::npos);
  EXPECT_NE(compiled.error().text.find("no.such.words"), std::string::npos);
}

}  // namespace
}  // namespace wiremill::extract
