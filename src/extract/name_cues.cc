#include "extract/name_cues.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

/// What joins names to a list: marks of writing rather than words that a desk would argue with.
constexpr std::array<std::string_view, 9> kListMarks{"·", "ㆍ", "/", "와 ", "과 ", " and ", " & ",
                                                     ", ", ","};
constexpr std::size_t kCodeLength = 6;

bool is_hangul_before(std::string_view text, std::size_t at) {
  if (at < 3) return false;
  std::size_t from = at - 3;
  return text::is_hangul(text::next_code_point(text, from)) && from == at;
}

std::size_t skip_genitive(std::string_view text, std::size_t at) {
  for (const std::string_view mark : {"'s", "’s", "s", "'"}) {
    if (text.substr(at).starts_with(mark)) return at + mark.size();
  }
  return at;
}

bool is_capitalised(std::string_view word) {
  return word.size() > 1 && text::is_upper(word.front()) &&
         std::any_of(word.begin() + 1, word.end(), text::is_lower);
}

}  // namespace

bool is_among(const catalog::NameWords::Words& words, std::string_view name) {
  return words.contains(base::lower_ascii(name));
}

NameCues::NameCues(const FieldText& field, const Lexis& lexis)
    : field_(field),
      lexis_(lexis),
      behind_(lexis.vocabulary.class_of("company.cue_behind")),
      before_(lexis.vocabulary.class_of("company.cue_before")),
      other_(lexis.vocabulary.class_of("company.other_behind")),
      start_(behind_tags()) {}

bool NameCues::says_company(const ByteRange& span, bool group) const {
  if (has_listing_behind(span) || leads(span, group) || has_cue_before(span)) return true;
  return !group && (has_cue_behind(span) || has_neighbour(span));
}

/// "[특징주] 대상, …": the headline's subject, set apart by a comma or the like.
bool NameCues::leads(const ByteRange& span, bool group) const {
  if (field_.field != model::Field::kHeadline || span.begin != start_) return false;
  const std::string_view behind = field_.text().substr(span.end);
  if (behind.empty()) return true;
  for (const std::string_view mark : {",", ":", "…", "...", " -", "'s "}) {
    if (behind.starts_with(mark)) return true;
  }
  return !group && behind.starts_with("·");
}

bool NameCues::has_cue_behind(const ByteRange& span) const {
  const std::string_view text = field_.text();
  // "투자 대상 주식": behind another noun the word is a noun itself.
  if (is_hangul_before(text, span.end) && !begins_clause(span.begin)) return false;
  std::size_t at = skip_genitive(text, span.end);
  if (at == span.end) at += particles_length(text, at);
  if (at < text.size() && text[at] == ' ') ++at;
  return is_word_of(behind_, at);
}

bool NameCues::has_cue_before(const ByteRange& span) const {
  std::size_t end = span.begin;
  while (end > 0 && (field_.text()[end - 1] == ' ' || field_.text()[end - 1] == ']')) --end;
  bool found = false;
  field_.hits_ending(end, [&](const Hit& hit) {
    found = found || (hit.term == Term::kWord && hit.index == before_);
  });
  return found;
}

/// "대상(001680)", "Target (NYSE: TGT)".
bool NameCues::has_listing_behind(const ByteRange& span) const {
  const std::string_view text = field_.text();
  std::size_t at = span.end + (text.substr(span.end).starts_with(' ') ? 1 : 0);
  if (at >= text.size() || text[at] != '(') return false;
  ++at;
  const std::string_view inside = text.substr(at);
  const auto digits = std::find_if_not(inside.begin(), inside.end(), text::is_digit);
  if (digits - inside.begin() == kCodeLength) return true;
  const auto hits = field_.hits_at(at);
  return std::any_of(hits.begin(), hits.end(), [](const Hit& hit) {
    return hit.term == Term::kTicker || hit.term == Term::kExchange;
  });
}

bool NameCues::has_neighbour(const ByteRange& span) const {
  const std::string_view text = field_.text();
  const bool korean = is_hangul_before(text, span.end);
  for (const std::string_view mark : kListMarks) {
    // Korean headlines set a comma behind their subject: what follows is no neighbour of it.
    if (korean && mark.front() == ',') continue;
    if (text.substr(span.end).starts_with(mark)) {
      const auto hits = field_.hits_at(span.end + mark.size());
      if (std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return names_company(hit); }))
        return true;
    }
    if (!text.substr(0, span.begin).ends_with(mark)) continue;
    bool found = false;
    field_.hits_ending(span.begin - mark.size(), [&](const Hit& hit) {
      found = found || names_company(hit);
    });
    if (found) return true;
  }
  return false;
}

bool NameCues::names_company(const Hit& hit) const {
  if (hit.term != Term::kCompany) return false;
  const std::string_view name = field_.cut({hit.begin, hit.end});
  const auto& words = lexis_.catalogue.name_words;
  return !is_among(words.plain, name) && !is_among(words.groups, name);
}

bool NameCues::is_person(const ByteRange& span) const {
  const std::string_view name = field_.cut(span);
  if (!std::all_of(name.begin(), name.end(), text::is_letter)) return false;
  const auto& given = lexis_.catalogue.name_words.given;
  if (const auto before = word_before(span.begin); is_among(given, before)) return true;
  const std::string_view next = word_behind(span.end);
  if (!is_capitalised(next)) return false;
  const auto next_begin = static_cast<std::size_t>(next.data() - field_.text().data());
  const auto hits = field_.hits_at(next_begin);
  const bool company = std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
    return hit.term == Term::kCompany || (hit.term == Term::kWord && hit.index == behind_);
  });
  if (company) return false;
  if (is_among(given, name)) return true;
  // A speaker is named at the end, behind a colon or a verb of saying.
  const std::string_view rest = field_.text().substr(next_begin + next.size());
  if (!rest.empty() && !rest.starts_with(',')) return false;
  const std::string_view front = field_.text().substr(0, span.begin);
  return lexis_.beside.quoted_before.end(front);
}

bool NameCues::is_other(const ByteRange& span) const {
  const std::string_view text = field_.text();
  const std::string_view behind = text.substr(span.end);
  const bool code = behind.size() > 1 && behind[0] == '-' && text::is_digit(behind[1]);
  if (code && text::is_upper(text[span.end - 1])) return true;  // "BP-101"
  const std::size_t at = span.end + (text.substr(span.end).starts_with(' ') ? 1 : 0);
  return is_word_of(other_, at);
}

bool NameCues::is_word_of(ClassId words, std::size_t begin) const {
  return begin < field_.text().size() && field_.begins(words, begin);
}

/// Nothing but a mark or the edge of a word that is no Korean noun stands in front.
bool NameCues::begins_clause(std::size_t begin) const {
  const std::string_view text = field_.text();
  std::size_t at = begin;
  while (at > 0 && text[at - 1] == ' ') --at;
  return at == 0 || at == start_ || !is_hangul_before(text, at);
}

std::size_t NameCues::behind_tags() const {
  const std::string_view text = field_.text();
  std::size_t at = 0;
  for (;;) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '"' || text[at] == '\'')) ++at;
    if (at >= text.size() || (text[at] != '[' && text[at] != '<')) return at;
    const std::size_t close = text.find(text[at] == '[' ? ']' : '>', at);
    if (close == std::string_view::npos) return at;
    at = close + 1;
  }
}

std::string_view NameCues::word_before(std::size_t end) const {
  const std::string_view text = field_.text();
  if (end < 2 || text[end - 1] != ' ') return {};
  std::size_t begin = end - 1;
  while (begin > 0 && text::is_letter(text[begin - 1])) --begin;
  return text.substr(begin, end - 1 - begin);
}

std::string_view NameCues::word_behind(std::size_t begin) const {
  const std::string_view text = field_.text();
  if (begin + 1 >= text.size() || text[begin] != ' ') return {};
  std::size_t end = begin + 1;
  while (end < text.size() && text::is_letter(text[end])) ++end;
  return text.substr(begin + 1, end - begin - 1);
}

}  // namespace wiremill::extract
