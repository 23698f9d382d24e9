#include "extract/rule_tests.h"

#include <functional>

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
  EXPECT_NE(failures[0].find("\n  differs   subject: "), std::string::npos) << failures[0];
  EXPECT_NE(failures[0].find(", not NOBODY\n  got  "), std::string::npos) << failures[0];
}

/// A catalogue with one rule, after the first that ships.
catalog::Catalogue with_rule(const std::function<void(catalog::Rule&)>& change) {
  catalog::Catalogue one;
  one.reading.rules.push_back(shipped_catalogue()->reading.rules.front());
  one.reading.rules.front().id = "changed";
  one.reading.rules.front().place = "rules/a.yaml:7";
  change(one.reading.rules.front());
  return one;
}

std::string only_mistake(const catalog::Catalogue& catalogue) {
  const auto mistakes = mistakes_in(catalogue, {});
  EXPECT_EQ(mistakes.size(), 1U);
  return mistakes.empty() ? "" : mistakes.front().place + ": " + mistakes.front().text;
}

TEST(RuleMistakes, AreNoneInWhatShips) {
  for (const catalog::Mistake& one : mistakes_in(*shipped_catalogue(), {})) {
    ADD_FAILURE() << one.place << ": " << one.text;
  }
}

TEST(RuleMistakes, NameAPatternThatIsNoneWithTheReason) {
  EXPECT_EQ(only_mistake(with_rule([](catalog::Rule& rule) { rule.pattern = "(capex"; })),
            "rules/a.yaml:7: rule \"changed\": pattern \"(capex\": missing ): (capex");
}

TEST(RuleMistakes, NameAPatternThatMatchesEverything) {
  EXPECT_EQ(only_mistake(with_rule([](catalog::Rule& rule) { rule.pattern = "(capex)?"; })),
            "rules/a.yaml:7: rule \"changed\": pattern \"(capex)?\" matches an empty text, and so "
            "every sentence");
}

TEST(RuleMistakes, NameATagThatNoFrameKnows) {
  EXPECT_EQ(only_mistake(with_rule([](catalog::Rule& rule) { rule.tags = {"sitte"}; })),
            "rules/a.yaml:7: rule \"changed\": tag \"sitte\" is unknown, did you mean "
            "\"site\"?");
}

TEST(RuleMistakes, NameAnExpectationThatNoFactCanMeet) {
  EXPECT_EQ(only_mistake(with_rule([](catalog::Rule& rule) {
              rule.tests = {{"text", "", {{{"valeu", "1"}}}, "rules/a.yaml:9"}};
            })),
            "rules/a.yaml:9: rule \"changed\": a test expects \"valeu\", which no fact has, did "
            "you mean \"value\"?");
  EXPECT_EQ(only_mistake(with_rule([](catalog::Rule& rule) {
              rule.tests = {{"text", "", {{{"kind", "capx"}, {"low", ""}}}, "rules/a.yaml:9"}};
            })),
            "rules/a.yaml:9: rule \"changed\": a test expects the kind \"capx\", which does not "
            "exist, did you mean \"capex\"?");
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
