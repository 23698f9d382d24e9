#include "http/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <gumbo.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wiremill::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// What a browser's parser makes of a page: its elements with their attributes, and all text.
struct Parsed {
  std::vector<std::string> elements;
  std::map<std::string, std::string> attributes;  ///< "p.class" → value
  std::string text;

  explicit Parsed(const Page& page) {
    const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> output(
        gumbo_parse_with_options(&kGumboDefaultOptions, page.html.data(), page.html.size()),
        [](GumboOutput* made) { gumbo_destroy_output(&kGumboDefaultOptions, made); });
    add(*output->root);
  }

 private:
  void add(const GumboNode& node) {
    const bool is_text = node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
                         node.type == GUMBO_NODE_CDATA;
    if (is_text) text += node.v.text.text;
    if (node.type == GUMBO_NODE_COMMENT) elements.emplace_back("comment");
    if (node.type != GUMBO_NODE_ELEMENT) return;
    const GumboElement& element = node.v.element;
    const std::string name = gumbo_normalized_tagname(element.tag);
    elements.push_back(name);
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      attributes[name + "." + attribute->name] = attribute->value;
    }
    for (unsigned i = 0; i < element.children.length; ++i) {
      add(*static_cast<const GumboNode*>(element.children.data[i]));
    }
  }
};

const std::vector<std::string> kHostile{
    "<script>alert(1)</script>",
    "</p></body><script src=//x></script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- <b> --> <![CDATA[x]]>",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "</title></style><svg onload=alert(1)>",
    std::string("<sc\0ript>", 9),
    "\xff\xfe<\xc0\xbc"
    "b>",
};

Page page_with(const std::string& hostile) {
  Html html(hostile, "en", "p{margin:0}", 5);
  html.open("p", {{"class", hostile}}).text(hostile).close();
  html.line("b", hostile).link("https://example.com/?q=" + hostile, hostile);
  return html.take();
}

TEST(Html, TextFromOutsideMakesNoElementAndNoAttribute) {
  for (const std::string& hostile : kHostile) {
    const Parsed parsed(page_with(hostile));
    EXPECT_THAT(parsed.elements, ElementsAre("html", "head", "meta", "meta", "meta", "title",
                                             "style", "body", "p", "b", "a"))
        << hostile;
    std::vector<std::string> names;
    for (const auto& [name, value] : parsed.attributes) names.push_back(name);
    EXPECT_THAT(names, ElementsAre("a.href", "a.rel", "html.lang", "meta.charset", "meta.content",
                                   "meta.http-equiv", "meta.name", "p.class"))
        << hostile;
  }
}

TEST(Html, TextThatHidesNothingArrivesAsItWas) {
  const std::string text = "a < b && \"c\" > 'd' &lt; 아마존 2천억 달러 </p>";
  const Parsed parsed(page_with(text));
  EXPECT_THAT(parsed.text, HasSubstr(text + text));
  EXPECT_EQ(parsed.attributes.at("p.class"), text);
  EXPECT_EQ(parsed.attributes.at("a.href"), "https://example.com/?q=" + text);
}

TEST(Html, MarksThatTurnTheDirectionOfTextDoNothing) {
  const Parsed parsed(page_with("up\xe2\x80\xae nwod\xe2\x81\xa6\x07"));
  EXPECT_THAT(parsed.text, HasSubstr("up\xef\xbf\xbd nwod\xef\xbf\xbd\xef\xbf\xbd"));
}

TEST(Html, OnlyWebAddressesBecomeLinks) {
  for (const char* url : {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
                          "java\nscript:alert(1)", "data:text/html,<script>", "//evil", "",
                          "file:///etc/passwd", "vbscript:x", "HTTPS"}) {
    Html html("t", "en", "", 0);
    html.link(url, "words");
    const Parsed parsed(html.take());
    EXPECT_THAT(parsed.elements, Not(testing::Contains("a"))) << url;
    EXPECT_THAT(parsed.text, HasSubstr("words"));
  }
}

TEST(Html, EndsWhatIsOpen) {
  Html html("t", "ko", "", 0);
  html.open("section").open("p").text("x");
  EXPECT_THAT(html.take().html, HasSubstr("<p>x</p></section>\n</body></html>"));
}

}  // namespace
}  // namespace wiremill::http
