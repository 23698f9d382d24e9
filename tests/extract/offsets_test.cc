#include "extract/document.h"

#include <random>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

/// The code points [start, end) of the field, counted here and not by the code under test.
std::string cut(const std::string& field, std::int64_t start, std::int64_t end) {
  std::string out;
  std::int64_t index = -1;
  for (const char c : field) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) ++index;
    if (index >= start && index < end) out.push_back(c);
  }
  return out;
}

void expect_repeated(const model::Event& event, const model::Span& span) {
  const std::string& field =
      span.field == model::Field::kHeadline ? event.headline : event.body;
  ASSERT_LE(span.start, span.end);
  EXPECT_EQ(cut(field, span.start, span.end), span.text) << field;
}

void expect_all_repeated(const model::Event& event) {
  const model::FactsRecord record = read(event);
  for (const model::Figure& figure : record.figures) {
    expect_repeated(event, figure.span);
    EXPECT_FALSE(figure.span.text.empty());
  }
  for (const model::CompanyInText& company : record.companies) {
    for (const model::CompanyMention& mention : company.mentions) {
      expect_repeated(event, mention.span);
    }
  }
  for (const model::Fact& fact : record.facts) {
    EXPECT_FALSE(fact.quotes.empty());
    for (const model::Span& quote : fact.quotes) expect_repeated(event, quote);
  }
}

/// Pieces that move offsets: full width, composed and decomposed Hangul, signs of zero width,
/// ligatures that grow, blanks of all widths.
const std::vector<std::string>& pieces() {
  static const std::vector<std::string> all{
      "아마존은 ",   "２천억 달러",  "\u200B",      "$70–90bn ",  "capex of ",  "１조２０００억원",
      "ﬁnance ",     "12.5％ ",      "㎿ ",         "(약 17조원)", "\u1100\u1161", "é",
      "e\u0301",     "Nvidia's ",    "\u00A0",      "\u202F",     "“인용” ",    "\n",
      "125억달러",   "설비투자 ",    "계획이다. ",  "ＮＶＤＡ ",  "…",          "② ",
      "\U0001F680 ", "10~20bp ",     "| 표 | 값 |\n", "Microsoft(MSFT) ", "&amp; ", "<b>"};
  return all;
}

TEST(Offsets, AlwaysRepeatTheText) {
  std::mt19937 random(20260213);
  for (int round = 0; round < 400; ++round) {
    model::Event event = event_of("");
    for (std::string* const field : {&event.headline, &event.body}) {
      const auto count = random() % 24;
      for (std::size_t i = 0; i < count; ++i) *field += pieces()[random() % pieces().size()];
    }
    expect_all_repeated(event);
  }
}

TEST(Offsets, AlwaysRepeatTheMarkup) {
  model::Event event = event_of(
      "<html><head><title>x</title></head><body><p>A&amp;B: <b>아마존</b>은 2026년 "
      "<i>２천억</i>&nbsp;달러의 자본지출을 계획한다.</p><table><tr><th>항목</th><th>금액</th></tr>"
      "<tr><td>Meta capex</td><td>$65bn</td></tr></table></body></html>");
  event.body_format = model::BodyFormat::kHtml;
  expect_all_repeated(event);
  const auto record = read(event);
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(shown(record.figures[0]), "200000000000 USD");
  EXPECT_EQ(record.figures[0].span.text, "２천억</i>&nbsp;달러");
}

TEST(Offsets, OfTheColumnsRepeatTheText) {
  for (const char* name : {"2026-02-capex.txt", "2025-12-trainium.txt",
                           "2025-12-infrastructure-year.txt"}) {
    expect_all_repeated(column_event(name, "2026-02-13T00:00:00Z"));
  }
}

}  // namespace
}  // namespace wiremill::extract
