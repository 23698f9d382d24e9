#include "extract/plausibility.h"

#include <gmock/gmock.h>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using testing::HasSubstr;

struct Read {
  model::FactsRecord record;
  std::string explained;  ///< the lines of --explain
};

Read explained(const std::string& text, const std::string& published = "2026-02-20",
               std::optional<model::Form> form = {}) {
  model::Event event = event_of(text);
  event.published_at = *base::parse_rfc3339(published + "T09:00:00Z");
  event.form = form;
  Trace trace;
  Read read{shipped_extractor().extract(event, event.published_at, &trace), ""};
  for (const std::string& line : trace.lines) read.explained += line + "\n";
  return read;
}

struct News {
  const char* text;
  const char* published = "2026-02-20";
};

/// What was told in those months, in sizes that are real: doubled plans, contracts worth years of
/// sales, pledges over many years.
class TrueNews : public testing::TestWithParam<News> {};

TEST_P(TrueNews, IsNotHeld) {
  const Read read = explained(GetParam().text, GetParam().published);
  EXPECT_FALSE(read.record.facts.empty()) << GetParam().text;
  for (const model::Fact& fact : read.record.facts) {
    EXPECT_FALSE(fact.held) << GetParam().text << "\n" << read.explained;
  }
}

INSTANTIATE_TEST_SUITE_P(
    OfTheWinter, TrueNews,
    testing::Values(
        News{"Amazon plans capital expenditures of $200 billion in 2026, up from $131 billion."},
        News{"아마존은 2026년 자본지출로 2,000억 달러를 집행할 계획이다."},
        News{"아마존은 2026년 자본지출로 2,000억 달러(약 290조원)를 집행할 계획이다."},
        News{"Alphabet expects capital expenditures of $175 billion to $185 billion in 2026."},
        News{"Meta plans capital expenditures of $115-135 billion in 2026."},
        News{"Meta will spend $600 billion on data centers by 2028.", "2025-12-10"},
        News{"CoreWeave expects capital expenditures of $30 billion to $35 billion in 2026."},
        News{"CoreWeave expects revenue of $12 billion to $13 billion in 2026."},
        News{"Oracle raised its capital spending forecast to $50 billion.", "2025-12-11"},
        News{"Tesla plans capital expenditures of more than $20 billion in 2026."},
        News{"TSMC expects capital expenditure of $52 billion to $56 billion in 2026."},
        News{"삼성전자는 올해 설비투자에 110조원을 집행할 계획이다."},
        News{"Amazon's capital expenditures came to $39.5 billion in the fourth quarter."},
        News{"Microsoft's capital expenditures were $37.5 billion in the quarter.", "2026-01-29"},
        News{"Microsoft's capital expenditures were $37.5 billion in the December quarter."},
        News{"Oracle's capital expenditures were $12 billion in the second quarter.", "2025-12-10"},
        News{"Oracle's capital expenditures were $8.5 billion in the first quarter.", "2025-09-10"},
        News{"Nvidia reported quarterly revenue of $57 billion.", "2025-12-01"},
        News{"Oracle won a $300 billion contract from OpenAI.", "2025-12-12"},
        News{"Nebius signed a $17.4 billion contract with Microsoft.", "2025-12-15"},
        News{"Amazon signed a $38 billion contract with OpenAI.", "2025-12-15"},
        News{"Vertiv won a $2.5 billion contract from Oracle."},
        News{"CoreWeave's backlog rose to $55.6 billion.", "2025-12-19"},
        News{"Oracle said remaining performance obligations reached $523 billion.", "2025-12-11"},
        News{"OpenAI, Oracle and SoftBank plan to invest $500 billion in data centers."},
        News{"Alphabet laid out a $180 billion capital spending plan in February.", "2026-04-21"},
        News{"메타는 지난 1월 자본지출 전망을 1250억 달러로 제시했다.", "2026-04-21"},
        News{"Amazon will invest $12 billion to build data centers in Indiana."},
        News{"네비우스는 2026년 말 연환산 매출 런레이트를 70억~90억 달러로 제시했다."},
        News{"AMD expects gross margin of about 55%."}));

struct Slip {
  const char* text;
  const char* flag;
  std::vector<const char*> reasons;  ///< the value, then the limit or the known figure
  const char* published = "2026-02-20";
};

class Slips : public testing::TestWithParam<Slip> {};

TEST_P(Slips, AreHeldWithValueAndLimit) {
  const Slip& slip = GetParam();
  const Read read = explained(slip.text, slip.published);
  ASSERT_EQ(read.record.facts.size(), 1U) << slip.text;
  const model::Fact& fact = read.record.facts.front();
  EXPECT_TRUE(fact.held) << slip.text;
  EXPECT_FALSE(fact.is_evidence());
  EXPECT_THAT(fact.flags, testing::Contains(slip.flag)) << slip.text;
  EXPECT_THAT(read.explained, HasSubstr("\n  held: " + std::string(slip.flag) + ": "));
  for (const char* const reason : slip.reasons) EXPECT_THAT(read.explained, HasSubstr(reason));
}

INSTANTIATE_TEST_SUITE_P(
    ThatCannotBeTrue, Slips,
    testing::Values(
        Slip{"Amazon plans capital expenditures of $2 trillion in 2026.", "magnitude_slip",
             {"2 tn USD", "the known 200 bn USD of FY2026", "10 times"}},
        Slip{"Amazon plans capital expenditures of $1.6 trillion in 2026.", "magnitude_slip",
             {"1.6 tn USD is above 800 bn USD, 4 times the known 200 bn USD of FY2026 (Amazon"}},
        Slip{"아마존은 2026년 자본지출로 2,000조 달러를 집행할 계획이다.", "magnitude_slip",
             {"2000 tn USD", "10000 times"}},
        Slip{"Amazon plans capital expenditure of $200 in 2026.", "magnitude_slip",
             {"200 USD is below", "its unit may be lost"}},
        Slip{"삼성전자는 올해 설비투자에 54억원을 집행할 계획이다.", "magnitude_slip",
             {"5.4 bn KRW is below 26.8 bn KRW", "the known 53.6 tn KRW of FY2024"}},
        Slip{"Amazon's capital expenditures came to $95 billion in the fourth quarter.",
             "basis_doubt", {"95 bn USD is above 65.5 bn USD, 0.5 times the known 131 bn USD"}},
        Slip{"버티브가 코어위브와 9000억 달러 규모 냉각 장비 공급계약을 체결했다.", "magnitude_slip",
             {"900 bn USD is above", "times the known 8.012 bn USD of FY2024 (Vertiv"}},
        Slip{"LS일렉트릭은 1200조원 규모 배전반 공급계약을 체결했다.", "magnitude_slip",
             {"1200 tn KRW is above", "LS Electric"}},
        Slip{"The column puts Nebius's annualised run-rate revenue at $70 billion.",
             "magnitude_slip", {"70 bn USD is above", "the known 8 bn USD of FY2026 (Nebius"}},
        Slip{"AMD expects gross margin of about 4000%.", "out_of_range",
             {"4000 % is outside -1000…100 %, the range of gross_margin"}}));

TEST(Plausibility, LooksOnlyAtWhatWasKnownThen) {
  const std::string text = "Amazon plans capital expenditures of $2 trillion.";
  EXPECT_FALSE(only_fact(explained(text, "2019-02-20").record, model::FactKind::kCapex).held);
  EXPECT_TRUE(only_fact(explained(text, "2025-06-20").record, model::FactKind::kCapex).held);
}

TEST(Plausibility, FlagsWhatAFilingSaysAndLetsItStand) {
  const Read read = explained("Amazon's capital expenditures came to $95 billion in the fourth "
                              "quarter.",
                              "2026-02-20", model::Form::kFiling);
  const model::Fact fact = only_fact(read.record, model::FactKind::kCapex);
  EXPECT_FALSE(fact.held);
  EXPECT_THAT(fact.flags, testing::Contains("basis_doubt"));
  EXPECT_THAT(read.explained, HasSubstr("\n  doubtful: basis_doubt: 95 bn USD"));
}

TEST(Plausibility, FlagsAConversionAtARateThatNeverWasAndKeepsTheAmount) {
  const Read read = explained("아마존은 자본지출로 2,000억 달러(약 29조원)를 집행할 계획이다.");
  const model::Fact fact = only_fact(read.record, model::FactKind::kCapex);
  EXPECT_FALSE(fact.held);
  EXPECT_THAT(fact.flags, testing::Contains("fx_off"));
  EXPECT_EQ(value_of(read.record, fact), "200000000000 USD");
}

TEST(Plausibility, PassesOverABareNumberOfACompanyThatItDoesNotKnow) {
  const Read read = explained("Hims & Hers plans capital expenditure of $200 in 2026.");
  EXPECT_TRUE(facts_of(read.record, model::FactKind::kCapex).empty());
}

TEST(Plausibility, ComparesAcrossCurrencies) {
  const Read slip = explained("아마존은 올해 자본지출로 2900조원을 집행할 계획이다.");
  EXPECT_TRUE(only_fact(slip.record, model::FactKind::kCapex).held) << slip.explained;
  const Read news = explained("아마존은 올해 자본지출로 290조원을 집행할 계획이다.");
  EXPECT_FALSE(only_fact(news.record, model::FactKind::kCapex).held) << news.explained;
}

}  // namespace
}  // namespace wiremill::extract
