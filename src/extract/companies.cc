#include "extract/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "extract/company_listing.h"
#include "extract/short_names.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using catalog::Company;
using model::MentionBy;

constexpr std::size_t kBareTickerMin = 3;


/// One field: hits to placed mentions.
class FieldReader {
 public:
  FieldReader(const FieldText& field, const Lexis& lexis, base::Instant at, Companies& out,
              Work& work)
      : field_(field), lexis_(lexis), at_(at), out_(out), work_(work),
        capitals_(mostly_capitals(field.text())),
        common_(lexis.vocabulary.class_of("company.common_word")) {
    for (const Hit& hit : field.hits) {
      if (hit.term == Term::kCompany) named_.insert(hit.index);
    }
  }

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

  /// The same place holds an unambiguous name too.
  static bool has_name_at(std::span<const Hit> hits, std::size_t i) {
    for (std::size_t j = i; j < hits.size() && hits[j].begin == hits[i].begin; ++j) {
      if (hits[j].term == Term::kCompany && hits[j].end == hits[i].end) return true;
    }
    return false;
  }

  bool take_name(const Hit& hit) {
    if (!is_valid(hit) || is_guarded(hit)) return false;
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
    OpenName open{hit, {}};
    for (const Hit& other : field_.hits_at(hit.begin)) {
      const bool same = other.term == Term::kAmbiguous && other.end == hit.end;
      if (same && is_valid(other)) open.candidates.push_back(other.index);
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
    if (!is_valid(hit)) return false;
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
    const bool common = one.ticker_is_word || field_.begins(common_, hit.begin);
    if (common) return false;
    if (named_.contains(hit.index)) return written.size() > 1;
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
  std::set<std::uint32_t> named_;  ///< companies whose name stands somewhere in the field
  std::vector<PlacedCompany> placed_;
  std::vector<OpenName> open_;
};

}  // namespace

Companies find_companies(const Document& document, const model::Event& event, const Lexis& lexis,
                         const Options& options, Work& work) {
  Companies out;
  FieldReader headline(document.headline, lexis, event.published_at, out, work);
  FieldReader body(document.body, lexis, event.published_at, out, work);
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
  out.listed = list_companies(document, out, event.symbols, lexis, options);
  return out;
}

}  // namespace wiremill::extract
