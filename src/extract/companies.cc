#include "extract/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "extract/company_listing.h"
#include "extract/issuer.h"
#include "extract/listings.h"
#include "extract/name_cues.h"
#include "extract/short_names.h"
#include "extract/unknown_listings.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using catalog::Company;
using model::MentionBy;

constexpr std::size_t kBareTickerMin = 3;
constexpr std::size_t kShortCapitals = 4;
constexpr std::size_t kCodeLength = 6;

using CompanySet = std::set<std::uint32_t>;

bool is_plain(const Lexis& lexis, std::string_view name) {
  const auto& words = lexis.catalogue.name_words;
  return is_among(words.plain, name) || is_among(words.groups, name);
}

/// Adds the companies that a field calls by a name that is no other word.
void add_named(const FieldText& field, const Lexis& lexis, CompanySet& named) {
  for (const Hit& hit : field.hits) {
    if (hit.term != Term::kCompany) continue;
    if (!is_plain(lexis, field.cut({hit.begin, hit.end}))) named.insert(hit.index);
  }
}

/// One field: hits to placed mentions.
class FieldReader {
 public:
  FieldReader(const FieldText& field, const Lexis& lexis, base::Instant at,
              const CompanySet& named, Companies& out, Work& work)
      : field_(field), lexis_(lexis), at_(at), named_(named), out_(out), work_(work),
        cues_(field, lexis), capitals_(mostly_capitals(field.text())) {}

  std::vector<PlacedCompany> sure() {
    std::size_t covered = 0;
    const std::span<const Hit> hits(field_.hits);
    for (std::size_t i = 0; i < hits.size();) {
      std::size_t next = i + 1;
      while (next < hits.size() && hits[next].begin == hits[i].begin &&
             hits[next].end == hits[i].end) {
        ++next;
      }
      if (hits[i].begin >= covered) covered = take(hits.subspan(i, next - i), covered);
      i = next;
    }
    return std::move(placed_);
  }

  std::vector<OpenName> open_names() { return std::move(open_); }

 private:
  static bool mostly_capitals(std::string_view text) {
    const auto upper = std::count_if(text.begin(), text.end(), text::is_upper);
    const auto lower = std::count_if(text.begin(), text.end(), text::is_lower);
    return upper > 12 && upper > 3 * lower &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0xEA; });
  }

  const Company& company(std::uint32_t index) const { return lexis_.catalogue.companies[index]; }

  bool is_valid(const Hit& hit) const {
    return company(hit.index).holds(field_.cut({hit.begin, hit.end}), at_);
  }

  /// All hits of one span; where the next may begin.
  std::size_t take(std::span<const Hit> same, std::size_t covered) {
    const std::size_t end = same.front().end;
    bool names = false;
    for (const Hit& hit : same) names = names || hit.term == Term::kCompany;
    if (names) {
      const ByteRange span{same.front().begin, end};
      if (cues_.is_other(span) || cues_.is_person(span)) {
        refuse(field_.cut(span), "a person, or something that is called after a company");
        return end;
      }
      if (const Hit* const chosen = choose(same)) {
        if (is_guarded(*chosen) || is_listing_of_another(*chosen)) return end;
        if (take_name(*chosen)) return end;
      } else if (open(same, Term::kCompany)) {
        return end;
      }
    } else if (open(same, Term::kAmbiguous)) {
      return end;
    }
    for (const Hit& hit : same) {
      if (hit.term == Term::kGroup) return end;  // "현대차그룹" is not 현대차
      if (hit.term == Term::kTicker && take_ticker(hit)) return end;
    }
    return covered;
  }

  /// Whom the name means. Of several the list's come first, then the one whose name it is in
  /// full; nullptr when that leaves more than one.
  const Hit* choose(std::span<const Hit> same) const {
    const std::string_view written = field_.cut({same.front().begin, same.front().end});
    const Hit* best = nullptr;
    int best_rank = -1;
    bool tie = false;
    for (const Hit& hit : same) {
      if (hit.term != Term::kCompany || !is_valid(hit)) continue;
      const int rank = rank_of(company(hit.index), written);
      if (rank > best_rank) {
        best = &hit;
        best_rank = rank;
        tie = false;
      } else if (rank == best_rank) {
        tie = tie || best->index != hit.index;
      }
    }
    if (best == nullptr) return &same.front();  // of another time: it is refused below
    return tie ? nullptr : best;
  }

  static int rank_of(const Company& one, std::string_view written) {
    const auto& listed = one.listed_names;
    const bool from_list = one.is_imported || std::any_of(listed.begin(), listed.end(),
        [&](const std::string& name) { return name == written; });
    const bool own = one.name == written || one.name_ko == written || one.ticker == written;
    return (from_list ? 2 : 0) + (own ? 1 : 0);
  }

  bool take_name(const Hit& hit) {
    if (!is_valid(hit)) return false;
    const ByteRange span{hit.begin, hit.end};
    if (!stands_for_company(hit, span)) return false;
    const std::string_view written = field_.cut(span);
    MentionBy by = MentionBy::kAlias;
    if (hit.begin > 0 && field_.text()[hit.begin - 1] == '$') by = MentionBy::kCashtag;
    if (by == MentionBy::kAlias && written == company(hit.index).ticker) {
      by = MentionBy::kTicker;
      if (has_exchange(hit)) by = MentionBy::kExchangePrefix;
    }
    placed_.push_back({span, hit.index, by});
    return true;
  }

  bool stands_for_company(const Hit& hit, const ByteRange& span) {
    const std::string_view written = field_.cut(span);
    const auto& words = lexis_.catalogue.name_words;
    const bool genitive = text::is_word(written.back()) && hit.end < field_.text().size() &&
                          field_.text()[hit.end] == 's';
    if (genitive && is_among(words.plurals, written)) return refuse(written, "a plural");
    const bool group = is_among(words.groups, written);
    const bool plain = group || (is_among(words.plain, written) && !is_asked_for(hit, written)) ||
                       (is_among(words.common, written) && !is_own_form(hit, written));
    if (!plain || cues_.says_company(span, group)) return true;
    if (!group && named_.contains(hit.index)) return true;
    return refuse(written, "a word, without a second cue");
  }

  /// The name stands as the catalogue writes it: not "Idea" for IDEA.
  bool is_own_form(const Hit& hit, std::string_view written) const {
    if (written.size() > kShortCapitals || !std::all_of(written.begin(), written.end(),
                                                        text::is_word)) {
      return true;
    }
    const auto& names = company(hit.index).aliases;
    return !capitals_ && std::find(names.begin(), names.end(), written) != names.end();
  }

  /// A list asks for this very word: its name, or a name that it writes in lower case.
  bool is_asked_for(const Hit& hit, std::string_view written) const {
    const Company& one = company(hit.index);
    if (!one.is_imported || !text::is_letter(written.front())) return false;
    const auto& names = one.aliases;
    return one.name == written ||
           std::find(names.begin(), names.end(), base::lower_ascii(written)) != names.end();
  }

  bool refuse(std::string_view written, std::string_view why) {
    out_.notes.push_back(fmt::format("name {} not taken: {}", written, why));
    return false;
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

  bool open(std::span<const Hit> same, Term term) {
    OpenName open{same.front(), {}};
    for (const Hit& hit : same) {
      if (hit.term == term && is_valid(hit)) open.candidates.push_back(hit.index);
    }
    const ByteRange span{open.hit.begin, open.hit.end};
    if (open.candidates.empty() || cues_.is_other(span) || cues_.is_person(span)) return false;
    open.says_company =
        cues_.says_company(span, is_among(lexis_.catalogue.name_words.groups, field_.cut(span)));
    open_.push_back(std::move(open));
    return true;
  }

  /// "(NASDAQ: NVDA)", "NYSE:ABC, XYZ", "AMZN.O"; another market's symbol is another company's.
  bool has_exchange(const Hit& hit) const {
    auto exchange = exchange_before(field_, hit.begin);
    if (!exchange) exchange = exchange_behind(field_, lexis_, hit.end);
    if (exchange) {
      const std::string& own = company(hit.index).exchange;
      return own.empty() || same_market(lexis_.catalogue, own, *exchange);
    }
    const std::string_view text = field_.text();
    if (hit.begin < 2 || text[hit.begin - 1] != ' ' || text[hit.begin - 2] != ',') return false;
    if (placed_.empty()) return false;
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
    if (last.span.end >= hit.begin) return nullptr;
    return hit.begin - 1 - last.span.end <= 1 ? &last : nullptr;
  }

  /// "Nvidia (NASDAQ: AMD)": a ticker of somebody else, which contradicts the name in front.
  bool is_listing_of_another(const Hit& hit) const {
    if (placed_.empty() || placed_.back().company == hit.index) return false;
    const std::size_t behind = placed_.back().span.end;
    if (behind >= hit.begin) return false;
    const std::size_t bracket = behind + (field_.text()[behind] == ' ' ? 1 : 0);
    const bool ticker = field_.cut({hit.begin, hit.end}) == company(hit.index).ticker;
    const auto listings = listings_in_bracket(field_, lexis_, bracket);
    return ticker && std::any_of(listings.begin(), listings.end(), [&](const Listing& one) {
             return one.span.begin == hit.begin;
           });
  }

  bool take_ticker(const Hit& hit) {
    if (!is_valid(hit)) return false;
    const std::string_view text = field_.text();
    const std::string_view written = field_.cut({hit.begin, hit.end});
    const bool code = text::is_digit(written.front());
    if (const PlacedCompany* const name = name_before_bracket(hit)) {
      if (name->company != hit.index) return false;  // the name wins
      return place(hit, code ? MentionBy::kCode : MentionBy::kTicker);
    }
    if (hit.begin > 0 && text[hit.begin - 1] == '$' && !code) {
      return place(hit, MentionBy::kCashtag);
    }
    if (has_exchange(hit)) {
      const bool prefix = exchange_before(field_, hit.begin) || !code;
      return place(hit, prefix ? MentionBy::kExchangePrefix : MentionBy::kCode);
    }
    const bool elsewhere =
        exchange_before(field_, hit.begin) || exchange_behind(field_, lexis_, hit.end);
    if (elsewhere) return false;
    if (code) {
      return written.size() == kCodeLength && in_brackets(hit) && place(hit, MentionBy::kCode);
    }
    if (may_stand_alone(hit, written)) return place(hit, MentionBy::kTicker);
    ++work_.suppressed_tickers;
    out_.notes.push_back(fmt::format("ticker {} not taken: a common or short word without a "
                                     "second cue", written));
    return false;
  }

  bool place(const Hit& hit, MentionBy by) {
    placed_.push_back({{hit.begin, hit.end}, hit.index, by});
    return true;
  }

  bool may_stand_alone(const Hit& hit, std::string_view written) const {
    const Company& one = company(hit.index);
    if (one.ticker_is_word || is_among(lexis_.catalogue.name_words.common, written)) return false;
    if (named_.contains(hit.index)) return written.size() > 1;
    return !one.is_imported && written.size() >= kBareTickerMin && !capitals_;
  }

  const FieldText& field_;
  const Lexis& lexis_;
  base::Instant at_;
  const CompanySet& named_;  ///< companies whose name stands somewhere in the event
  Companies& out_;
  Work& work_;
  NameCues cues_;
  bool capitals_;
  std::vector<PlacedCompany> placed_;
  std::vector<OpenName> open_;
};

}  // namespace

Companies find_companies(const Document& document, const model::Event& event, const Lexis& lexis,
                         const Options& options, Work& work) {
  Companies out;
  CompanySet named;
  add_named(document.headline, lexis, named);
  add_named(document.body, lexis, named);
  FieldReader headline(document.headline, lexis, event.published_at, named, out, work);
  FieldReader body(document.body, lexis, event.published_at, named, out, work);
  out.headline = headline.sure();
  out.body = body.sure();
  const auto settle = [&](const FieldText& field, const std::vector<OpenName>& open,
                          const std::vector<PlacedCompany>& other,
                          std::vector<PlacedCompany>& placed) {
    const std::size_t left = settle_names(field, lexis, open, other, placed);
    if (left == 0) return;
    out.ambiguous = true;
    out.notes.push_back(fmt::format("{} short names such as \"{}\" stay without a company: no "
                                    "context", left,
                                    field.cut({open.front().hit.begin, open.front().hit.end})));
  };
  settle(document.headline, headline.open_names(), out.body, out.headline);
  settle(document.body, body.open_names(), out.headline, out.body);
  out.unknown_in_headline = unknown_listings(document.headline, lexis, out.headline);
  out.unknown_in_body = unknown_listings(document.body, lexis, out.body);
  out.issuer = issuer_of(event, lexis);
  out.listed = list_companies(document, out, event, lexis, options);
  return out;
}

}  // namespace wiremill::extract
