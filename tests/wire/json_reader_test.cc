#include "wire/json_reader.h"

#include <gtest/gtest.h>

#include <memory>

namespace wiremill::wire {
namespace {

const JsonValue& parsed(std::string_view bytes) { return **parse_json(bytes, {}); }

TEST(JsonReader, MovesEveryKindOfValueOut) {
  const JsonValue& root =
      parsed(R"({"n":null,"b":true,"i":-7,"u":18446744073709551615,)"
             R"("r":2.5,"t":"\u00e9","a":[1,[]]})");
  EXPECT_EQ(root.kind, JsonKind::kObject);
  EXPECT_EQ(root.children, 7U);
  std::string kinds;
  for (const JsonValue& field : root) {
    kinds += std::string(field.key) + std::to_string(static_cast<int>(field.kind)) + " ";
  }
  EXPECT_EQ(kinds, "n0 b1 i2 u3 r3 t4 a5 ");
  EXPECT_EQ(root.values, 10U);
}

TEST(JsonReader, ShowsValuesAsErrorTextsWantThem) {
  const JsonValue& root = parsed(R"([null,false,-7,2.5,"x",[],{}])");
  std::string text;
  for (const JsonValue& value : root) text += shown(value) + " ";
  EXPECT_EQ(text, "null false -7 2.5 \"x\" an array an object ");
}

TEST(JsonReader, TooManyValuesAreTooLarge) {
  JsonLimits limits;
  limits.values_max = 4;
  EXPECT_TRUE(parse_json("[1,2,3]", limits));
  const auto refused = parse_json("[1,2,3,4]", limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "too_large");
  EXPECT_EQ(refused.error().text, "the record has more than 4 values");
}

TEST(JsonReader, ReadsBytesThatEndAtTheEndOfTheirMemory) {
  const std::string text = R"({"id":"n1"})";
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  text.copy(exact.get(), text.size());
  EXPECT_TRUE(parse_json({exact.get(), text.size()}, {}));
}

}  // namespace
}  // namespace wiremill::wire
