#include "extract/listings.h"

#include <algorithm>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kSymbolBytesMax = 10;
constexpr std::size_t kSymbolsMax = 8;

bool is_symbol_byte(char c) { return text::is_upper(c) || text::is_digit(c); }

/// The symbol that begins at `at`: capitals and digits, with one part behind a dot or dash (BRK.B).
ByteRange symbol_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_symbol_byte(text[end])) ++end;
  const std::size_t part = end + 1;
  if (end > at && end < text.size() && (text[end] == '.' || text[end] == '-') &&
      part < text.size() && text::is_upper(text[part]) &&
      (part + 1 == text.size() || !text::is_word(text[part + 1]))) {
    end = part + 1;
  }
  const bool whole = end == text.size() || !text::is_word(text[end]);
  return whole && end - at <= kSymbolBytesMax ? ByteRange{at, end} : ByteRange{at, at};
}

const Hit* exchange_at(const FieldText& field, std::size_t at) {
  for (const Hit& hit : field.hits_at(at)) {
    if (hit.term == Term::kExchange) return &hit;
  }
  return nullptr;
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view marks) {
  while (at < text.size() && marks.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

}  // namespace

std::vector<Listing> listings_in_bracket(const FieldText& field, const Lexis& lexis,
                                         std::size_t at) {
  const std::string_view text = field.text();
  std::vector<Listing> found;
  if (at >= text.size() || (text[at] != '(' && text[at] != '[')) return found;
  std::optional<std::uint32_t> exchange;
  for (++at; found.size() < kSymbolsMax;) {
    if (const Hit* const named = exchange_at(field, at)) {
      const std::size_t behind = skip(text, named->end, ": ");
      if (behind > named->end) {
        exchange = named->index;
        at = behind;
      }
    }
    const ByteRange symbol = symbol_at(text, at);
    if (symbol.empty()) break;
    const auto suffix = exchange_behind(field, lexis, symbol.end);
    found.push_back({symbol, suffix ? suffix : exchange});
    at = symbol.end;
    if (suffix) at = skip(text, at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (at < text.size() && (text[at] == ')' || text[at] == ']')) return found;
    const std::size_t next = skip(text, at, ",;/ ");
    if (next == at) break;
    at = next;
  }
  // Something else stands in the bracket too: only what an exchange introduced is a listing.
  std::erase_if(found, [](const Listing& one) { return !one.exchange; });
  return found;
}

std::optional<std::uint32_t> exchange_before(const FieldText& field, std::size_t begin) {
  const std::string_view text = field.text();
  std::size_t at = begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == ':' || text[at - 1] == '[')) --at;
  std::optional<std::uint32_t> found;
  if (at == begin) return found;
  field.hits_ending(at, [&](const Hit& hit) {
    if (hit.term == Term::kExchange && !found) found = hit.index;
  });
  return found;
}

std::optional<std::uint32_t> exchange_behind(const FieldText& field, const Lexis& lexis,
                                             std::size_t end) {
  const std::string_view text = field.text();
  if (end >= text.size() || text[end] != '.') return std::nullopt;
  if (end < 2 || !is_symbol_byte(text[end - 2])) return std::nullopt;  // "U.N." is no symbol
  std::size_t to = end + 1;
  while (to < text.size() && text::is_upper(text[to])) ++to;
  if (to == end + 1 || (to < text.size() && text::is_word(text[to]))) return std::nullopt;
  const std::string_view suffix = text.substr(end + 1, to - end - 1);
  const auto& exchanges = lexis.catalogue.exchanges;
  for (std::uint32_t i = 0; i < exchanges.size(); ++i) {
    const auto& suffixes = exchanges[i].suffixes;
    if (std::find(suffixes.begin(), suffixes.end(), suffix) != suffixes.end()) return i;
  }
  return std::nullopt;
}

bool same_market(const catalog::Catalogue& catalogue, std::string_view company_exchange,
                 std::uint32_t exchange) {
  const catalog::Exchange& named = catalogue.exchanges[exchange];
  if (named.id == company_exchange) return true;
  const catalog::Exchange* const own = catalogue.exchange(company_exchange);
  return own != nullptr && own->country == "US" && named.country == "US";
}

}  // namespace wiremill::extract
