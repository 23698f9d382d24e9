#include "http/html.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "base/digest.h"
#include "telemetry/escape.h"

namespace wiremill::http {
namespace {

/// The one place where text becomes HTML.
void append_escaped(std::string_view any, std::string& out) {
  for (const char c : telemetry::shown(any)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

/// Line breaks after these show nowhere and make the page readable as text.
bool is_block(std::string_view element) {
  return element == "tr" || element == "section" || element == "table" || element == "li" ||
         element == "div" || element == "head";
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) {
      text += kDigits[(held >> static_cast<unsigned>(bits - 6)) & 63U];
    }
  }
  if (bits > 0) text += kDigits[(held << static_cast<unsigned>(6 - bits)) & 63U];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

Html::Html(std::string_view title, std::string_view language, std::string_view style,
           int refresh_s) {
  page_.style = style;
  page_.html = "<!doctype html>\n";
  open("html", {{"lang", language}}).open("head");
  lone("meta", {{"charset", "utf-8"}});
  lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  if (refresh_s > 0) {
    lone("meta", {{"http-equiv", "refresh"}, {"content", std::to_string(refresh_s)}});
  }
  line("title", title);
  page_.html += fmt::format("<style>{}</style>", style);
  close().open("body");
}

void Html::begin(std::string_view element, Attributes attributes) {
  page_.html += '<';
  page_.html += element;
  for (const Attribute& attribute : attributes) {
    page_.html += fmt::format(" {}=\"", attribute.name.word);
    append_escaped(attribute.value, page_.html);
    page_.html += '"';
  }
  page_.html += '>';
}

Html& Html::open(Name element, Attributes attributes) {
  begin(element.word, attributes);
  open_.push_back(element.word);
  return *this;
}

Html& Html::close() {
  WIREMILL_ASSERT(!open_.empty());
  page_.html += fmt::format("</{}>{}", open_.back(), is_block(open_.back()) ? "\n" : "");
  open_.pop_back();
  return *this;
}

Html& Html::lone(Name element, Attributes attributes) {
  begin(element.word, attributes);
  return *this;
}

Html& Html::text(std::string_view any) {
  append_escaped(any, page_.html);
  return *this;
}

Html& Html::line(Name element, std::string_view any, Attributes attributes) {
  return open(element, attributes).text(any).close();
}

Html& Html::link(std::string_view url, std::string_view any) {
  if (!is_web_address(url)) return text(any);
  return line("a", any, {{"href", url}, {"rel", "noopener noreferrer nofollow"}});
}

Page Html::take() {
  while (!open_.empty()) close();
  return std::move(page_);
}

std::string policy_of(const Page& page) {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'", base64(base::sha256_bytes(page.style)));
}

}  // namespace wiremill::http
