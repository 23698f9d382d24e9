#include "extract/frames.h"

#include <set>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;
using model::Modality;
using model::Newness;
using model::Polarity;
using model::Status;
using Texts = std::vector<std::string>;

model::Fact capex(const std::string& text) { return only_fact(read(text), FactKind::kCapex); }

Texts subjects_and_values(const std::string& text, FactKind kind) {
  const auto record = read(text);
  Texts all;
  for (const model::Fact& fact : facts_of(record, kind)) {
    all.push_back(fact.subject.id + " " + value_of(record, fact));
  }
  return all;
}

TEST(Facts, BindEachAmountOfAListToItsCompany) {
  const Texts english = subjects_and_values(
      "Amazon plans about $200 billion of capex, Alphabet $175-185 billion and Meta $115-135 "
      "billion; together the hyperscalers will spend more than $600 billion.",
      FactKind::kCapex);
  EXPECT_EQ(english, (Texts{"AMZN 200000000000 USD", "GOOGL 175000000000…185000000000 USD",
                            "META 115000000000…135000000000 USD",
                            "hyperscalers ≥600000000000 USD"}));
  const Texts korean = subjects_and_values(
      "올해 설비투자는 아마존 2000억 달러, 마이크로소프트 1400억 달러, 메타 1250억 달러다.",
      FactKind::kCapex);
  EXPECT_EQ(korean, (Texts{"AMZN 200000000000 USD", "MSFT 140000000000 USD",
                           "META 125000000000 USD"}));
}

TEST(Facts, TakeTheSubjectRatherThanItsSupplier) {
  EXPECT_EQ(capex("Amazon, a big Nvidia customer, will spend $200 billion on capital "
                  "expenditures in 2026.").subject.id, "AMZN");
  EXPECT_EQ(capex("엔비디아의 최대 고객사인 메타는 설비투자로 1000억 달러를 쓸 계획이다.").subject.id, "META");
}

TEST(Facts, SetAnAmountAgainstWhatItIsComparedWith) {
  const auto record = read("Meta raised its capex guidance to $65 billion from $60 billion.");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  EXPECT_EQ(value_of(record, fact), "65000000000 USD");
  ASSERT_TRUE(fact.comparator);
  EXPECT_EQ(fact.comparator->relation, model::Comparison::kPreviousGuidance);
  EXPECT_EQ(shown(*record.figure(fact.comparator->figure)), "60000000000 USD");
  EXPECT_EQ(fact.direction, model::Direction::kUp);
  const auto other = read("Amazon plans capex of $200 billion in 2026 vs. $131 billion in 2025.");
  EXPECT_EQ(only_fact(other, FactKind::kCapex).comparator->relation,
            model::Comparison::kPriorYear);
  const auto third = read("아마존의 올해 자본지출 계획은 2000억 달러로 시장 예상치(1466억 달러)를 웃돌았다.");
  EXPECT_EQ(only_fact(third, FactKind::kCapex).comparator->relation,
            model::Comparison::kConsensus);
}

struct ModalityCase {
  const char* text;
  Modality modality;
};

TEST(Facts, AreAssertedOnlyWhenTheTextAssertsThem) {
  for (const ModalityCase& one : std::vector<ModalityCase>{
           {"아마존은 올해 자본지출로 2000억 달러를 쓸 계획이다.", Modality::kAsserted},
           {"만약 아마존이 자본지출을 2000억 달러로 늘리면 주가는 내린다.", Modality::kConditional},
           {"아마존이 자본지출 2000억 달러를 확정할 경우 수혜가 크다.", Modality::kConditional},
           {"아마존이 자본지출을 2000억 달러로 늘릴 가능성이 있다.", Modality::kHypothetical},
           {"Amazon said it would spend $200 billion on capex.", Modality::kAsserted},
           {"Amazon could spend $200 billion on capex.", Modality::kConditional},
           {"If Amazon spends $200 billion on capex, margins fall.", Modality::kConditional},
           {"Is Amazon's $200 billion capex plan a mistake?", Modality::kQuestion},
           {"Investors should watch Amazon's $200 billion capex plan.", Modality::kRecommendation},
           {"리스크 요인\n- 아마존이 자본지출 2000억 달러를 집행", Modality::kHypothetical},
           {"| 시나리오 | 트리거 |\n|---|---|\n| 급락 | 아마존 자본지출 2000억 달러 |",
            Modality::kHypothetical}}) {
    EXPECT_EQ(capex(one.text).modality, one.modality) << one.text;
  }
}

struct StatusCase {
  const char* text;
  Status status;
};

TEST(Facts, StandOnTheirRungOfTheLadder) {
  for (const StatusCase& one : std::vector<StatusCase>{
           {"Amazon plans capex of $200 billion.", Status::kPlanned},
           {"Amazon is considering capex of $200 billion.", Status::kConsidered},
           {"Amazon is reportedly planning capex of $200 billion.", Status::kRumoured},
           {"Analysts estimate Amazon's capex will be $200 billion.", Status::kEstimated},
           {"아마존이 자본지출 2000억 달러를 검토 중이다.", Status::kConsidered},
           {"아마존이 자본지출 2000억 달러를 계획하는 것으로 알려졌다.", Status::kRumoured},
           {"아마존은 지난 분기 자본지출로 350억 달러를 집행했다.", Status::kActual},
           {"Amazon postponed capex of $20 billion.", Status::kDeferred}}) {
    EXPECT_EQ(capex(one.text).status, one.status) << one.text;
  }
}

TEST(Facts, TellOldNewsFromNew) {
  EXPECT_EQ(capex("앞서 아마존은 2000억 달러 규모의 자본지출 계획을 내놨다.").newness,
            Newness::kBackground);
  EXPECT_EQ(capex("Amazon had previously announced capex of $200 billion.").newness,
            Newness::kBackground);
  EXPECT_EQ(capex("Amazon reiterated its capex plan of $200 billion.").newness,
            Newness::kReiterated);
  EXPECT_EQ(capex("Amazon announced capex of $200 billion.").newness, Newness::kNew);
}

TEST(Facts, TurnRoundWhenDenied) {
  for (const char* text : {"Microsoft denied it would cut capital spending to $60 billion.",
                           "마이크로소프트는 자본지출을 600억 달러로 줄인다는 보도를 부인했다.",
                           "Microsoft will not cut capital spending to $60 billion."}) {
    const model::Fact fact = capex(text);
    EXPECT_EQ(fact.polarity, Polarity::kNegated) << text;
    EXPECT_EQ(fact.status, Status::kDenied) << text;
  }
  EXPECT_EQ(capex("Meta plans not only $100 billion of capex.").polarity, Polarity::kAffirmed);
}

TEST(Facts, NameWhoSaysItAndWhoIsQuoted) {
  const model::Fact quoted =
      capex("연합뉴스가 블룸버그를 인용해 아마존이 2000억 달러의 설비투자를 계획한다고 전했다.");
  EXPECT_EQ(quoted.claimant.via, "bloomberg");
  const model::Fact sources =
      capex("Amazon is planning capex of $200 billion, according to people familiar.");
  EXPECT_EQ(sources.claimant.type, model::ClaimantType::kUnnamedSource);
  const model::Fact own = capex("Amazon said capex will be $200 billion.");
  EXPECT_EQ(own.claimant.type, model::ClaimantType::kCompany);
  EXPECT_EQ(own.claimant.id, "AMZN");
}

TEST(Facts, GiveAJointProjectToNobodyAlone) {
  const model::Fact fact = capex(
      "OpenAI, SoftBank and Oracle plan to invest $500 billion over four years in a joint project "
      "of data centers.");
  EXPECT_EQ(fact.subject.type, model::SubjectType::kProject);
  EXPECT_EQ(fact.parties.size(), 3U);
  ASSERT_TRUE(fact.period);
  EXPECT_EQ(fact.period->basis, model::Basis::kCumulative);
}

TEST(Facts, LeaveAChangeOutOfTheLedger) {
  const auto record = read("Oracle now expects capex of about $50 billion, up by $15 billion.");
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kCapex)), "50000000000 USD");
}

TEST(Facts, KeepASiteApartFromTheYear) {
  const model::Fact site =
      capex("Amazon will invest $15 billion to build data centers in Indiana.");
  EXPECT_EQ(site.qualifier.location, "Indiana");
  EXPECT_EQ(capex("아마존이 인디애나에 150억 달러를 들여 데이터센터를 짓는 투자를 한다.").qualifier.location,
            "Indiana");
}

TEST(Facts, KeepFinanceLeasesAsAVariant) {
  const model::Fact fact =
      capex("Microsoft said capital expenditures including finance leases were $34.9 billion.");
  EXPECT_EQ(fact.metric, "capex_incl_finance_leases");
}

TEST(Facts, SeeNoCapexInAStake) {
  EXPECT_TRUE(facts_of(read("엔비디아가 AI 스타트업 지분에 20억 달러를 투자했다."), FactKind::kCapex).empty());
  EXPECT_TRUE(facts_of(read("Amazon's revenue rose to $180 billion."), FactKind::kCapex).empty());
  EXPECT_TRUE(facts_of(read("The fund's 수익률 was 12%."), FactKind::kReading).empty());
}

TEST(Facts, TakeTheYearOfTheSentenceBefore) {
  const auto record = read("Amazon spoke about 2026. Capex will reach $200 billion, it said.");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  EXPECT_EQ(fact.subject.id, "AMZN");
  ASSERT_TRUE(fact.period && fact.period->start);
  EXPECT_EQ(static_cast<int>(fact.period->start->year()), 2026);
}

TEST(Facts, OfTheHeadlineTakeWhatTheBodyAdds) {
  const auto record = read("엔비디아가 1분기 매출 가이던스를 600억 달러에서 650억 달러로 올렸다.",
                           "엔비디아, 가이던스 상향");
  const auto facts = facts_of(record, FactKind::kGuidance);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].quotes[0].field, model::Field::kHeadline);
  EXPECT_EQ(facts[0].metric, "revenue");
  EXPECT_EQ(value_of(record, facts[0]), "65000000000 USD");
  EXPECT_EQ(facts[0].period, facts[1].period);
  EXPECT_NE(facts[0].id, facts[1].id);
}

TEST(Facts, OfAWithdrawalAreNone) {
  model::Event event = event_of("Amazon plans capex of $200 billion.");
  event.action = model::Action::kWithdraw;
  const auto record = read(event);
  EXPECT_TRUE(record.facts.empty());
  EXPECT_TRUE(record.figures.empty());
  EXPECT_EQ(record.event.action, model::Action::kWithdraw);
}

TEST(Facts, HaveIdsOfTheirOwn) {
  std::set<std::string> ids;
  std::size_t count = 0;
  for (const char* story : {"a", "b"}) {
    for (const std::int64_t revision : {1, 2}) {
      model::Event event =
          event_of("Amazon plans capex of $200 billion. Meta plans capex of $60bn.");
      event.story_id = story;
      event.revision = revision;
      const auto record = read(event);
      EXPECT_EQ(record, read(event));
      for (const model::Fact& fact : record.facts) ids.insert(fact.id), ++count;
    }
  }
  EXPECT_EQ(count, 8U);
  EXPECT_EQ(ids.size(), count);
}

TEST(Facts, OfAReadTextAreExplained) {
  Trace trace;
  const auto event = event_of("Amazon plans capex of $200 billion.");
  shipped_extractor().extract(event, event.published_at, &trace);
  std::string all;
  for (const std::string& line : trace.lines) all += line + "\n";
  for (const char* words : {"\"$200 billion\" = 200000000000", "rule capex.amount", "planned by"}) {
    EXPECT_NE(all.find(words), std::string::npos) << words << "\n" << all;
  }
  EXPECT_GT(trace.work.steps, 0);
  EXPECT_EQ(trace.work.rule_hits, 1);
}

TEST(Facts, ARumourOfAnEndingEndsNothing) {
  const auto record = read("효성중공업의 변압기 공급계약이 해지됐다는 소문이 돌았다.");
  for (const model::Fact& fact : facts_of(record, FactKind::kContract)) {
    EXPECT_NE(fact.modality, Modality::kAsserted);
  }
  const auto denied = read("풍문 또는 보도의 내용: 변압기 공급계약 300억원 해지");
  for (const model::Fact& fact : facts_of(denied, FactKind::kContract)) {
    EXPECT_EQ(fact.modality, Modality::kHypothetical);
  }
}

TEST(Facts, WhoseShareItIsDoesNotOwnTheFigure) {
  const auto record = read("마이크로소프트가 실적을 냈다. 잔여이행의무는 5000억 달러인데 40%가 오픈AI 몫이다.");
  EXPECT_EQ(only_fact(record, FactKind::kBacklog).subject.id, "MSFT");
}

TEST(Facts, DotsOfOmissionPartTwoPiecesOfNews) {
  const auto record = read("", "버티브, 수주잔고 120억 달러…올해 매출 110억 달러 전망");
  const model::Fact backlog = only_fact(record, FactKind::kBacklog);
  EXPECT_EQ(backlog.status, Status::kActual);
  EXPECT_EQ(value_of(record, backlog), "12000000000 USD");
  EXPECT_TRUE(facts_of(read("", "미국 CPI 2.9%로 둔화…10년물 금리 하락"), FactKind::kReading).size() < 2);
}

TEST(Facts, ARowOfTwoCellsIsReadWhole) {
  const auto record = read("브로드컴이 실적을 냈다.\n| 항목 | 값 |\n| 수주잔고 | 650억 달러 |",
                           "브로드컴 실적");
  const model::Fact backlog = only_fact(record, FactKind::kBacklog);
  EXPECT_EQ(backlog.subject.id, "AVGO");
  EXPECT_EQ(value_of(record, backlog), "65000000000 USD");
}

}  // namespace
}  // namespace wiremill::extract
