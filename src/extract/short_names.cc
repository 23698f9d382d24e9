#include "extract/short_names.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/ascii.h"
#include "extract/name_cues.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::MentionBy;

constexpr std::size_t kListGapBytes = 8;

/// Gives short names a company where the text decides.
class Settler {
 public:
  Settler(const FieldText& field, const Lexis& lexis, const std::vector<PlacedCompany>& other,
          const std::vector<PlacedCompany>& placed)
      : field_(field), lexis_(lexis), placed_(placed) {
    for (const PlacedCompany& one : placed) named_.insert(one.company);
    for (const PlacedCompany& one : other) named_.insert(one.company);
  }

  bool settle(const OpenName& open) {
    const auto company = by_full_name(open);
    const auto chosen = company ? company : by_words(open);
    const auto listed = chosen ? chosen : by_list(open);
    const auto last = listed ? listed : by_cue(open);
    if (!last) return false;
    settled_ = *last;
    return true;
  }
  std::uint32_t settled() const { return settled_; }

 private:
  std::optional<std::uint32_t> by_full_name(const OpenName& open) const {
    std::optional<std::uint32_t> found;
    for (const std::uint32_t candidate : open.candidates) {
      if (!named_.contains(candidate)) continue;
      if (found) return std::nullopt;
      found = candidate;
    }
    return found;
  }

  std::optional<std::uint32_t> by_words(const OpenName& open) const {
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
      return near.find(base::lower_ascii(word)) != std::string_view::npos;
    });
  }

  /// "아마존·MS·구글": its neighbours in a list are of one sector with one candidate.
  std::optional<std::uint32_t> by_list(const OpenName& open) const {
    std::optional<std::uint32_t> found;
    const auto behind = std::lower_bound(
        placed_.begin(), placed_.end(), open.hit.begin,
        [](const PlacedCompany& one, std::size_t at) { return one.span.begin < at; });
    const auto from = behind == placed_.begin() ? behind : behind - 1;
    const auto to = behind == placed_.end() ? behind : behind + 1;
    for (auto at = from; at != to; ++at) {
      const PlacedCompany& one = *at;
      if (!are_listed(one.span, {open.hit.begin, open.hit.end})) continue;
      for (const std::uint32_t candidate : open.candidates) {
        if (!share_sector(candidate, one.company)) continue;
        if (found && *found != candidate) return std::nullopt;
        found = candidate;
      }
    }
    return found;
  }

  /// "LG, 1분기 …": a company is meant; the only one, or the one whose whole name it is.
  std::optional<std::uint32_t> by_cue(const OpenName& open) const {
    if (!open.says_company) return std::nullopt;
    const std::string_view word = field_.cut({open.hit.begin, open.hit.end});
    const bool group = is_among(lexis_.catalogue.name_words.groups, word);
    if (open.candidates.size() == 1 && !group) return open.candidates.front();
    std::optional<std::uint32_t> found;
    for (const std::uint32_t candidate : open.candidates) {
      const catalog::Company& one = lexis_.catalogue.companies[candidate];
      if (one.name != word && one.name_ko != word) continue;
      if (found) return std::nullopt;
      found = candidate;
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
  std::set<std::uint32_t> named_;  ///< companies whose full name stands in either field
  const std::vector<PlacedCompany>& placed_;
  std::uint32_t settled_ = 0;
};

}  // namespace

std::size_t settle_names(const FieldText& field, const Lexis& lexis,
                         const std::vector<OpenName>& open,
                         const std::vector<PlacedCompany>& other,
                         std::vector<PlacedCompany>& placed) {
  std::vector<PlacedCompany> settled;
  Settler settler(field, lexis, other, placed);
  for (const OpenName& one : open) {
    if (!settler.settle(one)) continue;
    settled.push_back({{one.hit.begin, one.hit.end}, settler.settled(), MentionBy::kAlias});
  }
  const auto middle = static_cast<std::ptrdiff_t>(placed.size());
  placed.insert(placed.end(), settled.begin(), settled.end());
  std::inplace_merge(placed.begin(), placed.begin() + middle, placed.end(),
                     [](const PlacedCompany& a, const PlacedCompany& b) {
                       return a.span.begin < b.span.begin;
                     });
  return open.size() - settled.size();
}

}  // namespace wiremill::extract
