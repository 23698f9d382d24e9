#include "text/layout.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr std::size_t kHeadingBytesMax = 200;
constexpr std::size_t kWrappedLineMin = 50;
/// Work on a sentence may be quadratic in its length, so its length has a bound.
constexpr std::size_t kSentenceBytesMax = 1600;

/// Words whose full stop does not end a sentence, in lower case and sorted.
constexpr std::array<std::string_view, 45> kAbbreviations{
    "a.m", "approx", "apr", "aug", "bros",  "co",  "corp", "cos", "dec", "dr",  "e.g",
    "est", "etc",    "feb", "fig", "gen",   "gov", "i.e",  "inc", "jan", "jr",  "jul",
    "jun", "llc",    "ltd", "mar", "messrs", "mr", "mrs",  "ms",  "no",  "nov", "nos",
    "oct", "p.m",    "plc", "rep", "rev",   "sen", "sep", "sept", "st", "u.k", "u.s", "vs"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

ByteRange trim(std::string_view text, ByteRange range) {
  while (range.begin < range.end && is_space(text[range.begin])) ++range.begin;
  while (range.end > range.begin && is_space(text[range.end - 1])) --range.end;
  return range;
}

std::string_view cut(std::string_view text, const ByteRange& range) {
  return text.substr(range.begin, range.end - range.begin);
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return text.ends_with(end); });
}

std::size_t bullet_length(std::string_view line) {
  const bool ascii = !line.empty() && static_cast<unsigned char>(line.front()) < 0x80;
  if (ascii && line.front() != '-' && line.front() != '*') return 0;
  for (const std::string_view mark : {"- ", "* ", "• ", "· ", "■ ", "□ ", "▶ ", "○ ", "● ", "◆ "}) {
    if (line.starts_with(mark)) return mark.size();
  }
  return 0;
}

/// "1) ", "2. ", "(3) " at the start of a line: its length, 0 for none.
std::size_t numbering_length(std::string_view line) {
  std::size_t i = line.starts_with('(') ? 1 : 0;
  const std::size_t digits = i;
  while (i < line.size() && is_digit(line[i])) ++i;
  if (i == digits || i > digits + 2 || i + 1 >= line.size()) return 0;
  if (line[i] != ')' && line[i] != '.') return 0;
  return line[i + 1] == ' ' ? i + 2 : 0;
}

bool is_heading(std::string_view line) {
  if (line.empty() || line.size() > kHeadingBytesMax) return false;
  if (line.starts_with('#')) return true;
  if (ends_with_any(line, {".", "!", ",", ";", "다", "\"", "'다"})) return false;
  if (bullet_length(line) > 0 || is_lower(line.front())) return false;
  return line.find(". ") == std::string_view::npos ||
         line.find(". ") < 3;
}

bool is_abbreviation(std::string_view text, std::size_t stop, std::size_t from) {
  std::size_t begin = stop;
  while (begin > from && (is_word(text[begin - 1]) || text[begin - 1] == '.')) --begin;
  const std::string word = base::lower_ascii(text.substr(begin, stop - begin));
  if (word.size() == 1 && is_letter(word[0])) return true;
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), word);
}

/// Where the sentence that holds the mark at `at` ends, when the mark ends one.
std::optional<std::size_t> sentence_end(std::string_view text, std::size_t at, ByteRange line) {
  std::size_t behind = at + 1;
  constexpr std::string_view kClosing = "\"')]";
  while (behind < line.end && kClosing.find(text[behind]) != std::string_view::npos) ++behind;
  if (behind < line.end && !is_space(text[behind])) return std::nullopt;
  if (text[at] != '.') return behind;
  if (at > line.begin && text[at - 1] == '.') return std::nullopt;
  std::size_t next = behind;
  while (next < line.end && is_space(text[next])) ++next;
  if (next < line.end && is_lower(text[next])) return std::nullopt;
  if (next < line.end && is_abbreviation(text, at, line.begin)) return std::nullopt;
  const std::string_view before = text.substr(line.begin, at - line.begin);
  const bool numbering = std::all_of(before.begin(), before.end(),
                                     [](char c) { return is_digit(c) || is_space(c); });
  if (numbering) return std::nullopt;
  return behind;
}

class Layout {
 public:
  Layout(std::string_view text, std::size_t sentences_max)
      : text_(text), sentences_max_(sentences_max) {}

  std::vector<Sentence> run() {
    for (std::size_t begin = 0; begin <= text_.size() && sentences_.size() < sentences_max_;) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      add_line(trim(text_, {begin, end}), end);
      begin = end + 1;
      ++line_;
    }
    flush();
    return std::move(sentences_);
  }

 private:
  void add_line(ByteRange line, std::size_t raw_end) {
    const std::string_view words = cut(text_, line);
    if (!words.starts_with('|')) header_.clear();
    if (words.empty()) return flush();
    if (words.starts_with('|') && words.find('|', 1) != std::string_view::npos) {
      flush();
      return add_row(line);
    }
    if (!open_.empty() && continues(words)) {
      open_.end = line.end;
      last_width_ = words.size();
      return;
    }
    flush();
    open_ = line;
    last_width_ = raw_end - line.begin;
    open_line_ = line_;
  }

  /// A wrapped paragraph: the line before was long, did not end a sentence, and this one goes on
  /// in lower case or with a digit.
  bool continues(std::string_view words) const {
    if (last_width_ < kWrappedLineMin) return false;
    if (ends_with_any(cut(text_, open_), {".", "!", "?", ":", "다"})) return false;
    return is_lower(words.front()) || (is_digit(words.front()) && numbering_length(words) == 0);
  }

  void flush() {
    if (open_.empty()) return;
    const ByteRange line = open_;
    open_ = {};
    std::string_view words = cut(text_, line);
    const std::size_t bullet = bullet_length(words);
    if (bullet == 0 && is_heading(words)) return add_heading(line);
    const LineKind kind = bullet > 0 ? LineKind::kBullet : LineKind::kProse;
    split({line.begin + bullet, line.end}, kind);
  }

  void add_heading(ByteRange line) {
    const bool numbered = numbering_length(cut(text_, line)) > 0;
    if (numbered) {
      sub_heading_ = line;
    } else {
      heading_ = line;
      sub_heading_ = {};
    }
    emit(line, LineKind::kHeading);
  }

  void add_row(ByteRange line) {
    std::vector<ByteRange> cells;
    for (std::size_t begin = line.begin + 1; begin < line.end;) {
      const std::size_t end = std::min(text_.find('|', begin), line.end);
      cells.push_back(trim(text_, {begin, end}));
      begin = end + 1;
    }
    const auto is_rule = [&](const ByteRange& cell) {
      return cut(text_, cell).find_first_not_of("-: ") == std::string_view::npos;
    };
    open_line_ = line_;
    if (std::all_of(cells.begin(), cells.end(), is_rule)) return;
    const bool first = header_.empty();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      column_ = first || i >= header_.size() ? ByteRange{} : header_[i];
      row_ = first ? ByteRange{} : cells[0];
      split(cells[i], first ? LineKind::kHeading : LineKind::kCell);
    }
    column_ = row_ = {};
    if (first) header_ = cells;
  }

  void split(ByteRange line, LineKind kind) {
    std::size_t begin = line.begin;
    for (std::size_t at = line.begin; at < line.end; ++at) {
      const char c = text_[at];
      if (c != '.' && c != '?' && c != '!') continue;
      const auto end = sentence_end(text_, at, {begin, line.end});
      if (!end) continue;
      emit(trim(text_, {begin, *end}), kind);
      begin = *end;
      at = *end - 1;
    }
    emit(trim(text_, {begin, line.end}), kind);
  }

  /// Pieces of at most kSentenceBytesMax, cut at a blank or at least between characters.
  void emit(ByteRange span, LineKind kind) {
    while (span.end - span.begin > kSentenceBytesMax) {
      std::size_t cut = span.begin + kSentenceBytesMax;
      const std::size_t half = span.begin + kSentenceBytesMax / 2;
      const std::size_t blank = text_.substr(half, cut - half + 1).rfind(' ');
      if (blank != std::string_view::npos && blank > 0) cut = half + blank;
      while ((static_cast<unsigned char>(text_[cut]) & 0xC0U) == 0x80) --cut;
      add({span.begin, cut}, kind);
      span.begin = cut;
    }
    add(trim(text_, span), kind);
  }

  void add(ByteRange span, LineKind kind) {
    if (span.empty()) return;
    sentences_.push_back({span, kind, open_line_, heading_, sub_heading_, column_, row_});
  }

  std::string_view text_;
  std::size_t sentences_max_;
  std::vector<Sentence> sentences_;
  std::vector<ByteRange> header_;
  ByteRange open_;
  ByteRange heading_;
  ByteRange sub_heading_;
  ByteRange column_;
  ByteRange row_;
  std::size_t line_ = 0;
  std::size_t open_line_ = 0;
  std::size_t last_width_ = 0;
};

}  // namespace

std::vector<Sentence> lay_out(std::string_view normal_text, std::size_t sentences_max) {
  return Layout(normal_text, sentences_max).run();
}

}  // namespace wiremill::text
