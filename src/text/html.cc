#include "text/html.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/character_names.h"
#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr std::size_t kTagNameBytesMax = 10;  ///< of those that mean something here

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

/// Elements that begin and end a line, but for those of tables.
bool is_block(std::string_view name) {
  static constexpr std::array<std::string_view, 24> kBlocks{
      "article", "blockquote", "br", "dd", "div", "dt",     "figcaption", "figure",
      "footer",  "h1",         "h2", "h3", "h4",  "h5",     "h6",         "header",
      "hr",      "li",         "ol", "p",  "pre", "section", "ul",        "xmp"};
  return is_one_of(kBlocks, name);
}

/// Elements that are not shown and whose content is no markup up to their end tag.
bool is_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kRaw{"iframe",   "noembed", "noframes",
                                                        "script", "style",   "title"};
  return is_one_of(kRaw, name);
}

/// Elements that are not shown and hold markup.
bool is_hidden(std::string_view name) { return name == "noscript" || name == "template"; }

bool is_cell(std::string_view name) { return name == "td" || name == "th"; }

bool is_row_group(std::string_view name) {
  return name == "tbody" || name == "tfoot" || name == "thead";
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

class Reader {
 public:
  explicit Reader(std::string_view markup) : markup_(markup) { pieces_.reserve(markup.size()); }

  std::vector<Piece> run() {
    while (byte_ < markup_.size()) {
      if (!read_markup()) read_text();
    }
    while (!tables_.empty()) end_table();
    line();
    return std::move(pieces_);
  }

 private:
  /// What a table has open.
  struct Table {
    bool row = false;
    bool cell = false;
  };

  /// A tag, a comment or a declaration at this place; false when it is text after all.
  bool read_markup() {
    if (markup_[byte_] != '<' || byte_ + 1 >= markup_.size()) return false;
    const char next = markup_[byte_ + 1];
    if (is_letter(next)) return read_tag(byte_ + 1, false), true;
    if (next == '!' || next == '?') return go_to(end_of_declaration()), true;
    if (next != '/' || byte_ + 2 >= markup_.size()) return false;
    if (is_letter(markup_[byte_ + 2])) return read_tag(byte_ + 2, true), true;
    return go_to(behind('>', byte_ + 2)), true;
  }

  std::size_t behind(char sign, std::size_t from) const {
    const std::size_t at = markup_.find(sign, from);
    return at == std::string_view::npos ? markup_.size() : at + 1;
  }

  std::size_t end_of_declaration() const {
    if (!markup_.substr(byte_).starts_with("<!--")) return behind('>', byte_ + 2);
    const std::size_t at = markup_.find("-->", byte_ + 2);
    return at == std::string_view::npos ? markup_.size() : at + 3;
  }

  void read_tag(std::size_t from, bool closes) {
    std::size_t at = from;
    while (at < markup_.size() && !is_blank(markup_[at]) && markup_[at] != '/' &&
           markup_[at] != '>') {
      ++at;
    }
    const std::string_view written = markup_.substr(from, at - from);
    const std::string name =
        written.size() <= kTagNameBytesMax ? base::lower_ascii(written) : std::string();
    go_to(end_of_tag(at));
    closes ? close(name) : open(name);
  }

  /// Behind the '>' that ends the tag: one between the quotes of an attribute's value does not.
  std::size_t end_of_tag(std::size_t at) const {
    bool value = false;  // '=' stands before
    for (; at < markup_.size(); ++at) {
      const char c = markup_[at];
      if (c == '>') return at + 1;
      if (value && (c == '"' || c == '\'')) at = behind(c, at + 1) - 1;
      value = c == '=' || (value && is_blank(c));
    }
    return markup_.size();
  }

  void open(const std::string& name) {
    if (is_raw(name)) return skip_raw(name);
    if (!hidden_.empty()) {
      if (name == hidden_) ++hidden_depth_;
      return;
    }
    if (is_hidden(name)) {
      hidden_ = name;
      hidden_depth_ = 1;
      return;
    }
    if (name == "table") return begin_table();
    if (name == "tr" || is_cell(name) || is_row_group(name)) return begin_part(name);
    if (is_block(name)) line();
    if (name == "li") mark("- ");
  }

  void close(const std::string& name) {
    if (!hidden_.empty()) {
      if (name == hidden_ && --hidden_depth_ == 0) hidden_.clear();
      return;
    }
    if (name == "table" && !tables_.empty()) return end_table();
    if (!tables_.empty() && is_cell(name)) return end_cell();
    if (!tables_.empty() && (name == "tr" || is_row_group(name))) return end_row();
    if (is_block(name)) line();
  }

  void begin_table() {
    line();
    tables_.emplace_back();
  }

  void end_table() {
    end_row();
    tables_.pop_back();
    line();
  }

  /// A row, a cell, or a group of rows. Outside a table it means nothing.
  void begin_part(const std::string& name) {
    if (tables_.empty()) return;
    if (!is_cell(name)) end_row();
    if (is_row_group(name)) return;
    end_cell();
    if (!tables_.back().row) line();
    tables_.back().row = true;
    if (!is_cell(name)) return;
    mark("| ");
    tables_.back().cell = true;
    ++cells_;
  }

  void end_cell() {
    if (!tables_.back().cell) return;
    tables_.back().cell = false;
    --cells_;
  }

  void end_row() {
    end_cell();
    if (!tables_.back().row) return;
    tables_.back().row = false;
    mark(" |");
    line();
  }

  void skip_raw(std::string_view name) {
    std::size_t at = byte_;
    while (true) {
      at = markup_.find("</", at);
      if (at == std::string_view::npos) return go_to(markup_.size());
      const std::size_t end = at + 2 + name.size();
      const bool same = base::lower_ascii(markup_.substr(at + 2, name.size())) == name;
      const bool ends = end >= markup_.size() || !is_word(markup_[end]);
      if (same && ends) return go_to(behind('>', end));
      at += 2;
    }
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

  /// Moves on to this byte of the markup, counting code points.
  void go_to(std::size_t byte) {
    while (byte_ < byte) next_code_point(markup_, byte_), ++place_;
  }

  /// Text up to the next sign that may begin markup. Blanks alone are one blank.
  void read_text() {
    const std::size_t end = std::min(markup_.find('<', byte_ + 1), markup_.size());
    if (!hidden_.empty()) return go_to(end);
    std::size_t first = byte_;
    while (first < end && is_blank(markup_[first])) ++first;
    if (first == end) {
      space();
      return go_to(end);
    }
    while (byte_ < end) {
      const std::uint32_t start = place_;
      char32_t c = 0;
      const std::size_t reference = reference_length(markup_.substr(byte_, end - byte_), c);
      if (reference > 0) {
        go_to(byte_ + reference);
      } else {
        c = next_code_point(markup_, byte_);
        ++place_;
      }
      const bool blank = c == U'\n' || c == U'\r' || c == U'\t' || c == U'\f';
      pieces_.push_back({blank ? U' ' : c, start, place_});
    }
  }

  std::string_view markup_;
  std::vector<Piece> pieces_;
  std::size_t byte_ = 0;
  std::uint32_t place_ = 0;  ///< code points before `byte_`
  int cells_ = 0;            ///< open ones of all tables
  std::vector<Table> tables_;
  std::string hidden_;  ///< the outermost element that is not shown, and how often it is open
  int hidden_depth_ = 0;
};

}  // namespace

std::vector<Piece> pieces_of_html(std::string_view markup) { return Reader(markup).run(); }

}  // namespace wiremill::text
