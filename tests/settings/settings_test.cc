#include "settings/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wiremill::settings {
namespace {

using testing::HasSubstr;

Node parsed(std::string_view text) {
  auto node = parse(text, "a.yaml");
  EXPECT_TRUE(node) << (node ? "" : node.error().text);
  return *node;
}

TEST(Parse, NamesFileAndLineOfBrokenYaml) {
  const auto node = parse("a: 1\nb: ]\n", "a.yaml");
  ASSERT_FALSE(node);
  EXPECT_EQ(node.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(node.error().text, HasSubstr("a.yaml:"));
}

TEST(Parse, RefusesAKeyThatStandsTwice) {
  const auto node = parse("a: 1\nb: 2\na: 3\n", "a.yaml");
  ASSERT_FALSE(node);
  EXPECT_THAT(node.error().text, HasSubstr("a.yaml:3: key \"a\" stands twice"));
}

TEST(Parse, RefusesBottomlessNesting) {
  const auto node = parse(std::string(80, '[') + std::string(80, ']'), "a.yaml");
  ASSERT_FALSE(node);
  EXPECT_THAT(node.error().text, HasSubstr("64 levels"));
}

TEST(Parse, GathersTheMistakesOfSeveralTextsAndGoesOn) {
  Mistakes mistakes;
  EXPECT_FALSE(parse("a: ]\n", "a.yaml", mistakes));
  const auto twice = parse("a: 1\na: 2\na: 3\n", "b.yaml", mistakes);
  ASSERT_TRUE(twice) << "it is YAML";
  EXPECT_TRUE(parse("a: 1\n", "c.yaml", mistakes));
  const auto lines = mistakes.lines();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], HasSubstr("a.yaml:1: not YAML: "));
  EXPECT_EQ(lines[1], "b.yaml:2: key \"a\" stands twice in one map");
  EXPECT_EQ(lines[2], "b.yaml:3: key \"a\" stands twice in one map");
}

TEST(Place, GoesToTextAndBack) {
  EXPECT_EQ(place_of("rules/a.yaml:12"), (Place{"rules/a.yaml", 12}));
  EXPECT_EQ(place_of(to_text({"a.yaml", 0})), (Place{"a.yaml", 0}));
  EXPECT_EQ(place_of("C:drive"), (Place{"C:drive", 0}));
  EXPECT_EQ(place_of(""), (Place{"", 0}));
}

TEST(Mistakes, StandInTheOrderOfTheirLines) {
  Mistakes mistakes;
  mistakes.add({"a.yaml", 10}, "later");
  mistakes.add({"a.yaml", 9}, "sooner");
  mistakes.add({"a.yaml", 9}, "sooner");
  EXPECT_EQ(mistakes.lines(),
            (std::vector<std::string>{"a.yaml:9: sooner", "a.yaml:10: later"}));
}

TEST(Reader, SaysWhichOfTheNamesMayHaveBeenMeant) {
  Mistakes mistakes;
  Reader reader(parsed("level: inof\n"), "thing", mistakes);
  EXPECT_EQ(reader.one_of("level", "error", {"info", "error"}), "error");
  EXPECT_EQ(mistakes.lines().front(),
            "a.yaml:1: thing: \"level\" is \"inof\", must be one of: info, error, did you mean "
            "\"info\"?");
}

TEST(Reader, GivesValuesAndFallbacks) {
  Mistakes mistakes;
  Reader reader(parsed("name: x\nn: 7\nratio: 0.5\non: true\nlist: [a, b]\none: c\nd: 1.25\n"
                       "day: 2026-02-14\nat: 2026-02-14T00:00:00Z\n"),
                "thing", mistakes);
  EXPECT_EQ(reader.text("name"), "x");
  EXPECT_EQ(reader.whole("n", 1), 7);
  EXPECT_DOUBLE_EQ(reader.number("ratio", 1), 0.5);
  EXPECT_TRUE(reader.flag("on", false));
  EXPECT_EQ(reader.texts("list", {}), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reader.texts("one", {}), (std::vector<std::string>{"c"}));
  EXPECT_EQ(reader.decimal("d")->text(), "1.25");
  EXPECT_EQ(reader.date("day"), reader.instant("at"));
  EXPECT_EQ(reader.whole("absent", 3), 3);
  reader.finish();
  EXPECT_TRUE(mistakes.empty());
}

TEST(Reader, NamesEveryMistakeAtItsLine) {
  Mistakes mistakes;
  Reader reader(parsed("n: many\nratio: 7\non: perhaps\nd: 1e5\nday: tomorrow\nlevle: info\n"),
                "thing", mistakes);
  reader.text("name");
  reader.whole("n", 1);
  reader.number("ratio", 1, {0, 1});
  reader.flag("on", false);
  reader.decimal("d");
  reader.date("day");
  reader.one_of("level", "info", {"info", "error"});
  reader.finish();
  const std::string text = mistakes.error("configuration").text;
  EXPECT_THAT(text, HasSubstr("configuration: 7 mistakes"));
  EXPECT_THAT(text, HasSubstr("a.yaml:1: thing: \"name\" is missing"));
  EXPECT_THAT(text, HasSubstr("a.yaml:1: thing: \"n\" is \"many\""));
  EXPECT_THAT(text, HasSubstr("a.yaml:2: thing: \"ratio\" is \"7\", must be a number in 0…1"));
  EXPECT_THAT(text, HasSubstr("a.yaml:3: thing: \"on\" is \"perhaps\""));
  EXPECT_THAT(text, HasSubstr("a.yaml:4: thing: \"d\" is \"1e5\""));
  EXPECT_THAT(text, HasSubstr("a.yaml:5: thing: \"day\" is \"tomorrow\""));
  EXPECT_THAT(text, HasSubstr("a.yaml:6: thing: unknown key \"levle\", did you mean \"level\"?"));
}

TEST(Reader, WantsAMap) {
  Mistakes mistakes;
  const Reader reader(parsed("[1, 2]"), "thing", mistakes);
  EXPECT_THAT(mistakes.error("x").text, HasSubstr("a.yaml:1: thing must be a map"));
}

TEST(Load, NamesAFileThatIsNotThere) {
  const auto node = load("/nowhere/a.yaml", "a.yaml");
  ASSERT_FALSE(node);
  EXPECT_THAT(node.error().text, HasSubstr("/nowhere/a.yaml"));
}

}  // namespace
}  // namespace wiremill::settings
