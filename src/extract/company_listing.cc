#include "extract/company_listing.h"

#include <algorithm>
#include <map>
#include <optional>

#include "extract/brackets_after_name.h"

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
constexpr double kSymbolOnly = 0.6;
/// A body without a headline has its first part instead.
constexpr double kLeadPart = 0.05;

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
    if (no_headline && count.first < kLeadPart) value = kInHeadline;
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

std::vector<model::CompanyInText> list_companies(const Document& document, const Companies& found,
                                                 const std::vector<std::string>& symbols,
                                                 const Lexis& lexis, const Options& options) {
  Listing listing(document, lexis, options);
  listing.add(document.headline, found.headline);
  listing.add(document.body, found.body);
  listing.add_symbols(symbols);
  return listing.finish();
}

}  // namespace wiremill::extract
