#include "text/literals.h"

#include <gtest/gtest.h>

#include <random>

namespace wiremill::text {
namespace {

std::vector<std::string> found(const std::vector<std::string>& literals, std::string_view text) {
  LiteralsBuilder builder;
  for (const std::string& literal : literals) builder.add(literal);
  const Literals matcher = std::move(builder).build();
  std::vector<std::string> all;
  matcher.find(text, [&](const Match& m) {
    all.push_back(std::string(text.substr(m.begin, m.end - m.begin)) + "@" +
                  std::to_string(m.begin));
  });
  return all;
}

using Found = std::vector<std::string>;

TEST(Literals, BeginAtWordsInLatinText) {
  EXPECT_EQ(found({"art"}, "art smart art"), (Found{"art@0", "art@10"}));
  EXPECT_EQ(found({"bn"}, "5bn"), Found{"bn@1"});
}

TEST(Literals, BeginAtEveryCharacterInKorean) {
  EXPECT_EQ(found({"투자"}, "설비투자"), Found{"투자@6"});
}

TEST(Literals, ComeShortOnesFirst) {
  EXPECT_EQ(found({"근원", "근원 물가"}, "근원 물가"), (Found{"근원@0", "근원 물가@0"}));
}

TEST(Literals, GiveEqualLiteralsOneId) {
  LiteralsBuilder builder;
  EXPECT_EQ(builder.add("a"), builder.add("a"));
  EXPECT_NE(builder.add("a"), builder.add("b"));
  EXPECT_EQ(builder.size(), 2U);
}

TEST(Literals, OfAnEmptySetFindNothing) { EXPECT_TRUE(found({}, "anything").empty()); }

TEST(Literals, AgreeWithAPlainSearch) {
  std::mt19937 random(7);
  const auto word = [&](std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < 1 + random() % most; ++i) {
      out += std::vector<std::string>{"가", "나", "각", "다"}[random() % 4];
    }
    return out;
  };
  std::vector<std::string> literals;
  for (int i = 0; i < 300; ++i) literals.push_back(word(5));
  const std::string text = word(400);
  Found expected;
  std::sort(literals.begin(), literals.end(),
            [](const auto& a, const auto& b) { return a.size() < b.size(); });
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  for (std::size_t at = 0; at < text.size(); at += 3) {
    std::vector<std::string> here;
    for (const std::string& literal : literals) {
      const bool known = std::find(here.begin(), here.end(), literal) != here.end();
      if (!known && text.substr(at).starts_with(literal)) here.push_back(literal);
    }
    for (const std::string& literal : here) expected.push_back(literal + "@" + std::to_string(at));
  }
  EXPECT_EQ(found(literals, text), expected);
}

TEST(Literals, ScaleToManyNames) {
  std::mt19937 random(11);
  LiteralsBuilder builder;
  for (int i = 0; i < 20'000; ++i) {
    std::string name;
    for (int k = 0; k < 9; ++k) name.push_back(static_cast<char>('a' + random() % 26));
    builder.add(name);
  }
  const Literals matcher = std::move(builder).build();
  const std::string text = std::string(10'000, 'x') + " the quick brown fox jumps over it";
  const std::int64_t steps = matcher.find(text, [](const Match&) {});
  EXPECT_LT(steps, 4 * static_cast<std::int64_t>(text.size()));
}

}  // namespace
}  // namespace wiremill::text
