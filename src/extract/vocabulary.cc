#include "extract/vocabulary.h"

#include <algorithm>
#include <array>

#include "extract/beside.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

/// Particles and endings that follow a noun, longest first where one begins another. This is how
/// the language glues words, the same for every noun, and the matcher needs it before it has any
/// class of words; so it stands here and not in the lexicon.
constexpr std::array<std::string_view, 62> kParticles{
    "으로부터", "에게서", "에서는", "에서도", "으로는", "으로도", "이라는", "이라고", "이지만",
    "이었다",   "에서",   "에게",   "에는",   "에도",   "에만",   "으로",   "로부터", "로는",
    "부터",     "까지",   "보다",   "처럼",   "마저",   "조차",   "이나",   "이며",   "이고",
    "이다",     "인데",   "라는",   "라고",   "지만",   "와의",   "과의",   "와는",   "과는",
    "만이",     "만의",   "들이",   "들은",   "들의",   "들을",   "측은",   "측이",   "측",
    "등이",     "등은",   "등의",   "등",     "은",     "는",     "이",     "가",     "을",
    "를",       "의",     "에",     "와",     "과",     "도",     "로",     "만"};

/// Their first syllables: most words end in none of them.
constexpr std::u32string_view kParticleStarts =
    U"으에이로부까보처마조인라지와과만들측등은는가을를의도";

/// What Korean glues behind a company's name besides particles: whose, where from, for whom.
constexpr std::array<std::string_view, 42> kBehindCompanies{
    "발",   "향",   "표",     "식",     "측",     "계",     "주",     "뿐",     "제",   "산",  "용",
    "랑",   "엔",   "론",     "에겐",   "에선",   "에다",   "만큼",   "밖에",   "대로", "하고",
    "께서", "라며", "로서",   "로써",   "입니다", "였다",   "였던",   "이던",   "여서", "이란", "란",
    "주가", "주식", "관련주", "수혜주", "그룹주", "테마주", "납품",   "야말로", "씩",  "까진"};

bool hangul_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  return text::is_hangul(text::next_code_point(text, at));
}

bool hangul_before(std::string_view text, std::size_t at) {
  return at >= 3 && hangul_at(text, at - 3) &&
         (static_cast<unsigned char>(text[at - 3]) & 0xC0U) != 0x80;
}

bool has_lower(std::string_view word) {
  return std::any_of(word.begin(), word.end(), text::is_lower);
}

bool is_ascii_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(), text::is_word);
}

/// Where a Korean name changes between Latin and Hangul, or has a space, it is written with the
/// space and without: "SK하이닉스", "SK 하이닉스".
std::vector<std::string> spaced_forms(const std::string& name) {
  std::vector<std::string> forms{name};
  const bool korean = std::any_of(name.begin(), name.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0xEA; });
  if (!korean) return forms;
  std::string joined;
  for (const char c : name) {
    if (c != ' ') joined.push_back(c);
  }
  if (joined != name) forms.push_back(joined);
  std::string spaced;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const bool hangul_begins = hangul_at(joined, i);
    const bool change = i > 1 && ((text::is_word(joined[i - 1]) && hangul_begins) ||
                                  (hangul_before(joined, i) && text::is_upper(joined[i])));
    if (change) spaced.push_back(' ');
    spaced.push_back(joined[i]);
  }
  if (spaced != joined && spaced != name) forms.push_back(spaced);
  return forms;
}

}  // namespace

std::size_t particles_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  std::size_t behind = at;
  if (kParticleStarts.find(text::next_code_point(text, behind)) == std::u32string_view::npos) {
    return 0;
  }
  for (const std::string_view particle : kParticles) {
    if (text.substr(at).starts_with(particle)) return particle.size();
  }
  return 0;
}

bool ends_word(std::string_view text, std::size_t at) {
  constexpr int kParticlesMax = 3;
  for (int i = 0; i <= kParticlesMax; ++i) {
    if (!hangul_at(text, at)) return true;
    const std::size_t length = particles_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return false;
}

bool ends_company(std::string_view text, std::size_t at) {
  if (ends_word(text, at)) return true;
  return std::any_of(kBehindCompanies.begin(), kBehindCompanies.end(), [&](std::string_view part) {
    return text.substr(at).starts_with(part) && ends_word(text, at + part.size());
  });
}

Vocabulary::Vocabulary(const catalog::Catalogue& catalogue) {
  text::LiteralsBuilder builder;
  add_words(catalogue.reading, builder);
  add_money(catalogue.reading, builder);
  add_companies(catalogue, builder);
  add_names(catalogue, builder);
  literals_ = std::move(builder).build();
}

void Vocabulary::add(std::string_view written, Entry entry, text::LiteralsBuilder& builder) {
  entry.left_edge = entry.left_edge || written.starts_with('|');
  if (written.starts_with('|')) written.remove_prefix(1);
  entry.right_edge = entry.right_edge || written.ends_with('|');
  entry.any_ending = written.ends_with('*');
  if (written.ends_with('|') || written.ends_with('*')) written.remove_suffix(1);
  const text::NormalText normal = text::normalise(written);
  if (normal.text.empty()) return;
  if (entry.exact_case) entry.written = normal.text;
  const std::uint32_t id = builder.add(normal.lower);
  if (id >= entries_.size()) entries_.resize(id + 1);
  entries_[id].push_back(std::move(entry));
}

void Vocabulary::add_words(const catalog::Reading& reading, text::LiteralsBuilder& builder) {
  for (const catalog::WordClass& words : reading.words) {
    if (is_beside(words.id)) continue;
    const auto next = static_cast<ClassId>(classes_.size());
    const ClassId id = classes_.emplace(words.id, next).first->second;
    for (const std::string& word : words.words) {
      for (const std::string& form : catalog::expand_forms(word)) {
        add(form, {Term::kWord, id}, builder);
      }
    }
  }
  for (std::uint32_t i = 0; i < reading.lexicon.size(); ++i) {
    add(reading.lexicon[i].phrase, {Term::kLexicon, i}, builder);
  }
}

void Vocabulary::add_money(const catalog::Reading& reading, text::LiteralsBuilder& builder) {
  for (std::uint32_t i = 0; i < reading.currencies.size(); ++i) {
    const catalog::Currency& currency = reading.currencies[i];
    for (const auto& word : currency.before) add(word, {Term::kMoneyBefore, i}, builder);
    for (const auto& word : currency.after) add(word, {Term::kMoneyAfter, i}, builder);
    for (const auto& word : currency.one_in_a_hundred) add(word, {Term::kCents, i}, builder);
    for (const auto& word : currency.with_magnitude) add(word, {Term::kMoneyLarge, i}, builder);
    for (const auto& word : currency.doubtful) add(word, {Term::kMoneyDoubtful, i}, builder);
    add_code(currency, i, builder);
  }
  for (std::uint32_t i = 0; i < reading.units.size(); ++i) {
    for (const auto& word : reading.units[i].words) add(word, {Term::kUnit, i}, builder);
  }
}

/// The code in capitals, and "EURm", "MEUR" for millions of it.
void Vocabulary::add_code(const catalog::Currency& currency, std::uint32_t index,
                          text::LiteralsBuilder& builder) {
  const auto add_exact = [&](const std::string& written, Term term) {
    Entry entry{term, index};
    entry.exact_case = true;
    add(written, std::move(entry), builder);
  };
  if (currency.code_in_text == "with_magnitude") add_exact(currency.code, Term::kMoneyLarge);
  if (currency.code_in_text != "always") return;
  add_exact(currency.code, Term::kMoneyBefore);
  add_exact(currency.code, Term::kMoneyAfter);
  add_exact("M" + currency.code, Term::kMoneyMillions);
  add_exact(currency.code + "m", Term::kMoneyMillions);
}

void Vocabulary::add_company(const catalog::Company& company, std::uint32_t index,
                             text::LiteralsBuilder& builder) {
  const auto add_name = [&](const std::string& name, Term term) {
    Entry entry{term, index, true, true};
    // Short names in capitals (MS, ABB, ARM) are names only in capitals; a plain word (Meta,
    // Oracle) is a name only with a capital.
    entry.exact_case = !has_lower(name) && is_ascii_word(name) && name.size() <= 4;
    entry.any_capitals = entry.exact_case && name.size() > 2;
    entry.capital = !name.empty() && text::is_upper(name.front());
    entry.company = true;
    for (const std::string& form : spaced_forms(name)) add(form, entry, builder);
  };
  for (const std::string& alias : company.aliases) add_name(alias, Term::kCompany);
  for (const std::string& name : company.ambiguous) add_name(name, Term::kAmbiguous);
  const auto add_ticker = [&](const std::string& ticker) {
    if (ticker.empty()) return;
    auto& same = by_ticker_[ticker];
    if (!same.empty() && same.back() == index) return;
    same.push_back(index);
    Entry entry{Term::kTicker, index, true, true};
    entry.exact_case = true;
    add(ticker, std::move(entry), builder);
  };
  add_ticker(company.ticker);
  for (const catalog::DatedName& dated : company.dated) {
    if (dated.is_ticker) add_ticker(dated.written);
  }
}

void Vocabulary::add_companies(const catalog::Catalogue& catalogue,
                               text::LiteralsBuilder& builder) {
  for (std::uint32_t i = 0; i < catalogue.companies.size(); ++i) {
    add_company(catalogue.companies[i], i, builder);
  }
  const ClassId exchange =
      classes_.emplace("company.exchange", static_cast<ClassId>(classes_.size())).first->second;
  for (std::uint32_t i = 0; i < catalogue.exchanges.size(); ++i) {
    for (const std::string& name : catalogue.exchanges[i].names) {
      Entry entry{Term::kExchange, i};
      entry.exact_case = is_ascii_word(name) && !has_lower(name);
      add(name, entry, builder);
      add(name, {Term::kWord, exchange}, builder);
    }
  }
}

void Vocabulary::add_names(const catalog::Catalogue& catalogue, text::LiteralsBuilder& builder) {
  for (std::uint32_t i = 0; i < catalogue.groups.size(); ++i) {
    for (const auto& alias : catalogue.groups[i].aliases) add(alias, {Term::kGroup, i}, builder);
  }
  const catalog::Reading& reading = catalogue.reading;
  for (std::uint32_t i = 0; i < reading.instruments.size(); ++i) {
    for (const auto& alias : reading.instruments[i].aliases) {
      add(alias, {Term::kInstrument, i}, builder);
    }
  }
  for (std::uint32_t i = 0; i < reading.publishers.size(); ++i) {
    for (const auto& name : reading.publishers[i].quoted) add(name, {Term::kOutlet, i}, builder);
  }
}

bool Vocabulary::stands(const Entry& entry, const text::NormalText& normal,
                        const text::Match& match) const {
  const std::string_view text = normal.text;
  if (entry.left_edge && hangul_before(text, match.begin) && hangul_at(text, match.begin)) {
    return false;
  }
  const bool symbol = entry.company || entry.term == Term::kTicker;
  if (symbol && match.begin > 0 && text::is_word(text[match.begin]) &&
      text::is_word(text[match.begin - 1])) {
    return false;  // "1MDB" is not MDB
  }
  const bool latin_end = text::is_word(text[match.end - 1]);
  if (latin_end && !entry.any_ending && match.end < text.size()) {
    const char next = text[match.end];
    const bool before = entry.term == Term::kMoneyBefore || entry.term == Term::kMoneyLarge ||
                        entry.term == Term::kMoneyMillions;
    const bool amount = before && text::is_digit(next);  // "EUR50m"
    // "ACCs profit": an apostrophe that a headline leaves out.
    const bool genitive = entry.company && next == 's' && match.end - match.begin > 2 &&
                          (match.end + 1 == text.size() || !text::is_word(text[match.end + 1]));
    if (text::is_word(next) && !amount && !genitive) return false;
  }
  if (entry.company ? !ends_company(text, match.end)
                    : entry.right_edge && !ends_word(text, match.end)) {
    return false;
  }
  const std::string_view found = text.substr(match.begin, match.end - match.begin);
  if (entry.exact_case && found == entry.written) return true;
  if (entry.exact_case) return entry.any_capitals && text::is_upper(found.front());
  return !entry.capital || !text::is_lower(found.front());
}

std::vector<Hit> Vocabulary::hits(const text::NormalText& normal, std::int64_t& steps) const {
  std::vector<Hit> hits;
  steps += literals_.find(normal.lower, [&](const text::Match& match) {
    for (const Entry& entry : entries_[match.id]) {
      if (!stands(entry, normal, match)) continue;
      hits.push_back({static_cast<std::uint32_t>(match.begin),
                      static_cast<std::uint32_t>(match.end), entry.term, entry.index});
    }
  });
  // They come by place, the shorter first; wanted are the longer first.
  for (auto at = hits.begin(); at != hits.end();) {
    const auto next = std::find_if(at, hits.end(), [&](const Hit& hit) {
      return hit.begin != at->begin;
    });
    if (next - at > 1) {
      std::stable_sort(at, next, [](const Hit& a, const Hit& b) { return a.end > b.end; });
    }
    at = next;
  }
  return hits;
}

ClassId Vocabulary::class_of(std::string_view id) const {
  const auto found = classes_.find(id);
  return found == classes_.end() ? kNoClass : found->second;
}

std::span<const std::uint32_t> Vocabulary::companies_of(std::string_view ticker) const {
  const auto found = by_ticker_.find(ticker);
  if (found == by_ticker_.end()) return {};
  return found->second;
}

std::vector<std::pair<ClassId, std::string>> Vocabulary::classes_under(
    std::string_view prefix) const {
  std::vector<std::pair<ClassId, std::string>> found;
  for (auto at = classes_.lower_bound(prefix); at != classes_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    found.emplace_back(at->second, at->first.substr(prefix.size()));
  }
  return found;
}

}  // namespace wiremill::extract
