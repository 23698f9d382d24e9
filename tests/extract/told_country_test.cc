#include "extract/told_country.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

std::vector<std::string> countries(const std::string& body, const std::string& headline) {
  std::vector<std::string> all;
  for (const model::Fact& fact : facts_of(read(body, headline), model::FactKind::kReading)) {
    all.push_back(fact.subject.id);
  }
  return all;
}

const std::vector<std::string> kNone;

TEST(ToldCountry, IsThatOfTheHeadline) {
  EXPECT_EQ(countries("Consumer prices rose 1.0% in January, the bureau said.",
                      "Sweden publishes its first inflation figure of the year"),
            std::vector<std::string>{"SE"});
}

TEST(ToldCountry, IsThatOfTheFirstSentenceWhenTheHeadlineNamesNone) {
  EXPECT_EQ(countries("French prices are watched closely. Consumer prices rose 0.9% in January.",
                      "Little room for manoeuvre"),
            std::vector<std::string>{"FR"});
}

TEST(ToldCountry, OfTheSentenceItselfComesFirst) {
  EXPECT_EQ(countries("In the United States consumer prices rose 0.2% in January.",
                      "Sweden looks across the ocean"),
            std::vector<std::string>{"US"});
}

TEST(ToldCountry, IsLeftOpenBySeveralOthers) {
  EXPECT_EQ(countries("Consumer prices rose 2.0% in January.", "Germany and France compare notes"),
            kNone);
}

TEST(ToldCountry, IsTheRulesOwnWhenNobodyNamesOne) {
  EXPECT_EQ(countries("Consumer prices rose 0.2% in January.", "Prices rise again"),
            std::vector<std::string>{"US"});
}

}  // namespace
}  // namespace wiremill::extract
