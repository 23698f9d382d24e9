#include "text/html.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace wiremill::text {
namespace {

std::string shown(std::string_view markup) { return normalise(pieces_of_html(markup)).text; }

TEST(Html, ShowsTextAsLines) {
  EXPECT_EQ(shown("<p>One</p><p>Two<br>Three</p><script>var x;</script>"), "One\nTwo\nThree\n");
}

TEST(Html, MakesRowsOfTables) {
  EXPECT_EQ(shown("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"),
            "| A| B |\n| 1| 2 |\n");
}

TEST(Html, KnowsWhereEachCharacterStoodInTheMarkup) {
  const std::string markup = "<p>가&amp;나&nbsp;</p>";
  const auto pieces = pieces_of_html(markup);
  ASSERT_GE(pieces.size(), 4U);
  EXPECT_EQ(pieces[0].start, 3U);
  EXPECT_EQ(pieces[1].code_point, U'&');
  EXPECT_EQ(code_point_range(markup, pieces[1].start, pieces[1].end), "&amp;");
  EXPECT_EQ(code_point_range(markup, pieces[2].start, pieces[2].end), "나");
  EXPECT_EQ(code_point_range(markup, pieces[3].start, pieces[3].end), "&nbsp;");
}

TEST(Html, BearsBrokenMarkup) {
  EXPECT_EQ(shown("<p>a < b &bogus; <b>c"), "a < b &bogus; c\n");
  EXPECT_TRUE(shown("").empty());
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<div>";
  EXPECT_NO_FATAL_FAILURE(shown(deep + "x"));
}

}  // namespace
}  // namespace wiremill::text
