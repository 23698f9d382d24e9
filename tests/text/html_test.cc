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
  EXPECT_EQ(shown("<p>a<p>b<ul><li>c<li>d</ul>e"), "a\nb\n- c\n- d\ne\n");
  EXPECT_EQ(shown("a<!-- b > c -->d<!e>f<?g?>h</ i>j<!-- k"), "adfhj\n");
  EXPECT_EQ(shown("<a href=\"x>y\" title='>'>z</a> <b a = '>'>w <c"), "z w \n");
}

TEST(Html, ShowsNothingOfWhatABrowserHides) {
  EXPECT_EQ(shown("<head><title>T</title><style>p > a {}</STYLE ></head>A"
                  "<script>if (a < b) '</p>'</script>B<noscript><p>C</noscript>D"
                  "<template>E<template>F</template>G</template>H"),
            "ABDH\n");
  EXPECT_EQ(shown("A<script>B"), "A\n");
}

TEST(Html, EndsRowsAndCellsThatAreLeftOpen) {
  EXPECT_EQ(shown("<table><tr><td>1<td>2<tr><td>3</table>4"), "| 1| 2 |\n| 3 |\n4\n");
  EXPECT_EQ(shown("<table><tbody><tr><td>1<tbody><td>2"), "| 1 |\n| 2 |\n");
  EXPECT_EQ(shown("<td>1</td></tr>2"), "12\n");
}

TEST(Html, KeepsATableInACellInItsLine) {
  EXPECT_EQ(shown("<table><tr><td>1<table><tr><td>2<p>3</table>4<td>5</table>"),
            "| 1 | 2 3 | 4| 5 |\n");
}

TEST(Html, BearsAnyDepth) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += i % 2 == 0 ? "<div>" : "<b>";
  EXPECT_EQ(shown(deep + "x"), "x\n");
  std::string tables;
  for (int i = 0; i < 50'000; ++i) tables += "<table><tr><td>";
  EXPECT_GT(shown(tables).size(), 50'000U);
}

}  // namespace
}  // namespace wiremill::text
