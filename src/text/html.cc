#include "text/html.h"

#include <gumbo.h>

#include <cstring>
#include <string>

#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr int kDepthMax = 400;
constexpr std::size_t kEntityBytesMax = 32;

bool is_hidden(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD ||
         tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_NOSCRIPT;
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_BR: case GUMBO_TAG_LI:
    case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_TR: case GUMBO_TAG_TABLE:
    case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4:
    case GUMBO_TAG_H5: case GUMBO_TAG_H6: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_HR:
    case GUMBO_TAG_FIGURE: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_PRE: case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
      return true;
    default:
      return false;
  }
}

bool is_cell(GumboTag tag) { return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH; }

/// Bytes of the character reference at `at`, 0 when there is none.
std::size_t reference_length(std::string_view raw, std::size_t at) {
  std::size_t i = at + 1;
  while (i < raw.size() && i - at < kEntityBytesMax && (is_word(raw[i]) || raw[i] == '#')) ++i;
  if (i == at + 1) return 0;
  return i < raw.size() && raw[i] == ';' ? i + 1 - at : i - at;
}

class Reader {
 public:
  explicit Reader(std::string_view markup) : markup_(markup) {}

  void read(const GumboNode& node, int depth) {
    if (depth > kDepthMax) return;
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) {
      return add_text(node.v.text);
    }
    if (node.type == GUMBO_NODE_WHITESPACE) return space();
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_DOCUMENT) return;
    const bool element = node.type == GUMBO_NODE_ELEMENT;
    const GumboTag tag = element ? node.v.element.tag : GUMBO_TAG_UNKNOWN;
    if (is_hidden(tag)) return;
    open(tag);
    const GumboVector& children =
        element ? node.v.element.children : node.v.document.children;
    for (unsigned i = 0; i < children.length; ++i) {
      read(*static_cast<const GumboNode*>(children.data[i]), depth + 1);
    }
    close(tag);
  }

  std::vector<Piece> finish() { return std::move(pieces_); }

 private:
  void open(GumboTag tag) {
    if (is_block(tag)) line();
    if (tag == GUMBO_TAG_LI) mark("- ");
    if (is_cell(tag)) mark("| ");
    if (is_cell(tag)) ++cells_;
  }

  void close(GumboTag tag) {
    if (is_cell(tag)) --cells_;
    if (tag == GUMBO_TAG_TR) mark(" |");
    if (is_block(tag)) line();
  }

  void mark(std::string_view signs) {
    for (const char c : signs) pieces_.push_back({static_cast<char32_t>(c), place_, place_});
  }
  void space() {
    if (!pieces_.empty() && pieces_.back().code_point != ' ') mark(" ");
  }
  void line() {
    if (cells_ > 0) return space();
    if (!pieces_.empty() && pieces_.back().code_point != '\n') mark("\n");
  }

  /// Moves the count of code points to this byte of the markup; texts come in their order.
  void go_to(std::size_t byte) {
    while (byte_ < byte && byte_ < markup_.size()) next_code_point(markup_, byte_), ++place_;
  }

  void add_text(const GumboText& text) {
    const char* const data = text.original_text.data;
    if (data == nullptr || data < markup_.data()) return;
    const auto begin = static_cast<std::size_t>(data - markup_.data());
    if (begin < byte_) return;
    const std::string_view raw(data, text.original_text.length);
    const std::string_view shown(text.text);
    go_to(begin);
    std::size_t at_raw = 0;
    for (std::size_t at = 0; at < shown.size() && at_raw < raw.size();) {
      const std::uint32_t start = place_;
      const bool ampersand = raw[at_raw] == '&';
      const std::size_t reference = ampersand ? reference_length(raw, at_raw) : 0;
      const bool literal = ampersand && shown[at] == '&' &&
                           !raw.substr(at_raw).starts_with("&amp") &&
                           !raw.substr(at_raw).starts_with("&#");
      if (reference > 0 && !literal) {
        at_raw += reference;
      } else {
        next_code_point(raw, at_raw);
      }
      go_to(begin + at_raw);
      const char32_t c = next_code_point(shown, at);
      const bool blank = c == '\n' || c == '\r' || c == '\t';
      pieces_.push_back({blank ? U' ' : c, start, place_});
    }
  }

  std::string_view markup_;
  std::vector<Piece> pieces_;
  std::size_t byte_ = 0;
  std::uint32_t place_ = 0;
  int cells_ = 0;
};

}  // namespace

std::vector<Piece> pieces_of_html(std::string_view markup) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* const parsed = gumbo_parse_with_options(&options, markup.data(), markup.size());
  Reader reader(markup);
  reader.read(*parsed->document, 0);
  gumbo_destroy_output(&options, parsed);
  return reader.finish();
}

}  // namespace wiremill::text
