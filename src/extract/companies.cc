#include "extract/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "extract/brackets_after_name.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using catalog::Company;
using model::MentionBy;

constexpr std::size_t kListGapBytes = 8;
constexpr std::size_t kBareTickerMin = 3;

/// Relevance: what a headline, an early place and repetition are worth.
constexpr double kInHeadline = 0.85;
constexpr double kInBodyFirst = 0.65;
constexpr double kLatePenalty = 0.45;
constexpr double kEachMore = 0.06;
constexpr int kMoreMax = 5;
constexpr double kSymbolOnly = 0.6;

struct Open {
  Hit hit;
  std::vector<std::uint32_t> candidates;
};

/// One field: hits to placed mentions.
class FieldReader {
 public:
  FieldReader(const FieldText& field, const Lexis& lexis, base::Instant at, Companies& out,
              Work& work)
      : field_(field), lexis_(lexis), at_(at), out_(out), work_(work),
        capitals_(mostly_capitals(field.text())),
        common_(lexis.vocabulary.class_of("company.common_word")) {}

  std::vector<PlacedCompany> sure() {
    std::size_t covered = 0;
    const std::span<const Hit> hits(field_.hits);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const Hit& hit = hits[i];
      if (hit.begin < covered) continue;
      if (hit.term == Term::kCompany && take_name(hit)) {
        covered = hit.end;
      } else if (hit.term == Term::kAmbiguous && !has_name_at(hits, i)) {
        open(hit);
        covered = hit.end;
      } else if (hit.term == Term::kTicker && take_ticker(hit)) {
        covered = hit.end;
      }
    }
    return std::move(placed_);
  }

  std::vector<Open> open_names() { return std::move(open_); }

 private:
  static bool mostly_capitals(std::string_view text) {
    const auto upper = std::count_if(text.begin(), text.end(), text::is_upper);
    const auto lower = std::count_if(text.begin(), text.end(), text::is_lower);
    return upper > 12 && upper > 3 * lower &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0xEA; });
  }

  const Company& company(std::uint32_t index) const { return lexis_.catalogue.companies[index]; }

  bool is_valid(std::uint32_t index) const {
    const Company& one = company(index);
    return (!one.valid_from || at_ >= *one.valid_from) && (!one.valid_to || at_ < *one.valid_to);
  }

  /// The same place holds an unambiguous name too.
  static bool has_name_at(std::span<const Hit> hits, std::size_t i) {
    for (std::size_t j = i; j < hits.size() && hits[j].begin == hits[i].begin; ++j) {
      if (hits[j].term == Term::kCompany && hits[j].end == hits[i].end) return true;
    }
    return false;
  }

  bool take_name(const Hit& hit) {
    if (!is_valid(hit.index) || is_guarded(hit)) return false;
    MentionBy by = MentionBy::kAlias;
    if (hit.begin > 0 && field_.text()[hit.begin - 1] == '$') by = MentionBy::kCashtag;
    if (by == MentionBy::kAlias && field_.cut({hit.begin, hit.end}) == company(hit.index).ticker) {
      by = MentionBy::kTicker;
      if (has_exchange(hit)) by = MentionBy::kExchangePrefix;
    }
    placed_.push_back({{hit.begin, hit.end}, hit.index, by});
    return true;
  }

  /// "비자 발급": the word beside the name says that it is none.
  bool is_guarded(const Hit& hit) const {
    const std::string_view found = field_.cut({hit.begin, hit.end});
    std::string_view behind = field_.text().substr(hit.end);
    std::string_view before = field_.text().substr(0, hit.begin);
    behind.remove_prefix(behind.starts_with(' ') ? 1 : 0);
    before.remove_suffix(before.ends_with(' ') ? 1 : 0);
    for (const catalog::Guard& guard : lexis_.catalogue.reading.guards) {
      if (guard.alias != found) continue;
      for (const auto& word : guard.after) {
        if (behind.starts_with(word)) return true;
      }
      for (const auto& word : guard.before) {
        if (before.ends_with(word)) return true;
      }
    }
    return false;
  }

  void open(const Hit& hit) {
    Open open{hit, {}};
    for (const Hit& other : field_.hits_at(hit.begin)) {
      const bool same = other.term == Term::kAmbiguous && other.end == hit.end;
      if (same && is_valid(other.index)) open.candidates.push_back(other.index);
    }
    open_.push_back(std::move(open));
  }

  /// "(NASDAQ: NVDA)", "NYSE:ABC, XYZ".
  bool has_exchange(const Hit& hit) const {
    std::size_t at = hit.begin;
    const std::string_view text = field_.text();
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == ':' || text[at - 1] == '[')) --at;
    if (at == hit.begin) return false;
    bool found = false;
    field_.hits_ending(at, [&](const Hit& other) {
      found = found || (other.term == Term::kWord && other.index == exchange_);
    });
    if (found) return true;
    if (at == 0 || text[at - 1] != ',' || placed_.empty()) return false;
    const PlacedCompany& last = placed_.back();
    return last.by == MentionBy::kExchangePrefix && hit.begin - last.span.end <= 2;
  }

  bool in_brackets(const Hit& hit) const {
    const std::string_view text = field_.text();
    return hit.begin > 0 && hit.end < text.size() && text[hit.begin - 1] == '(' &&
           (text[hit.end] == ')' || text[hit.end] == ',' || text[hit.end] == '.');
  }

  /// The bracket stands directly behind a name: "엔비디아(NVDA)".
  const PlacedCompany* name_before_bracket(const Hit& hit) const {
    if (placed_.empty() || !in_brackets(hit)) return nullptr;
    const PlacedCompany& last = placed_.back();
    const std::size_t gap = hit.begin - 1 - last.span.end;
    return gap <= 1 && last.span.end <= hit.begin ? &last : nullptr;
  }

  bool take_ticker(const Hit& hit) {
    if (!is_valid(hit.index)) return false;
    const std::string_view text = field_.text();
    const std::string_view written = field_.cut({hit.begin, hit.end});
    const bool code = text::is_digit(written.front());
    if (const PlacedCompany* const name = name_before_bracket(hit)) {
      if (name->company != hit.index) return false;  // the name wins
      placed_.push_back(
          {{hit.begin, hit.end}, hit.index, code ? MentionBy::kCode : MentionBy::kTicker});
      return true;
    }
    if (hit.begin > 0 && text[hit.begin - 1] == '$' && !code) {
      placed_.push_back({{hit.begin, hit.end}, hit.index, MentionBy::kCashtag});
      return true;
    }
    if (has_exchange(hit)) {
      placed_.push_back({{hit.begin, hit.end}, hit.index, MentionBy::kExchangePrefix});
      return true;
    }
    if (code) {
      const bool market = text.substr(hit.end).starts_with(".KS") ||
                          text.substr(hit.end).starts_with(".KQ");
      if (written.size() != 6 || !(in_brackets(hit) || market)) return false;
      placed_.push_back({{hit.begin, hit.end}, hit.index, MentionBy::kCode});
      return true;
    }
    if (!may_stand_alone(hit, written)) {
      ++work_.suppressed_tickers;
      out_.notes.push_back(fmt::format("ticker {} not taken: a common or short word without a "
                                       "second cue", written));
      return false;
    }
    placed_.push_back({{hit.begin, hit.end}, hit.index, MentionBy::kTicker});
    return true;
  }

  bool may_stand_alone(const Hit& hit, std::string_view written) const {
    const Company& one = company(hit.index);
    const bool named = std::any_of(field_.hits.begin(), field_.hits.end(), [&](const Hit& other) {
      return other.term == Term::kCompany && other.index == hit.index;
    });
    const bool common = one.ticker_is_word || field_.first(common_, {hit.begin, hit.begin + 1});
    if (common) return false;
    if (named) return written.size() > 1;
    return written.size() >= kBareTickerMin && !capitals_;
  }

  const FieldText& field_;
  const Lexis& lexis_;
  base::Instant at_;
  Companies& out_;
  Work& work_;
  bool capitals_;
  ClassId common_;
  ClassId exchange_ = lexis_.vocabulary.class_of("company.exchange");
  std::vector<PlacedCompany> placed_;
  std::vector<Open> open_;
};

/// Gives short names a company where the text decides.
class Settler {
 public:
  Settler(const FieldText& field, const Lexis& lexis, const std::vector<PlacedCompany>& other,
          std::vector<PlacedCompany>& placed)
      : field_(field), lexis_(lexis), other_(other), placed_(placed) {}

  bool settle(const Open& open) {
    const auto company = by_full_name(open);
    const auto chosen = company ? company : by_words(open);
    const auto last = chosen ? chosen : by_list(open);
    if (!last) return false;
    const PlacedCompany mention{{open.hit.begin, open.hit.end}, *last, MentionBy::kAlias};
    const auto at = std::upper_bound(placed_.begin(), placed_.end(), mention,
                                     [](const PlacedCompany& a, const PlacedCompany& b) {
                                       return a.span.begin < b.span.begin;
                                     });
    placed_.insert(at, mention);
    return true;
  }

 private:
  std::optional<std::uint32_t> by_full_name(const Open& open) const {
    std::optional<std::uint32_t> found;
    const std::vector<PlacedCompany>* const placed = &placed_;
    for (const auto* list : {placed, &other_}) {
      for (const PlacedCompany& one : *list) {
        const bool candidate = std::find(open.candidates.begin(), open.candidates.end(),
                                         one.company) != open.candidates.end();
        if (!candidate) continue;
        if (found && *found != one.company) return std::nullopt;
        found = one.company;
      }
    }
    return found;
  }

  std::optional<std::uint32_t> by_words(const Open& open) const {
    const std::string_view word = field_.cut({open.hit.begin, open.hit.end});
    std::optional<std::uint32_t> found;
    for (const catalog::Ambiguity& entry : lexis_.catalogue.reading.ambiguities) {
      if (entry.word != word || !stands_near(entry.near, open.hit)) continue;
      for (const std::uint32_t candidate : open.candidates) {
        if (lexis_.catalogue.companies[candidate].id != entry.company) continue;
        if (found && *found != candidate) return std::nullopt;
        found = candidate;
      }
    }
    return found;
  }

  bool stands_near(const std::vector<std::string>& words, const Hit& hit) const {
    constexpr std::size_t kReachBytes = 240;
    const std::size_t from = hit.begin > kReachBytes ? hit.begin - kReachBytes : 0;
    const std::string_view near = std::string_view(field_.normal.lower)
                                      .substr(from, hit.end + kReachBytes - from);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return near.find(text::lower_ascii(word)) != std::string_view::npos;
    });
  }

  /// "아마존·MS·구글": its neighbours in a list are of one sector with one candidate.
  std::optional<std::uint32_t> by_list(const Open& open) const {
    std::optional<std::uint32_t> found;
    for (const PlacedCompany& one : placed_) {
      if (!are_listed(one.span, {open.hit.begin, open.hit.end})) continue;
      for (const std::uint32_t candidate : open.candidates) {
        if (!share_sector(candidate, one.company)) continue;
        if (found && *found != candidate) return std::nullopt;
        found = candidate;
      }
    }
    return found;
  }

  bool are_listed(const ByteRange& a, const ByteRange& b) const {
    const ByteRange& first = a.begin < b.begin ? a : b;
    const ByteRange& second = a.begin < b.begin ? b : a;
    if (second.begin < first.end || second.begin - first.end > kListGapBytes) return false;
    const std::string_view gap = field_.cut({first.end, second.begin});
    for (const std::string_view mark : {"·", ",", "/", "&", "와 ", "과 ", " and "}) {
      if (gap.find(mark) != std::string_view::npos) return true;
    }
    return false;
  }

  bool share_sector(std::uint32_t a, std::uint32_t b) const {
    const auto& one = lexis_.catalogue.companies[a].sectors;
    const auto& two = lexis_.catalogue.companies[b].sectors;
    return std::any_of(one.begin(), one.end(), [&](const std::string& sector) {
      return std::find(two.begin(), two.end(), sector) != two.end();
    });
  }

  const FieldText& field_;
  const Lexis& lexis_;
  const std::vector<PlacedCompany>& other_;
  std::vector<PlacedCompany>& placed_;
};

/// Puts the mentions of both fields together, one entry a company.
class Listing {
 public:
  Listing(const Document& document, const Lexis& lexis, const Options& options)
      : document_(document), lexis_(lexis), options_(options) {}

  void add(const FieldText& field, const std::vector<PlacedCompany>& placed) {
    for (const PlacedCompany& one : placed) {
      model::CompanyInText& company = entry(one.company);
      if (company.mentions.size() < options_.mentions_max) {
        company.mentions.push_back({field.span(one.span), one.by});
      }
      Count& count = counts_[one.company];
      ++count.all;
      if (field.field == model::Field::kHeadline) ++count.headline;
      const double place = static_cast<double>(one.span.begin) /
                           static_cast<double>(std::max<std::size_t>(1, field.text().size()));
      if (field.field == model::Field::kBody) count.first = std::min(count.first, place);
      for (std::string& flag : flags_behind_name(field, lexis_, one)) {
        if (std::find(company.flags.begin(), company.flags.end(), flag) == company.flags.end()) {
          company.flags.push_back(std::move(flag));
        }
      }
    }
  }

  void add_symbols(const std::vector<std::string>& symbols) {
    for (const std::string& symbol : symbols) {
      const auto index = company_of_symbol(symbol);
      if (!index) continue;
      model::CompanyInText& company = entry(*index);
      company.mentions.push_back({{model::Field::kHeadline, 0, 0, ""}, MentionBy::kSymbolField});
      counts_[*index].symbol = true;
    }
  }

  std::vector<model::CompanyInText> finish() {
    std::vector<model::CompanyInText> all;
    for (auto& [index, company] : entries_) {
      company.relevance = relevance(counts_[index]);
      all.push_back(std::move(company));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.relevance != b.relevance ? a.relevance > b.relevance : a.id < b.id;
    });
    if (all.size() > options_.companies_max) all.resize(options_.companies_max);
    return all;
  }

 private:
  struct Count {
    int all = 0;
    int headline = 0;
    double first = 1;
    bool symbol = false;
  };

  double relevance(const Count& count) const {
    if (count.all == 0) return kSymbolOnly;
    const bool no_headline = document_.headline.text().empty();
    double value = kInBodyFirst - kLatePenalty * count.first;
    if (count.headline > 0) value = kInHeadline;
    if (no_headline && count.first < 0.05) value = kInHeadline;
    value += kEachMore * std::min(count.all - 1, kMoreMax);
    if (count.symbol) value = std::max(value, kSymbolOnly);
    return static_cast<double>(static_cast<std::int64_t>(std::min(value, 1.0) * 10000 + 0.5)) /
           10000;
  }

  model::CompanyInText& entry(std::uint32_t index) {
    const auto [at, added] = entries_.try_emplace(index);
    if (added) {
      const Company& company = lexis_.catalogue.companies[index];
      at->second.id = company.id;
      at->second.ticker = company.ticker;
      at->second.exchange = company.exchange;
    }
    return at->second;
  }

  std::optional<std::uint32_t> company_of_symbol(std::string symbol) const {
    if (const auto colon = symbol.find(':'); colon != std::string::npos) {
      symbol.erase(0, symbol.find_first_not_of(' ', colon + 1));
    }
    if (symbol.size() == 9 && symbol[6] == '.') symbol.resize(6);
    if (symbol.starts_with('$')) symbol.erase(0, 1);
    const auto& companies = lexis_.catalogue.companies;
    const auto found = std::find_if(companies.begin(), companies.end(), [&](const Company& one) {
      return one.ticker == symbol || one.id == symbol;
    });
    if (found == companies.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - companies.begin());
  }

  const Document& document_;
  const Lexis& lexis_;
  const Options& options_;
  std::map<std::uint32_t, model::CompanyInText> entries_;
  std::map<std::uint32_t, Count> counts_;
};

}  // namespace

Companies find_companies(const Document& document, const model::Event& event, const Lexis& lexis,
                         const Options& options, Work& work) {
  Companies out;
  FieldReader headline(document.headline, lexis, event.published_at, out, work);
  FieldReader body(document.body, lexis, event.published_at, out, work);
  out.headline = headline.sure();
  out.body = body.sure();
  const auto settle = [&](const FieldText& field, const std::vector<Open>& open,
                          const std::vector<PlacedCompany>& other,
                          std::vector<PlacedCompany>& placed) {
    for (const Open& one : open) {
      if (Settler(field, lexis, other, placed).settle(one)) continue;
      out.ambiguous = true;
      out.notes.push_back(fmt::format("\"{}\" stays without a company: {} candidates, no context",
                                      field.cut({one.hit.begin, one.hit.end}),
                                      one.candidates.size()));
    }
  };
  settle(document.headline, headline.open_names(), out.body, out.headline);
  settle(document.body, body.open_names(), out.headline, out.body);
  Listing listing(document, lexis, options);
  listing.add(document.headline, out.headline);
  listing.add(document.body, out.body);
  listing.add_symbols(event.symbols);
  out.listed = listing.finish();
  return out;
}

}  // namespace wiremill::extract
