#include "cli/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wiremill::cli {
namespace {

using testing::HasSubstr;

catalog::Catalogue names() {
  catalog::Catalogue catalogue;
  catalogue.companies.resize(2);
  catalogue.companies[0].id = "AMZN";
  catalogue.companies[0].name = "Amazon";
  catalogue.companies[1].id = "KR";
  catalogue.companies[1].name = "Kroger";
  catalog::Metric cpi;
  cpi.id = "cpi";
  cpi.name = "Consumer prices";
  catalogue.reading.metrics.push_back(cpi);
  return catalogue;
}

model::FactsRecord plan() {
  model::FactsRecord record;
  model::Figure figure;
  figure.id = "f1";
  figure.kind = model::FigureKind::kMoney;
  figure.low = figure.high = *base::Decimal::parse("200000000000");
  figure.currency = "USD";
  record.figures.push_back(figure);
  model::Fact fact;
  fact.kind = model::FactKind::kCapex;
  fact.subject = {model::SubjectType::kCompany, "AMZN", "아마존"};
  fact.figure = "f1";
  fact.status = model::Status::kPlanned;
  fact.direction = model::Direction::kUp;
  model::Span quote;
  quote.text = "spends\x1b[31m more";
  fact.quotes.push_back(quote);
  record.facts.push_back(fact);
  return record;
}

TEST(FactsTable, SaysWhoWhatHowMuchAndHowFirmWithTheQuoteBelow) {
  EXPECT_EQ(facts_table(plan(), names()),
            "Amazon capex ↑ · 200 bn USD · planned\n    “spends [31m more”");
}

TEST(FactsTable, SaysWhatKeepsAFactFromBeingEvidence) {
  model::FactsRecord record = plan();
  record.facts[0].modality = model::Modality::kConditional;
  record.facts[0].newness = model::Newness::kBackground;
  record.facts[0].held = true;
  EXPECT_THAT(facts_table(record, names()),
              HasSubstr("planned · held · conditional · background\n"));
}

TEST(FactsTable, ACountryIsNotTheCompanyWithItsLetters) {
  model::FactsRecord record = plan();
  record.facts[0].kind = model::FactKind::kReading;
  record.facts[0].subject = {model::SubjectType::kCountry, "KR", "한국"};
  record.facts[0].metric = "cpi";
  EXPECT_THAT(facts_table(record, names()), HasSubstr("KR consumer prices ↑"));
  record.facts[0].subject.type = model::SubjectType::kCompany;
  EXPECT_THAT(facts_table(record, names()), HasSubstr("Kroger consumer prices ↑"));
}

TEST(FactsTable, SaysThatThereIsNothing) {
  model::FactsRecord record = plan();
  record.facts.clear();
  EXPECT_EQ(facts_table(record, names()), "no facts; 1 figures, 0 companies, tone neutral");
}

model::Signal sector() {
  model::Signal signal;
  signal.scope = "sector/memory";
  signal.as_of = *base::parse_rfc3339("2026-02-19T21:10:00Z");
  signal.values["tone"] = -0.0312;
  return signal;
}

TEST(SignalLine, SaysWhenWhereAndHowMuch) {
  EXPECT_EQ(signal_line(sector()), "19 Feb 21:10  sector/memory  tone −0.031");
  model::Signal scenario = sector();
  scenario.scope = "scenario/shock";
  scenario.values.clear();
  scenario.scenario = model::ScenarioView{};
  scenario.scenario->names = {"settles", "selloff"};
  scenario.scenario->weights = {0.6, 0.4};
  scenario.scenario->moved_points = {-5, 5};
  EXPECT_EQ(signal_line(scenario),
            "19 Feb 21:10  scenario/shock  settles 60.0% (−5.0)  selloff 40.0% (+5.0)");
}

TEST(SignalLine, IsEmptyWhereNeitherToneNorWeightsAreKnown) {
  model::Signal signal = sector();
  signal.values["tone"] = std::nullopt;
  EXPECT_EQ(signal_line(signal), "");
  signal.values.clear();
  EXPECT_EQ(signal_line(signal), "");
}

TEST(ReasonLine, QuotesTheStrongestFactAndOfAToneItsHeadline) {
  model::Signal signal = sector();
  EXPECT_EQ(reason_line(signal), "no fact yet:");
  model::Because because;
  because.kind = "capex";
  because.quote.text = "Amazon spends more.";
  because.headline = "Amazon's plan";
  signal.because.push_back(because);
  EXPECT_EQ(reason_line(signal), "because “Amazon spends more.”:");
  signal.because[0].kind = "tone";
  EXPECT_EQ(reason_line(signal), "because “Amazon's plan”:");
  signal.because[0].headline = "";
  EXPECT_EQ(reason_line(signal), "because “Amazon spends more.”:");
}

TEST(Shown, IsCutBetweenCodePoints) {
  EXPECT_EQ(shown("가나다", 6), "가나…");
  EXPECT_EQ(shown("가나다", 7), "가나…");
  EXPECT_EQ(shown("가나다", 9), "가나다");
  EXPECT_EQ(shown("a\tb\x7f", 9), "a b ");
}

}  // namespace
}  // namespace wiremill::cli
