#include "extract/disclosures.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

model::FactsRecord filed(const std::string& title, const std::string& body,
                         const std::string& issuer, const std::string& code = "") {
  model::Event event = event_of(body, title);
  event.form = model::Form::kFiling;
  event.filing = model::Filing{};
  event.filing->issuer = issuer;
  event.filing->issuer_code = code;
  return read(event);
}

const std::string kContractForm =
    "1. 판매ㆍ공급계약 내용 : 초고압 변압기 공급\n"
    "2. 계약내역\n"
    "- 계약금액(원) : 84,000,000,000\n"
    "- 최근매출액(원) : 4,280,000,000,000\n"
    "- 매출액대비(%) : 1.96\n"
    "3. 계약상대방 : SK하이닉스\n"
    "5. 계약기간\n"
    "- 시작일 : 2026-03-02\n"
    "- 종료일 : 2027년 12월 31일\n";

TEST(Disclosures, AContractHasPartiesAmountShareAndTerm) {
  const auto record = filed("단일판매ㆍ공급계약체결", kContractForm, "효성중공업");
  const model::Fact fact = only_fact(record, FactKind::kContract);
  EXPECT_EQ(fact.subject.id, "298040");
  EXPECT_EQ(fact.role, model::Role::kSupplier);
  EXPECT_EQ(fact.status, model::Status::kContracted);
  EXPECT_EQ(value_of(record, fact), "84000000000 KRW");
  ASSERT_EQ(fact.parties.size(), 1U);
  EXPECT_EQ(fact.parties[0].id, "000660");
  EXPECT_EQ(fact.parties[0].role, model::Role::kCustomer);
  ASSERT_EQ(fact.measures.size(), 1U);
  EXPECT_EQ(fact.measures[0].name, "share_of_sales");
  EXPECT_EQ(shown(*record.figure(fact.measures[0].figure)), "1.96 percent");
  ASSERT_TRUE(fact.period);
  EXPECT_EQ(fact.period->text, "2026-03-02~2027-12-31");
  EXPECT_EQ(fact.period->basis, model::Basis::kContractTerm);
  EXPECT_EQ(fact.qualifier.product, "초고압 변압기 공급");
  EXPECT_EQ(fact.rule, kContractDisclosure);
}

TEST(Disclosures, ATableOfHtmlIsTheSameForm) {
  model::Event event = event_of(
      "<table><tr><td rowspan=2>2. 계약내역</td><td>계약금액 총액(원)</td><td>512,300,000,000</td>"
      "</tr><tr><td>매출액 대비(%)</td><td>7.5</td></tr><tr><td>3. 계약상대방</td>"
      "<td>가온전력 주식회사</td></tr></table>",
      "[기재정정]단일판매ㆍ공급계약체결");
  event.form = model::Form::kFiling;
  event.body_format = model::BodyFormat::kHtml;
  event.filing = model::Filing{};
  event.filing->issuer_code = "298040";
  const auto record = read(event);
  const model::Fact fact = only_fact(record, FactKind::kContract);
  EXPECT_EQ(value_of(record, fact), "512300000000 KRW");
  ASSERT_EQ(fact.parties.size(), 1U);
  EXPECT_EQ(fact.parties[0].text, "가온전력 주식회사");
  EXPECT_EQ(fact.qualifier.relation, "amendment");
}

TEST(Disclosures, OfACorrectedFormTheLastAmountCounts) {
  const auto record = filed("[기재정정]단일판매ㆍ공급계약체결",
                            "정정 전\n- 계약금액(원) : 90,000,000,000\n정정 후\n" + kContractForm,
                            "효성중공업");
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kContract)), "84000000000 KRW");
}

TEST(Disclosures, WhatAFormSaidBeforeIsReplaced) {
  const auto amount = [](const std::string& row) {
    const auto record = filed("[기재정정]단일판매ㆍ공급계약체결", row, "효성중공업");
    return value_of(record, only_fact(record, FactKind::kContract));
  };
  EXPECT_EQ(amount("정정 후: 계약금액 640억원\n정정 전: 계약금액 710억원\n"), "64000000000 KRW");
  EXPECT_EQ(amount("계약금액: 정정 전 710억원, 정정 후 640억원\n"), "64000000000 KRW");
  EXPECT_EQ(amount("계약금액: 710억원 → 640억원\n당초 계약금액: 500억원\n"), "64000000000 KRW");
}

TEST(Disclosures, OfAnotherTitleAreNothing) {
  const auto record = filed("자기주식취득 신탁계약 체결 결정",
                            "계약금액(원): 7,000,000,000\n계약목적: 주가 안정\n", "효성중공업");
  EXPECT_TRUE(record.facts.empty());
}

TEST(Disclosures, OfAnEndedContractThePartThatEndedCounts) {
  const auto record = filed("단일판매ㆍ공급계약해지",
                            "- 해지금액(원) : 31,500,000,000\n- 계약금액(원) : 60,000,000,000\n",
                            "효성중공업");
  EXPECT_EQ(value_of(record, only_fact(record, FactKind::kContract)), "31500000000 KRW");
}

TEST(Disclosures, AnEndedContractIsCancelled) {
  const auto record = filed("단일판매ㆍ공급계약해지",
                            "2. 해지내역\n- 해지금액(원) : 31,500,000,000\n3. 계약상대방 : 발주사\n",
                            "효성중공업");
  const model::Fact fact = only_fact(record, FactKind::kContract);
  EXPECT_EQ(fact.status, model::Status::kCancelled);
  EXPECT_EQ(value_of(record, fact), "31500000000 KRW");
}

TEST(Disclosures, ANewFacilityIsPlannedSpending) {
  const auto record = filed("신규시설투자등",
                            "1. 투자구분 : 신규시설투자\n- 투자대상 : 청주 신공장\n2. 투자내역\n"
                            "- 투자금액(백만원) : 2,350,000\n- 자기자본대비(%) : 4.1\n"
                            "4. 투자기간\n- 시작일 : 2026.04.01\n- 종료일 : 2028.06.30\n",
                            "SK하이닉스");
  const model::Fact fact = only_fact(record, FactKind::kCapex);
  EXPECT_EQ(fact.subject.id, "000660");
  EXPECT_EQ(fact.status, model::Status::kPlanned);
  EXPECT_EQ(value_of(record, fact), "2350000000000 KRW");
  EXPECT_EQ(fact.period->text, "2026-04-01~2028-06-30");
}

TEST(Disclosures, WhatIsWithheldStaysOpen) {
  const auto record = filed("단일판매ㆍ공급계약체결",
                            "- 계약금액(원) : -\n- 최근매출액(원) : 700,000,000,000\n"
                            "3. 계약상대 : -\n- 시작일 : 2026-02-01\n"
                            "8. 공시유보 관련내용\n- 유보기한 : 2027-03-31\n",
                            "한미반도체");
  const model::Fact fact = only_fact(record, FactKind::kContract);
  EXPECT_TRUE(fact.figure.empty());
  EXPECT_TRUE(fact.parties.empty());
  EXPECT_EQ(fact.flags, (std::vector<std::string>{"amount_withheld", "party_withheld"}));
}

TEST(Disclosures, NewsAboutAContractIsNoForm) {
  const auto record = read("계약금액(원) : 84,000,000,000", "단일판매ㆍ공급계약체결");
  for (const model::Fact& fact : record.facts) EXPECT_NE(fact.rule, kContractDisclosure);
}

}  // namespace
}  // namespace wiremill::extract
