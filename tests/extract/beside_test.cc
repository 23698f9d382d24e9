#include "extract/beside.h"

#include "extract/vocabulary.h"
#include "extract_world.h"

namespace wiremill::extract {
namespace {

TEST(BesideWords, AreComparedAtOnePlaceWithTheirBlanks) {
  const BesideWords words({" of ", " offer of "});
  EXPECT_TRUE(words.end("the purchase of "));
  EXPECT_FALSE(words.end("the purchase of"));
  EXPECT_TRUE(words.begin(" of Arm"));
  EXPECT_FALSE(words.begin("of Arm"));
  EXPECT_TRUE(words.are(" of "));
  EXPECT_FALSE(words.are(" of  "));
  EXPECT_TRUE(words.stand_in("a part of it"));
  EXPECT_FALSE(words.stand_in("apart from it"));
}

TEST(BesideWords, TheLongestThatATextBeginsWithCounts) {
  const BesideWords words({"로 ", "으로 ", "으로 잘못"});
  EXPECT_EQ(words.begun("으로 잘못 적었다"), std::string("으로 잘못").size());
  EXPECT_EQ(words.begun("로 적었다"), std::string("로 ").size());
  EXPECT_EQ(words.begun("를 적었다"), 0U);
}

TEST(BesideWords, AreNotSearchedInTheText) {
  EXPECT_EQ(Vocabulary(*shipped_catalogue()).class_of("beside.bought_before"), kNoClass);
}

TEST(Beside, TheShippedCatalogueHasWordsForEveryClassAndNoOther) {
  const Beside beside(shipped_catalogue()->reading);
  EXPECT_TRUE(beside.unasked.empty());
  EXPECT_TRUE(beside.bought_before.end("agreed to acquire "));  // of the form acquir{e,es,ing}
  EXPECT_EQ(beside.empty, std::vector<std::string>{});
}

TEST(Beside, AClassThatNothingAsksForIsRefusedWithItsPlace) {
  catalog::Catalogue catalogue = *shipped_catalogue();
  catalogue.reading.words.push_back({"beside.bougth_before", {" buys "}, "beside.yaml:7"});
  const auto compiled = compile(std::make_shared<const catalog::Catalogue>(catalogue), {});
  ASSERT_FALSE(compiled);
  EXPECT_NE(compiled.error().text.find("beside.yaml:7"), std::string::npos);
  EXPECT_NE(compiled.error().text.find("beside.bougth_before"), std::string::npos);
}

}  // namespace
}  // namespace wiremill::extract
