// tests/golden/amounts: phrases of wires with the figures that a careful reader takes.
#include "extract/figures.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

/// "1200000000 USD ; 3 percent", "-" for none.
std::string joined(const std::vector<std::string>& figures) {
  std::string all;
  for (const std::string& figure : figures) all += (all.empty() ? "" : " ; ") + figure;
  return all.empty() ? "-" : all;
}

void expect_all_lines(const std::string& name) {
  constexpr std::string_view kArrow = " => ";
  constexpr int kPhrasesMin = 150;
  std::ifstream in(WIREMILL_SOURCE_DIR "/tests/golden/amounts/" + name);
  int phrases = 0;
  for (std::string line; std::getline(in, line);) {
    const std::size_t arrow = line.find(kArrow);
    if (line.starts_with('#') || arrow == std::string::npos) continue;
    ++phrases;
    const std::string text = line.substr(0, arrow);
    EXPECT_EQ(joined(figures_of(text)), line.substr(arrow + kArrow.size())) << text;
  }
  EXPECT_GE(phrases, kPhrasesMin) << name;
}

TEST(Amounts, OfKoreanWiresAreReadAsAReaderReadsThem) { expect_all_lines("ko.txt"); }

TEST(Amounts, OfEnglishWiresAreReadAsAReaderReadsThem) { expect_all_lines("en.txt"); }

}  // namespace
}  // namespace wiremill::extract
