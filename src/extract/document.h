#pragma once
// One field of an event, made ready: normalised, laid out in sentences, every literal found.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/extract.h"
#include "extract/vocabulary.h"
#include "model/figure.h"
#include "text/layout.h"
#include "text/normal.h"

namespace wiremill::extract {

using text::ByteRange;

struct FieldText {
  model::Field field = model::Field::kBody;
  text::NormalText normal;
  std::vector<text::Sentence> sentences;
  std::vector<Hit> hits;                 ///< by begin, longer first
  std::vector<std::uint32_t> by_end;     ///< indices of hits, by end, then longer first
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
