#pragma once
// One field of an event, made ready: normalised, laid out in sentences, every literal found.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/extract.h"
#include "extract/vocabulary.h"
#include "model/figure.h"
#include "text/layout.h"
#include "text/normal.h"

namespace wiremill::extract {

using text::ByteRange;

/// Where in a list that is sorted by place the entries of each stretch of text begin, so that
/// a search looks at one stretch and not at all of the list.
class PlaceIndex {
 public:
  PlaceIndex() = default;
  /// `place(i)` is the place of entry i < count, ascending, below `text_bytes` + 1.
  template <class Place>
  PlaceIndex(std::size_t count, std::size_t text_bytes, Place&& place)
      : first_(text_bytes / kStretchBytes + 3, static_cast<std::uint32_t>(count)) {
    std::size_t stretch = 0;
    for (std::size_t i = 0; i < count; ++i) {
      while (stretch <= place(i) / kStretchBytes) first_[stretch++] = static_cast<std::uint32_t>(i);
    }
  }
  /// The first entry whose place is `at` or behind it lies in [begin, end].
  std::pair<std::size_t, std::size_t> around(std::size_t at) const {
    const std::size_t stretch = std::min(at / kStretchBytes, first_.size() - 2);
    return {first_[stretch], first_[stretch + 1]};
  }

 private:
  static constexpr std::size_t kStretchBytes = 32;
  std::vector<std::uint32_t> first_{0, 0};  ///< by stretch: its first entry or the next one's
};

struct FieldText {
  model::Field field = model::Field::kBody;
  text::NormalText normal;
  std::vector<text::Sentence> sentences;
  std::vector<Hit> hits;                 ///< by begin, longer first
  std::vector<std::uint32_t> by_end;     ///< indices of hits, by end, then longer first
  PlaceIndex begins_at;                  ///< of hits
  PlaceIndex ends_at;                    ///< of by_end
  std::string_view original;             ///< the field as received; of the event
  std::vector<std::uint32_t> marks;      ///< byte of every 64th code point of the original

  std::string_view text() const { return normal.text; }
  std::string_view cut(const ByteRange& range) const {
    return std::string_view(normal.text).substr(range.begin, range.end - range.begin);
  }
  /// Hits that begin in the range.
  std::span<const Hit> hits_in(const ByteRange& range) const;
  /// Hits that begin at this very byte.
  std::span<const Hit> hits_at(std::size_t begin) const { return hits_in({begin, begin + 1}); }
  /// Calls `use(const Hit&)` for each hit that ends at this byte, longest first.
  template <class Use>
  void hits_ending(std::size_t end, Use&& use) const {
    for (auto at = first_ending(end); at != by_end.end() && hits[*at].end == end; ++at) {
      use(hits[*at]);
    }
  }
  /// The first hit of a word class that begins in the range, nullptr for none.
  const Hit* first(ClassId words, const ByteRange& range) const;
  bool has(ClassId words, const ByteRange& range) const { return first(words, range) != nullptr; }
  bool has_any(const std::vector<ClassId>& classes, const ByteRange& range) const {
    return std::any_of(classes.begin(), classes.end(), [&](ClassId id) { return has(id, range); });
  }
  /// A word of the class begins at this very byte.
  bool begins(ClassId words, std::size_t begin) const;
  /// The range as a span of the original, its text repeated exactly.
  model::Span span(const ByteRange& range) const;

 private:
  std::vector<std::uint32_t>::const_iterator first_ending(std::size_t end) const;
};

struct Document {
  FieldText headline;
  FieldText body;
  bool truncated = false;
};

/// Borrows: the event, as long as the document lives.
Document read_document(const model::Event& event, const Vocabulary& vocabulary,
                       const Options& options, Work& work);

}  // namespace wiremill::extract
