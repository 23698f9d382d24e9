#include "extract/numeral.h"

#include <gtest/gtest.h>

#include "base/ascii.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

std::string value(const std::string& text) {
  const auto numeral = read_numeral(text, base::lower_ascii(text), 0);
  return numeral ? numeral->value.text() : "none";
}

TEST(Numeral, ReadsDigitsWithTheirSeparators) {
  EXPECT_EQ(value("2,000"), "2000");
  EXPECT_EQ(value("1,234,567.89 won"), "1234567.89");
  EXPECT_EQ(value("1.234.567"), "1234567");
  EXPECT_EQ(value("1,00,000"), "100000");
  EXPECT_EQ(value(".5%"), "0.5");
}

TEST(Numeral, RefusesWhatIsNoNumber) {
  EXPECT_EQ(value("2026.02.06"), "none");
  EXPECT_EQ(value("1,23"), "none");
  EXPECT_EQ(value("12345678901234567890123456789012"), "none");
}

TEST(Numeral, AddsKoreanMagnitudes) {
  EXPECT_EQ(value("1조572억"), "1057200000000");
  EXPECT_EQ(value("1조 2,000억"), "1200000000000");
  EXPECT_EQ(value("2천7백억"), "270000000000");
  EXPECT_EQ(value("350백만 달러"), "350000000");
  EXPECT_EQ(value("5만3천"), "53000");
  EXPECT_EQ(value("３조"), "none") << "full width is the normaliser's";
}

TEST(Numeral, ReadsKoreanWords) {
  EXPECT_EQ(value("이천억 달러"), "200000000000");
  EXPECT_EQ(value("삼천오백만원"), "35000000");
  EXPECT_EQ(value("만 원"), "10000");
  EXPECT_EQ(value("조 단위"), "none");
}

TEST(Numeral, StopsWhereAnotherNumberBegins) {
  EXPECT_EQ(value("1조 2026년"), "1000000000000");
  EXPECT_EQ(value("3억 5명"), "300000000");
  EXPECT_EQ(value("2만이 넘는"), "20000");
}

TEST(Numeral, RefusesMagnitudesInDisorder) {
  EXPECT_EQ(value("2억3조원"), "none");
}

TEST(Numeral, ReadsWordsThatGoOn) {
  EXPECT_EQ(value("two hundred and two thousand dollars"), "202000");
  EXPECT_EQ(value("three crore twelve lakh"), "31200000");
  EXPECT_EQ(value("4.5 lakh crore"), "4500000000000");
  EXPECT_EQ(value("a million and a half dollars"), "1500000");
  EXPECT_EQ(value("3 million and a quarter"), "3250000");
  EXPECT_EQ(value("two point seven five billion"), "2750000000");
  EXPECT_EQ(value("half a dozen"), "6");
  EXPECT_EQ(value("a couple of hundred"), "200");
  EXPECT_EQ(value("three-quarters of a percentage point"), "0.75");
}

TEST(Numeral, RefusesWordsThatDoNotFit) {
  EXPECT_EQ(value("twenty twenty-six"), "none");
  EXPECT_EQ(value("five million thousand"), "none");
  EXPECT_EQ(value("5 million billion"), "none");
  EXPECT_EQ(value("half the price"), "none");
  EXPECT_EQ(value("five and six dollars"), "5") << "two numbers";
  EXPECT_EQ(value("one hundred and two hundred dollars"), "100");
}

TEST(Numeral, TakesTheNextPowerForOneThatIsLeftOut) {
  EXPECT_EQ(value("25억5천"), "2550000000");
  EXPECT_EQ(value("1조2000"), "1200000000000");
  EXPECT_EQ(value("25억5천원"), "none") << "either";
  EXPECT_EQ(value("25억 5천원"), "2500005000");
  EXPECT_EQ(value("2만5천"), "25000");
}

TEST(Numeral, ReadsEnglishWords) {
  EXPECT_EQ(value("seventy-five million dollars"), "75000000");
  EXPECT_EQ(value("half a billion"), "500000000");
  EXPECT_EQ(value("two and a half billion dollars"), "2500000000");
  EXPECT_EQ(value("one hundred and twenty thousand"), "120000");
  EXPECT_EQ(value("1.5 billion"), "1500000000");
  EXPECT_EQ(value("4 1/2 percent"), "4.5");
}

TEST(Numeral, KeepsALetterOpenUntilThereIsACurrency) {
  const auto numeral = read_numeral("70b", "70b", 0);
  ASSERT_TRUE(numeral);
  EXPECT_EQ(numeral->value.text(), "70");
  EXPECT_EQ(numeral->letter_power, 9);
}

}  // namespace
}  // namespace wiremill::extract
