#include "extract/header.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

model::EventHeader header(const model::Event& event) { return read(event).event; }

base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

TEST(Header, FindsThePublisherFamily) {
  model::Event event = event_of("text");
  event.publisher = "Reuters Business";
  EXPECT_EQ(header(event).family, "reuters");
  event.publisher = "";
  event.url = "https://www.bloomberg.com/news/x";
  EXPECT_EQ(header(event).family, "bloomberg");
  event.url = "";
  event.source = "연합뉴스";
  EXPECT_EQ(header(event).family, "yonhap");
  event.source = " Nowhere Gazette ";
  EXPECT_EQ(header(event).family, "nowhere gazette");
}

TEST(Header, ScoresAtThePublicationButNeverAhead) {
  model::Event event = event_of("text");
  event.received_at = event.published_at + std::chrono::minutes(1);
  EXPECT_EQ(header(event).scored_at, event.published_at);
  event.published_at = at("2099-01-01T00:00:00Z");
  EXPECT_EQ(header(event).scored_at, *event.received_at + std::chrono::minutes(5));
}

TEST(Header, ScoresNotBeforeTheEmbargoEnds) {
  model::Event event = event_of("text");
  event.received_at = event.published_at;
  event.embargo_until = event.published_at + std::chrono::hours(3);
  EXPECT_EQ(header(event).scored_at, *event.embargo_until);
}

TEST(Header, UsesTheLogsTimeWhereTheEventHasNone) {
  const model::Event event = event_of("text");
  const auto received = event.published_at - std::chrono::hours(1);
  const auto record = shipped_extractor().extract(event, received);
  EXPECT_EQ(record.event.received_at, received);
  EXPECT_EQ(record.event.scored_at, received + std::chrono::minutes(5));
}

TEST(Header, LinksACorrectionToItsOriginal) {
  const auto original = header(event_of("b", "Vertiv contract with CoreWeave is $20 billion"));
  const auto corrected =
      header(event_of("b", "CORRECTED: Vertiv contract with CoreWeave is $2 billion"));
  EXPECT_EQ(original.link_key, corrected.link_key);
  EXPECT_EQ(original.link_prefix, "");
  EXPECT_EQ(corrected.link_prefix, "corrected");
  EXPECT_EQ(header(event_of("b", "[기재정정] 공급계약 체결")).link_prefix, "corrected");
  EXPECT_EQ(header(event_of("b", "[기재정정] 공급계약 체결")).link_key,
            header(event_of("b", "공급계약 체결")).link_key);
  EXPECT_EQ(header(event_of("b", "UPDATE 2-Amazon lifts capex")).link_prefix, "update");
}

TEST(Header, GivesReprintsOneDigest) {
  const auto one =
      header(event_of("SEATTLE, Feb 6 (Reuters) - Amazon said it would spend more.", "h"));
  const auto two = header(event_of("SEATTLE (AP) - Amazon  said it would “spend” more.", "H"));
  const auto other = header(event_of("Amazon said it would spend less.", "h"));
  EXPECT_EQ(one.lead_digest, two.lead_digest);
  EXPECT_NE(one.lead_digest, other.lead_digest);
}

TEST(Header, DetectsTheLanguage) {
  EXPECT_EQ(header(event_of("아마존이 AWS CapEx를 늘린다")).lang, model::Language::kKorean);
  EXPECT_EQ(header(event_of("Amazon (아마존) spends")).lang, model::Language::kEnglish);
}

TEST(Header, GuessesTheForm) {
  EXPECT_EQ(header(event_of("", "Amazon to spend $200bn")).form, model::Form::kAlert);
  model::Event column = column_event("2026-02-capex.txt", "2026-02-13T00:00:00Z");
  column.form.reset();
  EXPECT_EQ(header(column).form, model::Form::kColumn);
  model::Event filing = event_of("text");
  filing.filing.emplace();
  EXPECT_EQ(header(filing).form, model::Form::kFiling);
}

TEST(Header, CarriesMarkAndTrace) {
  model::Event event = event_of("text");
  event.synthetic = true;
  event.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const auto made = header(event);
  EXPECT_TRUE(made.synthetic);
  EXPECT_EQ(made.traceparent, event.traceparent);
}

}  // namespace
}  // namespace wiremill::extract
