#include "wire/dead_letter.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "samples.h"

namespace wiremill::wire {
namespace {

model::DeadLetter letter(std::optional<std::string> value) {
  model::DeadLetter letter;
  letter.stage = "extract";
  letter.reason = "bad_json";
  letter.detail = "not JSON";
  letter.topic = "news";
  letter.partition = 3;
  letter.offset = 4711;
  letter.appended_at = samples::at("2026-02-06T00:10:05Z");
  letter.key = "k";
  letter.value = std::move(value);
  letter.headers = {{"traceparent", "00-xyz"}, {"bin", std::string("\0\xFF", 2)}, {"empty", ""}};
  letter.attempts = 2;
  letter.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  return letter;
}

DecodedDeadLetter back(const model::DeadLetter& original, const DeadLetterLimits& limits = {}) {
  const auto decoded = decode_dead_letter(encode_dead_letter(original, limits));
  EXPECT_TRUE(decoded) << decoded.error().text;
  return decoded.value_or(DecodedDeadLetter{});
}

TEST(DeadLetter, GivesTheOriginalBytesBack) {
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes.push_back(static_cast<char>(byte));
  for (const std::string& value :
       {std::string("{\"id\":1}"), std::string("아마존\n"), std::string("\xC0\xC7"), all_bytes,
        std::string(), std::string(1000, '\0'), std::string(512U << 10U, '"')}) {
    const DecodedDeadLetter decoded = back(letter(value));
    EXPECT_TRUE(decoded.letter == letter(value)) << value.substr(0, 20);
    EXPECT_FALSE(decoded.truncated);
    EXPECT_EQ(decoded.original_bytes, static_cast<std::int64_t>(value.size()));
    EXPECT_EQ(decoded.original_sha256, base::sha256_hex(value));
  }
}

TEST(DeadLetter, ATombstoneHasNoBytes) {
  const std::string text = encode_dead_letter(letter(std::nullopt));
  EXPECT_NE(text.find(R"("original":{"encoding":"utf-8","bytes":0,"sha256":null,"value":null,)"
                      R"("truncated":false})"),
            std::string::npos);
  EXPECT_EQ(back(letter(std::nullopt)).letter, letter(std::nullopt));
}

TEST(DeadLetter, ALongOriginalIsCutBetweenCharactersAndKeepsItsDigest) {
  constexpr std::size_t kCut = 64U << 10U;  // 1 + 21845 times 3
  std::string value = "x";
  while (value.size() <= 512U << 10U) value += "가";
  const DecodedDeadLetter decoded = back(letter(value));
  EXPECT_TRUE(decoded.truncated);
  EXPECT_TRUE(decoded.letter.value == value.substr(0, kCut));
  EXPECT_EQ(decoded.original_bytes, static_cast<std::int64_t>(value.size()));
  EXPECT_EQ(decoded.original_sha256, base::sha256_hex(value));
  value.insert(0, "x");  // now the cut would split a character
  EXPECT_TRUE(back(letter(value)).letter.value == value.substr(0, kCut - 2));
}

TEST(DeadLetter, NothingMakesItLongerThanABrokerTakes) {
  constexpr std::size_t kPromised = 850U << 10U;
  model::DeadLetter worst = letter(std::string(512U << 10U, '\x01'));
  worst.key = std::string(1U << 20U, '\xFF');
  worst.detail = std::string(1U << 20U, '\x02');
  worst.headers.assign(50'000, {std::string(1, '\x03'), ""});
  EXPECT_LT(encode_dead_letter(worst).size(), kPromised);
  worst.headers.assign(3, {"n", std::string(1U << 20U, '\x80')});
  worst.value = std::string(20U << 20U, '\xFE');
  EXPECT_LT(encode_dead_letter(worst).size(), kPromised);
  const DecodedDeadLetter decoded = back(worst);
  EXPECT_TRUE(decoded.truncated);
  EXPECT_EQ(decoded.letter.headers.size(), 1U);
}

TEST(DeadLetter, CutHeadersAndKeysSaySo) {
  model::DeadLetter long_key = letter("v");
  long_key.key = "0123456789";
  EXPECT_FALSE(back(long_key, {.key_bytes_max = 10}).truncated);
  EXPECT_TRUE(back(long_key, {.key_bytes_max = 9}).truncated);
  EXPECT_FALSE(back(letter("v"), {.headers_bytes_max = 230}).truncated);
  EXPECT_TRUE(back(letter("v"), {.headers_bytes_max = 100}).truncated);
}

TEST(DeadLetter, AnOriginalThatWasChangedIsNotSentAgain) {
  std::string text = encode_dead_letter(letter("{\"id\":1}"));
  const std::size_t at = text.find("\\\"id\\\":1");
  ASSERT_NE(at, std::string::npos);
  text[at + 7] = '2';
  EXPECT_EQ(decode_dead_letter(text).error().text,
            "original.sha256: does not fit original.value");
  std::string binary = encode_dead_letter(letter(std::string("\xFF\xFE")));
  binary.replace(binary.find("//4="), 4, "//5=");
  EXPECT_EQ(decode_dead_letter(binary).error().text, "original.value: want base64 with padding");
}

TEST(DeadLetter, ALineThatCouldNotBeReadHasItsOwnForm) {
  EXPECT_EQ(encode_dead_line(7, {base::ErrorKind::kMalformed, "id: is missing", "missing_field"}),
            R"({"schema":"wiremill.dead-letter","version":1,"line":7,"reason":"missing_field",)"
            R"("detail":"id: is missing"})");
}

TEST(DeadLetter, TextThatIsNotUtf8IsMendedInDetails) {
  model::DeadLetter broken = letter("v");
  broken.detail = "a\xFFz";
  EXPECT_EQ(back(broken).letter.detail, "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace wiremill::wire
