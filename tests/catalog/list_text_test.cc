#include "catalog/list_text.h"

#include <gtest/gtest.h>

namespace wiremill::catalog {
namespace {

using Fields = std::vector<std::string>;

TEST(CsvRows, KnowQuotesAndLineBreaksInsideThem) {
  const auto rows =
      csv_rows("id,name\r\nA,\"Acme, \"\"the\"\" maker\"\nB,\"two\nlines\"\n\nC,last");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1].fields, (Fields{"A", "Acme, \"the\" maker"}));
  EXPECT_EQ(rows[2].fields, (Fields{"B", "two\nlines"}));
  EXPECT_EQ(rows[3].fields, (Fields{"C", "last"}));
  EXPECT_EQ(rows[2].line, 3);
  EXPECT_EQ(rows[3].line, 6);
}

TEST(CsvRows, NameTheLineOfAnOpenQuoteAndGoOn) {
  const auto rows = csv_rows("id,name\nA,\"never closed\nB,Beta\n");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_NE(rows[1].error.find("quote"), std::string::npos);
  EXPECT_EQ(rows[2].fields, (Fields{"B", "Beta"}));
}

TEST(JsonRows, ReadAnObjectOfFlatObjects) {
  const auto rows = json_rows(R"({"0":{"cik_str":12,"ticker":"ABC","title":"Acme \u0026 Co"},
                                  "1":{"ticker":"DEF","title":null}})");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].named[0], (std::pair<std::string, std::string>("cik_str", "12")));
  EXPECT_EQ(rows[0].named[2].second, "Acme & Co");
  EXPECT_EQ(rows[1].named[1].second, "");
  EXPECT_EQ(rows[1].line, 2);
}

TEST(JsonRows, EndWithAnErrorWhereTheShapeBreaks) {
  for (const char* text : {"{", "{\"0\":[1]}", "{\"0\":{\"a\":{}}}", "{\"0\":{}} x", "{\"0\"",
                           "{\"0\":{\"a\":\"\\q\"}}", "{\"0\":{\"a\":\"\\ud800\"}}"}) {
    const auto rows = json_rows(text);
    ASSERT_FALSE(rows.empty()) << text;
    EXPECT_FALSE(rows.back().error.empty()) << text;
  }
}

TEST(ToUtf8, ReadsUtf8AndEucKr) {
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF가"), "가");
  EXPECT_EQ(to_utf8("\xC8\xB8\xBB\xE7\xB8\xED"), "회사명");
  EXPECT_EQ(to_utf8("\xFF\xFF\xFF"), std::nullopt);
}

}  // namespace
}  // namespace wiremill::catalog
