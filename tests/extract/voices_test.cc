#include "extract/voices.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::FactKind;
using model::Status;
using model::Surprise;

model::Fact in_note(const std::string& text) {
  model::Event event = event_of(text);
  event.form = model::Form::kAnalystNote;
  return only_fact(read(event), FactKind::kCapex);
}

TEST(Voices, InAnAnalystsNoteAPlanIsTheAnalystsEstimate) {
  const model::Fact fact = in_note("Amazon plans $200 billion of capex in 2026.");
  EXPECT_EQ(fact.status, Status::kEstimated);
  EXPECT_EQ(fact.claimant.type, ClaimantType::kAnalyst);
  EXPECT_EQ(fact.claimant.id, "");
}

TEST(Voices, InAnAnalystsNoteWhatTheCompanySaidStaysItsOwn) {
  const model::Fact fact = in_note("Amazon said it plans $200 billion of capex in 2026.");
  EXPECT_EQ(fact.status, Status::kPlanned);
  EXPECT_EQ(fact.claimant.id, "AMZN");
}

TEST(Voices, ARevisionIsTheCompanysOwnGuidance) {
  const model::Fact fact =
      only_fact(read("Amazon raised its 2026 capex forecast to $200 billion from $150 billion."),
                FactKind::kCapex);
  EXPECT_EQ(fact.status, Status::kGuided);
  EXPECT_EQ(fact.claimant.type, ClaimantType::kCompany);
  EXPECT_EQ(fact.claimant.id, "AMZN");
}

TEST(Voices, ABankThatForecastsForAnotherIsNotTheSubject) {
  for (const char* text :
       {"Morgan Stanley estimates that Amazon will spend $200 billion on capex in 2026.",
        "모건스탠리는 아마존의 2026년 자본지출을 2000억 달러로 추정했다."}) {
    EXPECT_EQ(only_fact(read(text), FactKind::kCapex).subject.id, "AMZN") << text;
  }
}

TEST(Voices, TheNumbersThemselvesSayTheSurprise) {
  EXPECT_EQ(only_fact(read("Dell reported revenue of $27 billion, compared with analysts' "
                           "consensus of $28 billion."), FactKind::kRevenue).surprise,
            Surprise::kBelow);
  EXPECT_EQ(only_fact(read("Dell reported revenue of $29 billion, compared with analysts' "
                           "consensus of $28 billion."), FactKind::kRevenue).surprise,
            Surprise::kAbove);
}

TEST(Voices, ASurpriseIsSaidBehindItsFigureWithoutANumber) {
  EXPECT_EQ(only_fact(read("Dell's revenue rose to $30 billion, beating expectations."),
                      FactKind::kRevenue).surprise,
            Surprise::kAbove);
}

}  // namespace
}  // namespace wiremill::extract
