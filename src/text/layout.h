#pragma once
// The shape of a normalised text: sentences, and for each the heading, the table column and the
// table row that it stands under. A scenario table's cells are sentences too; what makes them
// hypothetical is their header, so the header stays with them.
//
//   for (const Sentence& s : lay_out("| 시나리오 | 확률 |\n| 급락 | 25% |")) …   // 2 + 2 cells
//
// It knows no word of any domain; lines decide, not meaning.

#include <cstddef>
#include <string_view>
#include <vector>

namespace wiremill::text {

/// Half-open range of bytes.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin == end; }
  bool contains(std::size_t at) const { return at >= begin && at < end; }
};

enum class LineKind { kProse, kBullet, kHeading, kCell };

struct Sentence {
  ByteRange span;
  LineKind kind = LineKind::kProse;
  std::size_t line = 0;   ///< counts from 0; sentences of one table row share it
  ByteRange heading;      ///< the nearest heading above; empty for none
  ByteRange sub_heading;  ///< the nearest numbered heading below that one
  ByteRange column;       ///< of a cell: the header of its column
  ByteRange row;          ///< of a cell: the first cell of its row
};

/// Sentences in order, each of at most 1,600 bytes; they cover every line that is not blank.
/// Stops one line behind the one that holds sentence number `sentences_max`. Cost: linear.
std::vector<Sentence> lay_out(std::string_view normal_text,
                              std::size_t sentences_max = std::string_view::npos);

}  // namespace wiremill::text
