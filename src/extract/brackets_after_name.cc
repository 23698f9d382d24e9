#include "extract/brackets_after_name.h"

#include <algorithm>

#include "extract/listings.h"
#include "extract/name_cues.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kTickerBytesMax = 5;
constexpr std::size_t kCodeLength = 6;

bool is_known_name(const catalog::Company& company, std::string_view written) {
  const auto& names = company.aliases;
  return company.ticker == written || company.id == written ||
         std::find(names.begin(), names.end(), written) != names.end() ||
         std::any_of(company.dated.begin(), company.dated.end(),
                     [&](const catalog::DatedName& one) { return one.written == written; });
}

/// The symbol is meant as a listing of the company, and it is not its own.
bool contradicts(const catalog::Company& company, const Listing& listing, std::string_view symbol,
                 const Lexis& lexis) {
  if (is_known_name(company, symbol)) return false;
  if (listing.exchange) {
    return same_market(lexis.catalogue, company.exchange, *listing.exchange);
  }
  const auto digits = static_cast<std::size_t>(
      std::count_if(symbol.begin(), symbol.end(), text::is_digit));
  if (digits == symbol.size()) return digits == kCodeLength && company.exchange == "KRX";
  if (digits > 0 || symbol.size() < 2 || symbol.size() > kTickerBytesMax) return false;
  if (is_among(lexis.catalogue.name_words.common, symbol)) return false;
  const auto others = lexis.vocabulary.companies_of(symbol);
  return !others.empty() || symbol.front() == company.ticker.front();
}

}  // namespace

std::vector<std::string> flags_behind_name(const FieldText& field, const Lexis& lexis,
                                           const PlacedCompany& mention) {
  const std::string_view text = field.text();
  std::size_t at = mention.span.end;
  if (at < text.size() && text[at] == ' ') ++at;
  if (at >= text.size() || text[at] != '(') return {};
  const catalog::Company& company = lexis.catalogue.companies[mention.company];
  if (company.ticker.empty()) return {};
  const ClassId unlisted = lexis.vocabulary.class_of("company.unlisted");
  if (field.begins(unlisted, at + 1)) return {"listing_conflict"};
  const auto listings = listings_in_bracket(field, lexis, at);
  // One that agrees is enough: "(NYSE: BABA; HKEX: 9988)".
  const bool conflict = !listings.empty() &&
      std::all_of(listings.begin(), listings.end(), [&](const Listing& one) {
        return contradicts(company, one, field.cut(one.span), lexis);
      });
  if (conflict) return {"ticker_conflict"};
  return {};
}

}  // namespace wiremill::extract
