#include "text/character_names.h"

#include <gtest/gtest.h>

#include <utility>

namespace wiremill::text {
namespace {

using Read = std::pair<std::size_t, char32_t>;

Read read(std::string_view text) {
  char32_t c = 0;
  const std::size_t length = reference_length(text, c);
  return {length, c};
}

const Read kNone{0, 0};

TEST(CharacterNames, ReadNamesAndNumbers) {
  EXPECT_EQ(read("&euro;5"), Read(6, U'€'));
  EXPECT_EQ(read("&thetasym;"), Read(10, U'ϑ'));
  EXPECT_EQ(read("&Alpha;"), Read(7, U'Α'));
  EXPECT_EQ(read("&alpha;"), Read(7, U'α'));
  EXPECT_EQ(read("&dollar;"), Read(8, U'$'));
  EXPECT_EQ(read("&#8212;x"), Read(7, U'—'));
  EXPECT_EQ(read("&#x2014;"), Read(8, U'—'));
  EXPECT_EQ(read("&#X1F600"), Read(8, U'😀'));
}

TEST(CharacterNames, NeedNoSemicolonBehindTheOldestNames) {
  EXPECT_EQ(read("&amp b"), Read(4, U'&'));
  EXPECT_EQ(read("&nbsp"), Read(5, U'\u00A0'));
  EXPECT_EQ(read("&euro 5"), kNone);
  EXPECT_EQ(read("&num=5"), kNone);
}

TEST(CharacterNames, LeaveOtherTextAsItIs) {
  for (const char* text : {"", "&", "&;", "&#", "&#;", "&#x;", "&bogus;", "&AT&T", "& amp;"}) {
    EXPECT_EQ(read(text), kNone) << text;
  }
}

TEST(CharacterNames, TurnNumbersThatAreNoCharactersIntoTheSignForThem) {
  EXPECT_EQ(read("&#0;"), Read(4, U'\uFFFD'));
  EXPECT_EQ(read("&#xD800;"), Read(8, U'\uFFFD'));
  EXPECT_EQ(read("&#x110000;"), Read(10, U'\uFFFD'));
  EXPECT_EQ(read("&#99999999999999999999;"), Read(23, U'\uFFFD'));
  EXPECT_EQ(read("&#0000000000065;"), Read(16, U'A'));
  EXPECT_EQ(read("&#150;"), Read(6, U'–')) << "Windows-1252, as browsers do";
}

}  // namespace
}  // namespace wiremill::text
