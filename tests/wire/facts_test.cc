#include "wire/facts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "samples.h"

namespace wiremill::wire {
namespace {

TEST(Facts, EveryFieldSurvivesEncodingAndDecoding) {
  const model::FactsRecord record = samples::full_facts();
  const auto decoded = decode_facts(encode_facts(record));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(*decoded, record);
}

TEST(Facts, AnEmptyRecordSurvivesToo) {
  model::FactsRecord record;
  record.facts.emplace_back();
  record.companies.emplace_back();
  const auto decoded = decode_facts(encode_facts(record));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(*decoded, record);
}

TEST(Facts, SettlingMakesEncodingExact) {
  model::FactsRecord record = samples::full_facts();
  record.companies[0].relevance = 2.0 / 3;
  record.companies[0].tone.score = -0.00001;
  record.tone.confidence = 0.1 + 0.2;
  record.facts[0].confidence = 0.99999;
  const std::string before = encode_facts(record);
  EXPECT_NE(*decode_facts(before), record);
  settle(record);
  EXPECT_EQ(record.companies[0].relevance, 0.6667);
  EXPECT_EQ(record.companies[0].tone.score, 0);
  EXPECT_FALSE(std::signbit(record.companies[0].tone.score));
  EXPECT_EQ(record.tone.confidence, 0.3);
  EXPECT_EQ(record.facts[0].confidence, 1);
  EXPECT_EQ(encode_facts(record), before);
  EXPECT_EQ(*decode_facts(before), record);
  const model::FactsRecord settled = record;
  settle(record);
  EXPECT_EQ(record, settled);
}

TEST(Facts, UnknownIsNullAndWhatNarrowsNothingIsLeftOut) {
  model::FactsRecord record;
  record.figures.emplace_back().id = "f1";
  const std::string text = encode_facts(record);
  EXPECT_NE(text.find(R"({"id":"f1","field":"body","start":0,"end":0,"text":"","kind":"money",)"
                      R"("unit":null,"low":null,"high":null,"bound":"exact","currency":null,)"
                      R"("currency_basis":null,"per":null,"role":"level","same_as":null,)"
                      R"("converts":null,"flags":[]})"),
            std::string::npos)
      << text;
  record.facts.emplace_back();
  EXPECT_NE(encode_facts(record).find(R"("qualifier":{},"figure":null)"), std::string::npos);
}

TEST(Facts, FieldsThatAreNotKnownYetAreIgnored) {
  std::string text = encode_facts(samples::full_facts());
  text.insert(1, R"("later":{"a":1},)");
  EXPECT_EQ(*decode_facts(text), samples::full_facts());
}

std::string wrong_after(std::string_view from, std::string_view to) {
  std::string text = encode_facts(samples::full_facts());
  text.replace(text.find(from), from.size(), to);
  const auto decoded = decode_facts(text);
  return decoded ? "decoded" : decoded.error().reason + " | " + decoded.error().text;
}

TEST(Facts, ErrorsNameTheWholePath) {
  EXPECT_EQ(wrong_after(R"("wiremill.facts")", R"("wiremill.signal")"),
            "bad_value | schema: is \"wiremill.signal\", want \"wiremill.facts\"");
  EXPECT_EQ(wrong_after(R"("version":1)", R"("version":2)"), "bad_value | version: is 2, want 1");
  EXPECT_EQ(wrong_after(R"("status":"expired")", R"("status":"done")"),
            "bad_value | facts[0].status: is \"done\", want one of rumoured, considered, in_talks, "
            "non_binding, planned, guided, estimated, contracted, ordered, delivered, actual, "
            "deferred, renegotiated, denied, cancelled, expired");
  EXPECT_EQ(wrong_after(R"("low":"-0.25")", R"("low":-0.25)"),
            "wrong_type | figures[0].low: is -0.25, want a decimal in quotes of at most 36 digits, "
            "such as \"12.5\"");
  EXPECT_EQ(wrong_after(R"("low":"-0.25")", R"("low":"1e9")"),
            "bad_value | figures[0].low: is \"1e9\", want a decimal in quotes of at most 36 "
            "digits, such as \"12.5\"");
  EXPECT_EQ(wrong_after(R"("end":"2026-03-31")", R"("end":"2026-02-30")"),
            "bad_time | facts[0].comparator.period.end: is \"2026-02-30\", want a date, such as "
            "\"2026-12-31\"");
  EXPECT_EQ(wrong_after(R"("by":"cashtag")", R"("bye":"cashtag")"),
            "missing_field | companies[0].mentions[0].by: is missing");
}

}  // namespace
}  // namespace wiremill::wire
