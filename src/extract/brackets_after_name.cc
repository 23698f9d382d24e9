#include "extract/brackets_after_name.h"

#include <algorithm>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kTickerBytesMax = 5;

bool is_known_name(const catalog::Company& company, std::string_view written) {
  return company.ticker == written || company.id == written ||
         std::find(company.aliases.begin(), company.aliases.end(), written) !=
             company.aliases.end();
}

}  // namespace

std::vector<std::string> flags_behind_name(const FieldText& field, const Lexis& lexis,
                                           const PlacedCompany& mention) {
  std::string_view behind = field.text().substr(mention.span.end);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  if (!behind.starts_with('(')) return {};
  behind.remove_prefix(1);
  const catalog::Company& company = lexis.catalogue.companies[mention.company];
  if (company.ticker.empty()) return {};
  const std::size_t begin = static_cast<std::size_t>(behind.data() - field.text().data());
  const ClassId unlisted = lexis.vocabulary.class_of("company.unlisted");
  if (field.begins(unlisted, begin)) return {"listing_conflict"};
  const std::string_view inside = behind.substr(0, behind.find(')'));
  const bool ticker = !inside.empty() && inside.size() <= kTickerBytesMax &&
                      std::all_of(inside.begin(), inside.end(), text::is_upper);
  if (!ticker || inside.front() != company.ticker.front() || inside.size() < 2) return {};
  if (is_known_name(company, inside)) return {};
  return {"ticker_conflict"};
}

}  // namespace wiremill::extract
