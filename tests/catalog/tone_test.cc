#include "catalog/reading.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "catalog/catalogue.h"

namespace wiremill::catalog {
namespace {

namespace fs = std::filesystem;

/// What loading the shipped catalogue with one more file says is wrong; empty when nothing is.
std::string mistakes_with(const std::string& yaml) {
  const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
  const fs::path folder = fs::path(testing::TempDir()) / (std::string("wiremill-") + test->name());
  fs::remove_all(folder);
  fs::copy(WIREMILL_SOURCE_DIR "/deploy/catalog", folder, fs::copy_options::recursive);
  std::ofstream(folder / "lexicon" / "tone" / "more.yaml") << yaml;
  const auto loaded = load({folder.string(), {}});
  fs::remove_all(folder);
  return loaded ? std::string() : loaded.error().text;
}

TEST(ToneLexicon, TakesEveryFormOfAPhrase) {
  EXPECT_EQ(expand_forms("plain"), std::vector<std::string>{"plain"});
  EXPECT_EQ(expand_forms("rais{e,ed}"), (std::vector<std::string>{"raise", "raised"}));
  EXPECT_EQ(expand_forms("{a,b} {c,d}"), (std::vector<std::string>{"a c", "a d", "b c", "b d"}));
  EXPECT_EQ(expand_forms("open{"), std::vector<std::string>{"open{"});
}

TEST(ToneLexicon, TakesAnotherFile) {
  EXPECT_EQ(mistakes_with("lexicon: [{score: 0.5, phrases: [zorbles up]}]\n"), "");
}

TEST(ToneLexicon, NamesEveryMistakeAtOnce) {
  const std::string mistakes = mistakes_with(
      "lexicon:\n"
      "  - {score: 1.5, phrases: [zorbles]}\n"
      "  - {score: 0.5, aim: nobody, phrases: [zorbled]}\n"
      "tone_measures: [{rise: 1, phrases: []}]\n"
      "tone_moves: [{score: 0.5, alone: 3, phrases: [zorbling]}]\n");
  for (const char* const one : {"more.yaml:2", "more.yaml:3", "more.yaml:4", "more.yaml:5"}) {
    EXPECT_NE(mistakes.find(one), std::string::npos) << one << " is not in: " << mistakes;
  }
}

TEST(ToneLexicon, RefusesAPhraseThatStandsTwice) {
  const std::string mistakes = mistakes_with(
      "lexicon: [{score: 0.5, phrases: [zorbles up, zorbles up]}]\n");
  EXPECT_NE(mistakes.find("\"zorbles up\" stands in lexicon/tone/more.yaml"), std::string::npos)
      << mistakes;
}

}  // namespace
}  // namespace wiremill::catalog
