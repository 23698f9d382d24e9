#include "extract/short_names.h"

#include <algorithm>
#include <optional>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::MentionBy;

constexpr std::size_t kListGapBytes = 8;

/// Gives short names a company where the text decides.
class Settler {
 public:
  Settler(const FieldText& field, const Lexis& lexis, const std::vector<PlacedCompany>& other,
          std::vector<PlacedCompany>& placed)
      : field_(field), lexis_(lexis), other_(other), placed_(placed) {}

  bool settle(const OpenName& open) {
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
  std::optional<std::uint32_t> by_full_name(const OpenName& open) const {
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
      return near.find(text::lower_ascii(word)) != std::string_view::npos;
    });
  }

  /// "아마존·MS·구글": its neighbours in a list are of one sector with one candidate.
  std::optional<std::uint32_t> by_list(const OpenName& open) const {
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

}  // namespace

bool settle_name(const FieldText& field, const Lexis& lexis, const OpenName& open,
                 const std::vector<PlacedCompany>& other, std::vector<PlacedCompany>& placed) {
  return Settler(field, lexis, other, placed).settle(open);
}

}  // namespace wiremill::extract
