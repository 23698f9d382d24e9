// Guidance in many wordings: the rules are judged by sentences that they were not written beside.
#include "extract/frames.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FactKind;
using model::Surprise;

model::Fact guidance(const std::string& text) {
  return only_fact(read(text), FactKind::kGuidance);
}

TEST(Guidance, OfASpenderIsWeak) {
  for (const char* text :
       {"Microsoft forecast first-quarter revenue below analysts' estimates.",
        "Microsoft's first-quarter sales guidance fell short of Wall Street expectations.",
        "Microsoft on Tuesday gave a revenue forecast for the current quarter that came in below "
        "market expectations.",
        "Microsoft expects first-quarter sales of $68 billion, short of the $70 billion analysts "
        "were expecting.",
        "Microsoft warned that first-quarter profit would miss analysts' estimates.",
        "마이크로소프트가 1분기 가이던스를 시장 예상보다 낮게 제시했다.",
        "마이크로소프트, 1분기 매출 가이던스 예상치 하회",
        "마이크로소프트의 1분기 실적 전망이 시장 기대에 못 미쳤다.",
        "마이크로소프트는 이번 분기 매출이 시장 예상을 밑돌 것으로 전망했다."}) {
    const model::Fact fact = guidance(text);
    EXPECT_EQ(fact.subject.id, "MSFT") << text;
    EXPECT_EQ(fact.surprise, Surprise::kBelow) << text;
    EXPECT_EQ(fact.status, model::Status::kGuided) << text;
    EXPECT_TRUE(fact.is_evidence()) << text;
    ASSERT_TRUE(fact.period && fact.period->start) << text;
    EXPECT_EQ(fact.period->basis, model::Basis::kQuarter) << text;
  }
}

TEST(Guidance, IsCut) {
  for (const char* text : {"Meta cut its outlook for the first quarter.",
                           "Meta lowered first-quarter revenue guidance, sending shares down.",
                           "메타, 1분기 가이던스 하향", "메타가 연간 실적 전망을 낮춰 잡았다."}) {
    const model::Fact fact = guidance(text);
    EXPECT_EQ(fact.subject.id, "META") << text;
    EXPECT_EQ(fact.direction, Direction::kDown) << text;
    EXPECT_TRUE(fact.is_evidence()) << text;
  }
}

TEST(Guidance, OfASupplierIsRaised) {
  for (const char* text :
       {"Nvidia raised its first-quarter revenue guidance to $65bn from $60bn.",
        "Nvidia lifted its revenue forecast for the year.",
        "Nvidia now expects full-year sales of $220 billion, up from its previous forecast of "
        "$205 billion.",
        "엔비디아가 1분기 매출 가이던스를 600억 달러에서 650억 달러로 올려 잡았다.",
        "엔비디아, 2분기 가이던스 상향", "엔비디아는 연간 매출 전망을 상향 조정했다."}) {
    const model::Fact fact = guidance(text);
    EXPECT_EQ(fact.subject.id, "NVDA") << text;
    EXPECT_EQ(fact.direction, Direction::kUp) << text;
    EXPECT_TRUE(fact.is_evidence()) << text;
  }
}

TEST(Guidance, IsNotAnAnalystsView) {
  for (const char* text : {"Analysts raised their price target on Nvidia to $250.",
                           "증권가는 엔비디아 목표주가를 상향했다.",
                           "The IMF cut its growth forecast, and Amazon fell."}) {
    EXPECT_TRUE(facts_of(read(text), FactKind::kGuidance).empty()) << text;
  }
}

TEST(Guidance, IsNoEvidenceWhenItMayOnlyCome) {
  for (const char* text : {"If Microsoft cuts its guidance, the stock falls.",
                           "마이크로소프트의 1분기 가이던스 하향 가능성이 있다.",
                           "Is Meta about to cut its outlook?",
                           "엔비디아의 가이던스 상향 시 비중을 확대해야 한다.",
                           "Nvidia is expected to raise its guidance next week.",
                           "Analysts expect Nvidia to raise its revenue guidance.",
                           "엔비디아가 가이던스를 상향할 것으로 기대된다.",
                           "Microsoft's weak guidance last quarter hit the shares.",
                           "| Scenario | Trigger |\n|---|---|\n| Fall | Amazon cuts its guidance |",
                           "Microsoft did not cut its guidance."}) {
    for (const model::Fact& fact : facts_of(read(text), FactKind::kGuidance)) {
      const bool counts = fact.is_evidence() && fact.polarity == model::Polarity::kAffirmed;
      EXPECT_FALSE(counts) << text;
    }
  }
}

}  // namespace
}  // namespace wiremill::extract
