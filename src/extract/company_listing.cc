#include "extract/company_listing.h"

#include <algorithm>
#include <map>
#include <optional>

#include "extract/brackets_after_name.h"
#include "extract/listings.h"

namespace wiremill::extract {
namespace {

using catalog::Company;
using model::MentionBy;

/// Relevance: what a headline, an early place and repetition are worth.
constexpr double kInHeadline = 0.85;
constexpr double kInBodyFirst = 0.65;
constexpr double kLatePenalty = 0.45;
constexpr double kEachMore = 0.06;
constexpr int kMoreMax = 5;
constexpr double kSubject = 0.1;
constexpr double kSymbolOnly = 0.6;
/// Of a company that only stands in lists of at least so many, so close to each other.
constexpr double kListedOnly = 0.6;
constexpr std::size_t kLongList = 4;
constexpr std::size_t kListGapBytes = 8;
/// A body without a headline has its first part instead.
constexpr double kLeadPart = 0.05;

/// The field speaks of it from the start: nothing but a tag such as "[속보]" is in front.
bool leads(const FieldText& field, const ByteRange& span) {
  std::string_view front = field.text().substr(0, span.begin);
  while (front.ends_with(' ')) front.remove_suffix(1);
  return front.empty() || (front.front() == '[' && front.ends_with(']'));
}

/// For each mention whether it stands in a long list.
std::vector<bool> in_long_lists(const std::vector<PlacedCompany>& placed) {
  std::vector<bool> listed(placed.size(), false);
  for (std::size_t begin = 0; begin < placed.size();) {
    std::size_t end = begin + 1;
    while (end < placed.size() && placed[end].span.begin >= placed[end - 1].span.end &&
           placed[end].span.begin - placed[end - 1].span.end <= kListGapBytes) {
      ++end;
    }
    for (std::size_t i = begin; i < end; ++i) listed[i] = end - begin >= kLongList;
    begin = end;
  }
  return listed;
}

/// Puts the mentions of both fields together, one entry a company.
class CompanyEntries {
 public:
  CompanyEntries(const Document& document, const Lexis& lexis, const Options& options,
                 base::Instant at)
      : document_(document), lexis_(lexis), options_(options), at_(at) {}

  void add(const FieldText& field, const std::vector<PlacedCompany>& placed) {
    const auto listed = in_long_lists(placed);
    const bool headline = field.field == model::Field::kHeadline;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const PlacedCompany& one = placed[i];
      model::CompanyInText& company = entry(one.company);
      add_mention(company, field, one.span, one.by);
      Count& count = counts_[one.company];
      note(count, field, one.span);
      if (!headline && listed[i]) ++count.in_lists;
      for (std::string& flag : flags_behind_name(field, lexis_, one)) {
        if (std::find(company.flags.begin(), company.flags.end(), flag) == company.flags.end()) {
          company.flags.push_back(std::move(flag));
        }
      }
    }
  }

  void add_unknown(const FieldText& field, const std::vector<UnknownListing>& unknown) {
    for (const UnknownListing& one : unknown) {
      const std::string& exchange = lexis_.catalogue.exchanges[one.exchange].id;
      const std::string ticker(field.cut(one.symbol));
      auto& [company, count] = strangers_[exchange + ":" + ticker];
      company.ticker = ticker;
      company.exchange = exchange;
      if (!one.name.empty()) add_mention(company, field, one.name, MentionBy::kAlias);
      add_mention(company, field, one.symbol, MentionBy::kExchangePrefix);
      note(count, field, one.name.empty() ? one.symbol : one.name);
    }
  }

  void add_symbols(const std::vector<std::string>& symbols) {
    for (const std::string& symbol : symbols) {
      if (const auto index = company_of_symbol(symbol)) add_by_field(*index);
    }
  }

  /// Named by a field of the event, not by its text.
  void add_by_field(std::uint32_t index) {
    model::CompanyInText& company = entry(index);
    company.mentions.push_back({{model::Field::kHeadline, 0, 0, ""}, MentionBy::kSymbolField});
    counts_[index].symbol = true;
  }

  std::vector<model::CompanyInText> finish() {
    std::vector<model::CompanyInText> all;
    for (auto& [index, company] : entries_) {
      company.relevance = relevance(counts_[index]);
      all.push_back(std::move(company));
    }
    for (auto& [listing, stranger] : strangers_) {
      stranger.first.relevance = relevance(stranger.second);
      all.push_back(std::move(stranger.first));
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
    int in_lists = 0;
    double first = 1;
    bool symbol = false;
    bool subject = false;
  };

  void add_mention(model::CompanyInText& company, const FieldText& field, const ByteRange& span,
                   MentionBy by) const {
    if (company.mentions.size() < options_.mentions_max) {
      company.mentions.push_back({field.span(span), by});
    }
  }

  void note(Count& count, const FieldText& field, const ByteRange& span) const {
    ++count.all;
    const bool headline = field.field == model::Field::kHeadline;
    if (headline) ++count.headline;
    const double place = static_cast<double>(span.begin) /
                         static_cast<double>(std::max<std::size_t>(1, field.text().size()));
    if (!headline) count.first = std::min(count.first, place);
    count.subject = count.subject || leads(field, span);
  }

  double relevance(const Count& count) const {
    if (count.all == 0) return kSymbolOnly;
    const bool no_headline = document_.headline.text().empty();
    double value = kInBodyFirst - kLatePenalty * count.first;
    if (count.headline > 0) value = kInHeadline;
    if (no_headline && count.first < kLeadPart) value = kInHeadline;
    value += kEachMore * std::min(count.all - 1, kMoreMax);
    if (count.subject) value += kSubject;
    if (count.in_lists == count.all) value *= kListedOnly;
    if (count.symbol) value = std::max(value, kSymbolOnly);
    return static_cast<double>(static_cast<std::int64_t>(std::min(value, 1.0) * 10000 + 0.5)) /
           10000;
  }

  model::CompanyInText& entry(std::uint32_t index) {
    const auto [at, added] = entries_.try_emplace(index);
    if (added) {
      const Company& company = lexis_.catalogue.companies[index];
      at->second.id = company.id;
      at->second.ticker = company.ticker_at(at_);
      at->second.exchange = company.exchange;
    }
    return at->second;
  }

  /// "NVDA", "$NVDA", "NASDAQ:NVDA", "005930.KS", or the id of a company.
  std::optional<std::uint32_t> company_of_symbol(std::string_view symbol) const {
    if (const auto colon = symbol.find(':'); colon != std::string_view::npos) {
      symbol.remove_prefix(std::min(symbol.size(), symbol.find_first_not_of(' ', colon + 1)));
    }
    if (symbol.starts_with('$')) symbol.remove_prefix(1);
    for (const auto written : {symbol, symbol.substr(0, symbol.rfind('.'))}) {
      for (const std::uint32_t index : lexis_.vocabulary.companies_of(written)) {
        if (lexis_.catalogue.companies[index].holds(written, at_)) return index;
      }
    }
    const Company* const known = lexis_.catalogue.company(symbol);
    if (known == nullptr) return std::nullopt;
    return static_cast<std::uint32_t>(known - lexis_.catalogue.companies.data());
  }

  const Document& document_;
  const Lexis& lexis_;
  const Options& options_;
  base::Instant at_;
  std::map<std::uint32_t, model::CompanyInText> entries_;
  std::map<std::uint32_t, Count> counts_;
  std::map<std::string, std::pair<model::CompanyInText, Count>> strangers_;
};

}  // namespace

std::vector<model::CompanyInText> list_companies(const Document& document, const Companies& found,
                                                 const model::Event& event, const Lexis& lexis,
                                                 const Options& options) {
  CompanyEntries listing(document, lexis, options, event.published_at);
  listing.add(document.headline, found.headline);
  listing.add(document.body, found.body);
  listing.add_unknown(document.headline, found.unknown_in_headline);
  listing.add_unknown(document.body, found.unknown_in_body);
  listing.add_symbols(event.symbols);
  if (found.issuer) listing.add_by_field(*found.issuer);
  return listing.finish();
}

}  // namespace wiremill::extract
