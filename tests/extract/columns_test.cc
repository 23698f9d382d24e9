#include "extract/extract.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;
using model::Modality;
using Texts = std::vector<std::string>;

model::FactsRecord february() {
  return read(column_event("2026-02-capex.txt", "2026-02-13T00:00:00Z"));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<FactKind> evidence_kinds(const model::FactsRecord& record) {
  std::vector<FactKind> kinds;
  for (const model::Fact& fact : record.facts) {
    if (fact.is_evidence()) kinds.push_back(fact.kind);
  }
  return kinds;
}

TEST(FebruaryColumn, NamesItsSeventeenCompanies) {
  EXPECT_EQ(companies_of(february()),
            (Texts{"ABB", "AMAT", "AMZN", "ANET", "ASML", "AVGO", "BE", "CRWV", "ETN", "GOOGL",
                   "META", "MSFT", "NVDA", "SMCI", "SU", "TSM", "VRT"}));
}

TEST(FebruaryColumn, GivesAmazonsPlan) {
  const auto record = february();
  int plans = 0;
  for (const model::Fact& fact : facts_of(record, FactKind::kCapex)) {
    if (fact.subject.id != "AMZN" || fact.figure.empty()) continue;
    ++plans;
    EXPECT_EQ(value_of(record, fact), "200000000000 USD");
    EXPECT_EQ(fact.status, model::Status::kPlanned);
    EXPECT_EQ(fact.modality, Modality::kAsserted);
    EXPECT_EQ(fact.newness, model::Newness::kNew);
    EXPECT_EQ(fact.claimant.type, model::ClaimantType::kCompany);
    ASSERT_TRUE(fact.period && fact.period->start);
    EXPECT_EQ(fact.period->basis, model::Basis::kAnnual);
    EXPECT_EQ(static_cast<int>(fact.period->start->year()), 2026);
  }
  EXPECT_GE(plans, 1);
}

TEST(FebruaryColumn, GivesTheGroupTotalAsWorded) {
  const auto record = february();
  std::vector<model::Bound> bounds;
  for (const model::Fact& fact : facts_of(record, FactKind::kCapex)) {
    if (fact.subject.id != "hyperscalers") continue;
    EXPECT_EQ(fact.subject.type, model::SubjectType::kGroup);
    EXPECT_EQ(fact.status, model::Status::kEstimated);
    EXPECT_EQ(record.figure(fact.figure)->low->text(), "600000000000");
    bounds.push_back(record.figure(fact.figure)->bound);
  }
  EXPECT_EQ(bounds, (std::vector{model::Bound::kAbout, model::Bound::kMoreThan,
                                 model::Bound::kExact}));
}

TEST(FebruaryColumn, AssertsNothingFromItsTablesAndAdvice) {
  for (const FactKind kind : evidence_kinds(february())) {
    EXPECT_TRUE(kind == FactKind::kCapex || kind == FactKind::kReading) << model::name_of(kind);
  }
}

TEST(FebruaryColumn, ReadsItsSoftCpi) {
  const auto record = february();
  const model::Fact print = only_fact(record, FactKind::kReading);
  EXPECT_EQ(print.metric, "cpi");
  EXPECT_EQ(print.surprise, model::Surprise::kBelow);
  EXPECT_EQ(print.direction, model::Direction::kUp);
  EXPECT_TRUE(print.is_evidence());
}

TEST(FebruaryColumn, KeepsItsOddsAsOpinion) {
  const auto record = february();
  Texts odds;
  for (const model::Fact& fact : facts_of(record, FactKind::kStatedProbability)) {
    odds.push_back(value_of(record, fact));
    EXPECT_EQ(fact.modality, Modality::kOpinion);
  }
  EXPECT_EQ(odds, (Texts{"40 percent", "25 percent", "25 percent", "10 percent"}));
}

TEST(FebruaryColumn, FollowsItsEdits) {
  auto event = column_event("2026-02-capex.txt", "2026-02-13T00:00:00Z");
  event.body = replaced(replaced(event.body, "2천억", "3,250억"), "아마존", "오라클");
  const auto record = read(event);
  int plans = 0;
  for (const model::Fact& fact : facts_of(record, FactKind::kCapex)) {
    if (fact.figure.empty() || fact.subject.type == model::SubjectType::kGroup) continue;
    ++plans;
    EXPECT_EQ(fact.subject.id, "ORCL");
    EXPECT_EQ(value_of(record, fact), "325000000000 USD");
  }
  EXPECT_GE(plans, 1);
}

TEST(DecemberTrainiumColumn, HoldsTheFigureThatContradictsItself) {
  const auto record = read(column_event("2025-12-trainium.txt", "2025-12-22T00:00:00Z"));
  const model::Fact capex = only_fact(record, FactKind::kCapex);
  EXPECT_EQ(capex.subject.id, "AMZN");
  EXPECT_TRUE(capex.held);
  EXPECT_EQ(capex.flags, Texts{"inconsistent_figure"});
  EXPECT_EQ(value_of(record, capex), "12500000000 USD");
  const model::Figure& first = *record.figure(capex.figure);
  ASSERT_EQ(first.alternatives.size(), 1U);
  EXPECT_EQ(shown(*record.figure(first.alternatives[0])), "125000000000 USD");
  EXPECT_TRUE(evidence_kinds(record).empty());
}

TEST(DecemberInfrastructureColumn, AssertsNothing) {
  const auto record =
      read(column_event("2025-12-infrastructure-year.txt", "2025-12-20T00:00:00Z"));
  EXPECT_TRUE(evidence_kinds(record).empty());
  EXPECT_EQ(companies_of(record),
            (Texts{"AMD", "APLD", "BYTEDANCE", "CRWV", "LRCX", "MU", "NBIS", "NVDA", "ORCL"}));
}

}  // namespace
}  // namespace wiremill::extract
