#include "extract/unknown_listings.h"

#include <algorithm>

#include "extract/listings.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr int kNameWordsMax = 5;

/// The words with capitals that end in front of a bracket: "the maker Acme Robotics (…".
ByteRange name_before(std::string_view text, std::size_t bracket) {
  std::size_t end = bracket;
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  for (int words = 0; words < kNameWordsMax && begin > 0; ++words) {
    std::size_t at = begin - (begin < end ? 1 : 0);
    while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n' && text[at - 1] != '(') --at;
    if (at >= begin || !(text::is_upper(text[at]) || (text[at] & 0x80) != 0)) break;
    begin = at;
    if (begin == 0 || text[begin - 1] != ' ') break;
  }
  return {begin, end};
}

}  // namespace

std::vector<UnknownListing> unknown_listings(const FieldText& field, const Lexis& lexis,
                                             const std::vector<PlacedCompany>& placed) {
  std::vector<UnknownListing> found;
  const std::string_view text = field.text();
  std::size_t next = 0;  // of the mentions, by place: the first behind the bracket
  for (const Hit& hit : field.hits) {
    if (hit.term != Term::kExchange || hit.begin == 0 || text[hit.begin - 1] != '(') continue;
    const std::size_t bracket = hit.begin - 1;
    while (next < placed.size() && placed[next].span.begin < bracket) ++next;
    // Behind a known name it is that company's, right or wrong.
    if (next > 0 && bracket - std::min(bracket, placed[next - 1].span.end) <= 1) continue;
    std::size_t inside = next;
    for (const Listing& one : listings_in_bracket(field, lexis, bracket)) {
      while (inside < placed.size() && placed[inside].span.end <= one.span.begin) ++inside;
      const bool taken = inside < placed.size() && placed[inside].span.begin < one.span.end;
      if (taken || !one.exchange) continue;
      const ByteRange name = found.empty() || found.back().symbol.begin < bracket
                                 ? name_before(text, bracket) : ByteRange{};
      found.push_back({name, one.span, *one.exchange});
    }
  }
  return found;
}

}  // namespace wiremill::extract
