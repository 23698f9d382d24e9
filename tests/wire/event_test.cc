#include "wire/event.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace wiremill::wire {
namespace {

std::string wrong(std::string_view bytes) {
  const auto decoded = decode_event(bytes);
  if (decoded) return "decoded";
  EXPECT_EQ(decoded.error().kind, base::ErrorKind::kMalformed);
  return decoded.error().reason + " | " + decoded.error().text;
}

/// An event that has all it needs, with more fields in front.
std::string with(const std::string& fields) {
  return "{" + fields + R"("id":"n1","published_at":"2026-02-06T00:10:00Z","headline":"h"})";
}

TEST(Event, TheSmallestEventGetsTheDefaults) {
  const auto decoded =
      decode_event(R"({"id":"n1","published_at":"2026-02-06T09:10:00+09:00","body":"아마존"})");
  ASSERT_TRUE(decoded) << decoded.error().text;
  model::Event event;
  event.id = "n1";
  event.story_id = "n1";
  event.published_at = samples::at("2026-02-06T00:10:00Z");
  event.body = "아마존";
  EXPECT_EQ(decoded->event, event);
  EXPECT_EQ(decoded->unknown_fields, 0);
}

TEST(Event, EveryFieldSurvivesEncodingAndDecoding) {
  const model::Event event = samples::full_event();
  const auto decoded = decode_event(encode_event(event));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event, event);
  EXPECT_EQ(decoded->unknown_fields, 0);
  EXPECT_EQ(encode_event(event).find('\n'), std::string::npos);
}

TEST(Event, NullMeansUnknown) {
  const auto decoded = decode_event(with(
      R"("story_id":null,"revision":null,"action":null,"form":null,"source":null,"lang":null,)"
      R"("received_at":null,"symbols":null,"body":null,"body_format":null,"synthetic":null,)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event, decode_event(with(""))->event);
}

TEST(Event, UnknownFieldsAreCountedAndIgnored) {
  const auto decoded = decode_event(with(R"("sentiment":{"a":[1,2]},"x":null,"period":7,)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->unknown_fields, 3);
  EXPECT_EQ(decoded->event, decode_event(with(""))->event);
}

TEST(Event, AWholeNumberIsTakenAsTheTextOfAnId) {
  const auto decoded = decode_event(
      R"({"id":42,"story_id":-7,"published_at":"2026-02-06T00:10:00Z","headline":"h"})");
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event.id, "42");
  EXPECT_EQ(decoded->event.story_id, "-7");
}

TEST(Event, FilingFieldsMakeAFilingWhenTheFormIsAbsent) {
  const auto decoded = decode_event(with(
      R"("filing_form":"8-K","items":["1.01"],"issuer_code":1018724,"period":"Q4",)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event.form, model::Form::kFiling);
  const model::Filing filing{"8-K", {"1.01"}, "", "1018724", std::nullopt, "Q4"};
  EXPECT_EQ(decoded->event.filing, filing);
  EXPECT_EQ(decoded->unknown_fields, 0);
}

TEST(Event, FilingFieldsOfAnotherFormAreUnknown) {
  const auto decoded = decode_event(with(R"("form":"news","issuer":"Amazon","items":[{}],)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_FALSE(decoded->event.filing);
  EXPECT_EQ(decoded->unknown_fields, 2);
}

TEST(Event, AFilingNeedsNoFilingFields) {
  const auto decoded = decode_event(with(R"("form":"filing",)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event.filing, model::Filing{});
}

TEST(Event, AWithdrawalNeedsNoText) {
  EXPECT_TRUE(decode_event(
      R"({"id":"n1","published_at":"2026-02-06T00:10:00Z","action":"withdraw"})"));
  EXPECT_EQ(wrong(R"({"id":"n1","published_at":"2026-02-06T00:10:00Z","headline":"","body":""})"),
            "missing_field | the record: headline and body are both missing or empty, want at "
            "least one");
}

TEST(Event, ABrokenTraceContextIsDropped) {
  const auto decoded = decode_event(with(R"("traceparent":"00-xyz-01",)"));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(decoded->event.traceparent, "");
}

TEST(Event, AByteOrderMarkIsSkipped) {
  EXPECT_TRUE(decode_event("\xEF\xBB\xBF" + with("")));
}

TEST(Event, ErrorsNameTheFieldTheValueAndWhatIsAllowed) {
  EXPECT_EQ(wrong(R"({"id":"n1","headline":"h"})"), "missing_field | published_at: is missing");
  EXPECT_EQ(wrong(R"({"id":null,"published_at":"2026-02-06T00:10:00Z","headline":"h"})"),
            "missing_field | id: is null, but is required");
  EXPECT_EQ(wrong(R"({"id":"","published_at":"2026-02-06T00:10:00Z","headline":"h"})"),
            "bad_value | id: is \"\", want at least one character");
  EXPECT_EQ(wrong(R"({"id":1.5,"published_at":"2026-02-06T00:10:00Z","headline":"h"})"),
            "wrong_type | id: is 1.5, want text or a whole number");
  EXPECT_EQ(wrong(R"({"id":"n1","published_at":"어제","headline":"h"})"),
            "bad_time | published_at: is \"어제\", want an RFC 3339 time with an offset, such as "
            "\"2026-02-06T00:10:00Z\"");
  EXPECT_EQ(wrong(R"({"id":"n1","published_at":1770336600,"headline":"h"})"),
            "wrong_type | published_at: is 1770336600, want an RFC 3339 time with an offset, such "
            "as \"2026-02-06T00:10:00Z\"");
  EXPECT_EQ(wrong(with(R"("form":"blog",)")),
            "bad_value | form: is \"blog\", want one of alert, news, column, analyst_note, "
            "press_release, filing, transcript, roundup, market_wrap");
  EXPECT_EQ(wrong(with(R"("revision":0,)")), "bad_value | revision: is 0, want 1 or more");
  EXPECT_EQ(wrong(with(R"("revision":"2",)")),
            "wrong_type | revision: is \"2\", want a whole number");
  EXPECT_EQ(wrong(with(R"("symbols":["AMZN",null],)")),
            "wrong_type | symbols[1]: is null, want text");
  EXPECT_EQ(wrong(with(R"("body":{"html":"x"},)")), "wrong_type | body: is an object, want text");
  EXPECT_EQ(wrong(with(R"("synthetic":1,)")), "wrong_type | synthetic: is 1, want true or false");
  EXPECT_EQ(wrong("[1]"), "wrong_type | the record: is an array, want an object");
}

TEST(Event, LongValuesAreShortenedInErrorsBetweenCharacters) {
  std::string lang;
  for (int i = 0; i < 100; ++i) lang += "가";
  EXPECT_EQ(wrong(with(R"("lang":")" + lang + R"(",)")),
            "bad_value | lang: is \"" + lang.substr(0, 48) + "…\", want one of ko, en");
}

TEST(Event, BytesThatAreNotOneJsonDocumentAreMalformed) {
  EXPECT_EQ(wrong(""), "empty | the record is empty");
  EXPECT_EQ(wrong(" \n"), "empty | the record is empty");
  EXPECT_EQ(wrong("{\"id\":\"\xC0\xC7\"}"), "invalid_utf8 | the record is not UTF-8");
  for (const std::string& bytes :
       {with("") + "x", with("") + with(""), with("").substr(0, 40), std::string("{'id':1}"),
        with("") + std::string(1, '\0'), std::string("{\"id\":\"a\0b\"}", 12),
        with(R"("n":123456789012345678901234567890,)"), with(R"("n":1e999,)"),
        with(R"("x":"\ud83d",)"), with(R"("x":"\ude80",)")}) {
    EXPECT_EQ(wrong(bytes).substr(0, 11), "bad_json | ") << bytes;
  }
}

TEST(Event, AKeyThatStandsTwiceIsAnError) {
  EXPECT_EQ(wrong(with(R"("id":"n2",)")),
            "bad_json | the key \"id\" stands twice in one object");
  EXPECT_EQ(wrong(with(R"("x":[{"a":1,"\u0061":2}],)")),
            "bad_json | the key \"a\" stands twice in one object");
}

TEST(Event, TheCharacterNulIsRefused) {
  EXPECT_EQ(wrong(with(R"("body":"a\u0000b",)")),
            "bad_value | \"body\": holds the character U+0000, which is not allowed");
  EXPECT_EQ(wrong(with(R"("symbols":["\u0000"],)")),
            "bad_value | \"symbols\": holds the character U+0000, which is not allowed");
}

TEST(Event, SizeAndDepthAreLimited) {
  const std::string whole = with("");
  EXPECT_TRUE(decode_event(whole, {.bytes_max = whole.size()}));
  EXPECT_EQ(whole.size(), 64U);
  const auto large = decode_event(whole, {.bytes_max = 63});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().reason, "too_large");
  EXPECT_EQ(large.error().text, "the record has 64 bytes, more than 63");
  const auto nested = [](int levels) {
    return with("\"x\":" + std::string(static_cast<std::size_t>(levels), '[') +
                std::string(static_cast<std::size_t>(levels), ']') + ",");
  };
  EXPECT_TRUE(decode_event(nested(63)));
  EXPECT_EQ(wrong(nested(64)), "too_deep | the record is nested deeper than 64 levels");
  EXPECT_EQ(wrong(nested(5000)), "too_deep | the record is nested deeper than 64 levels");
  EXPECT_TRUE(decode_event(with(R"("story_id":")" + std::string(1024, 'x') + "\",")));
  EXPECT_EQ(wrong(with(R"("story_id":")" + std::string(1025, 'x') + "\",")),
            "bad_value | story_id: has 1025 bytes, want at most 1024");
}

TEST(Event, TheSameThreadReadsSmallAfterLargeAndBrokenRecords) {
  const std::string large = with(R"("body":")" + std::string(3U << 20U, 'x') + "\",");
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(decode_event(large)->event.body.size(), 3U << 20U);
    EXPECT_FALSE(decode_event("{\"id\":"));
    EXPECT_EQ(decode_event(with(""))->event.headline, "h");
  }
}

}  // namespace
}  // namespace wiremill::wire
