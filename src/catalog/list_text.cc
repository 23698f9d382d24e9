#include "catalog/list_text.h"

#include <fmt/format.h>
#include <iconv.h>

#include <array>

namespace wiremill::catalog {
namespace {

constexpr std::size_t kQuotedBytesMax = 64U << 10U;

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i++]);
    const int more = lead < 0x80 ? 0 : lead >> 5U == 6 ? 1 : lead >> 4U == 14 ? 2
                     : lead >> 3U == 30 ? 3 : -1;
    if (more < 0 || i + static_cast<std::size_t>(more) > bytes.size()) return false;
    for (int k = 0; k < more; ++k) {
      if ((static_cast<unsigned char>(bytes[i++]) & 0xC0U) != 0x80) return false;
    }
  }
  return true;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// Walks a CSV text once.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  std::vector<TextRow> rows() {
    std::vector<TextRow> rows;
    while (at_ < text_.size()) {
      TextRow row = next();
      const bool blank = row.fields.size() == 1 && row.fields[0].empty();
      if (!blank || !row.error.empty()) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  TextRow next() {
    TextRow row;
    row.line = line_;
    std::string field;
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '"' && trimmed(field).empty()) {
        if (!quoted(field)) {
          row.error = "a quote is not closed";
          skip_line();
          return row;
        }
        continue;
      }
      const bool end = at_ >= text_.size() || text_[at_] == '\n';
      if (end || text_[at_] == ',') row.fields.push_back(trimmed(std::exchange(field, {})));
      if (end) break;
      if (text_[at_] != ',') field.push_back(text_[at_]);
      ++at_;
    }
    skip_line();
    return row;
  }

  /// From an opening quote to behind its close; false, and back at the quote, when there is none.
  bool quoted(std::string& field) {
    const std::size_t opened = at_;
    int breaks = 0;
    std::string inside;
    for (++at_; at_ < text_.size() && inside.size() <= kQuotedBytesMax; ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          line_ += breaks;
          field += inside;
          return true;
        }
        ++at_;
      }
      breaks += text_[at_] == '\n' ? 1 : 0;
      inside.push_back(text_[at_]);
    }
    at_ = opened;
    return false;
  }

  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++line_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

/// The little of JSON that an object of flat objects needs.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  std::vector<TextRow> rows() {
    if (!take('{')) return fail("must begin with {");
    if (take('}')) return end();
    do {
      std::string key;
      if (!string(key) || !take(':')) return fail("a key in quotes and a colon must stand here");
      TextRow row;
      row.line = line_;
      if (!object(row)) return fail("an object of plain values must stand here");
      rows_.push_back(std::move(row));
    } while (take(','));
    if (!take('}')) return fail("a comma or } must stand here");
    return end();
  }

 private:
  std::vector<TextRow> end() {
    blanks();
    return at_ == text_.size() ? std::move(rows_) : fail("nothing may stand behind the last }");
  }

  std::vector<TextRow> fail(std::string_view what) {
    TextRow row;
    row.line = line_;
    row.error = fmt::format("not an object of objects: {}", what);
    rows_.push_back(std::move(row));
    return std::move(rows_);
  }

  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' ||
                                  text_[at_] == '\t')) {
      line_ += text_[at_++] == '\n' ? 1 : 0;
    }
  }

  bool take(char c) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool object(TextRow& row) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string key;
      std::string value;
      if (!string(key) || !take(':') || !(string(value) || bare(value))) return false;
      row.named.emplace_back(std::move(key), trimmed(value));
    } while (take(','));
    return take('}');
  }

  bool bare(std::string& out) {
    blanks();
    const std::size_t end = text_.find_first_of(",} \n\r\t{[\"", at_);
    if (end == std::string_view::npos || end == at_) return false;
    out = text_.substr(at_, end - at_);
    at_ = end;
    if (out == "null") out.clear();
    return true;
  }

  bool string(std::string& out) {
    if (!take('"')) return false;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_] != '\\') {
        out.push_back(text_[at_]);
      } else if (!escape(out)) {
        return false;
      }
    }
    return at_++ < text_.size();
  }

  bool escape(std::string& out) {
    if (++at_ >= text_.size()) return false;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (const auto which = kLetters.find(text_[at_]); which != std::string_view::npos) {
      out.push_back(kMeant[which]);
      return true;
    }
    if (text_[at_] != 'u' || at_ + 4 >= text_.size()) return false;
    unsigned code = 0;
    for (int k = 0; k < 4; ++k) {
      const auto digit = std::string_view("0123456789abcdef").find(
          static_cast<char>(text_[++at_] | 0x20));
      if (digit == std::string_view::npos) return false;
      code = code * 16 + static_cast<unsigned>(digit);
    }
    if (code >= 0xD800 && code < 0xE000) return false;  // names in lists need no surrogates
    if (code < 0x80) {
      out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
      out += {static_cast<char>(0xC0U | code >> 6U), static_cast<char>(0x80U | (code & 0x3FU))};
    } else {
      out += {static_cast<char>(0xE0U | code >> 12U),
              static_cast<char>(0x80U | (code >> 6U & 0x3FU)),
              static_cast<char>(0x80U | (code & 0x3FU))};
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<TextRow> rows_;
};

}  // namespace

std::optional<std::string> to_utf8(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  if (is_utf8(bytes)) return std::string(bytes);
  const iconv_t converter = iconv_open("UTF-8", "CP949");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out(bytes.size() * 2 + 16, '\0');  // two bytes of a syllable become three
  std::string in(bytes);
  char* from = in.data();
  char* to = out.data();
  std::size_t from_left = in.size();
  std::size_t to_left = out.size();
  const std::size_t failed = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  if (failed == static_cast<std::size_t>(-1)) return std::nullopt;
  out.resize(out.size() - to_left);
  return out;
}

std::vector<TextRow> csv_rows(std::string_view text) { return CsvReader(text).rows(); }

std::vector<TextRow> json_rows(std::string_view text) { return JsonReader(text).rows(); }

}  // namespace wiremill::catalog
