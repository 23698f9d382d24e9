#include "extract/odds.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

using Texts = std::vector<std::string>;

Texts odds_in(const std::string& text, FactKind kind = FactKind::kStatedProbability) {
  const auto record = read(text);
  Texts odds;
  for (const model::Fact& fact : facts_of(record, kind)) odds.push_back(value_of(record, fact));
  return odds;
}

TEST(Odds, TheWordStandsBesideTheNumber) {
  EXPECT_EQ(odds_in("침체 확률 40%, 연착륙 확률 60%로 본다."), (Texts{"40 percent", "60 percent"}));
}

TEST(Odds, OrInFrontOfItWithWhatItIsOfBetween) {
  EXPECT_EQ(odds_in("The probability of a recession rose to 20%, the desk says."),
            Texts{"20 percent"});
}

TEST(Odds, AnotherPercentageOfTheSentenceIsNone) {
  EXPECT_EQ(odds_in("Odds of a recession are mentioned, and sales rose 40% in China over the "
                    "quarter."), Texts{});
}

TEST(Odds, OfARateAreOfAKindOfTheirOwn) {
  const std::string text = "The chance of a cut in March is at 35%, futures show.";
  EXPECT_EQ(odds_in(text, FactKind::kRateProbability), Texts{"35 percent"});
  EXPECT_EQ(odds_in(text), Texts{});
}

TEST(Odds, AreTheWritersOpinionUnderARuleOfTheirOwn) {
  const model::Fact fact = only_fact(read("The probability of a recession rose to 20%, we say."),
                                     FactKind::kStatedProbability);
  EXPECT_EQ(fact.modality, model::Modality::kOpinion);
  EXPECT_EQ(fact.rule, kOddsInText);
  EXPECT_EQ(fact.metric, "probability");
  EXPECT_EQ(fact.subject.text, "The probability of a recession rose to 20%, we say.");
}

}  // namespace
}  // namespace wiremill::extract
