#pragma once
// Text as the matchers want it: NFKC, one kind of dash, tilde, quote, dot and space, nothing of
// zero width, and a way back: every byte knows the code points of the original that it came from.
//
//   NormalText text = normalise("１조２０００억원");   // text.text == "1조2000억원"
//   text.origin(0, 4);                                 // code points [0, 2) of the original
//
// Superscripts and enclosed numbers (²,  ①) stay as they are: read as digits they would change the
// number beside them.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wiremill::text {

/// A code point of a document and the half-open range of original code points that it stands for.
struct Piece {
  char32_t code_point = 0;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

struct NormalText {
  std::string text;
  std::string lower;  ///< `text` with ASCII letters in lower case, same places
  std::vector<std::uint32_t> start_of;  ///< for each byte: first original code point behind it
  std::vector<std::uint32_t> end_of;    ///< and one past the last
  bool whole = true;  ///< false when the rest would have been longer than asked for

  /// Original code points behind the bytes [begin, end). Requires: begin < end <= text.size().
  std::pair<std::uint32_t, std::uint32_t> origin(std::size_t begin, std::size_t end) const {
    return {start_of[begin], end_of[end - 1]};
  }
};

/// Stops where the text has reached `bytes_max`: one sign can stand for eighteen others.
/// Cost: linear; the combining marks of one character are looked at once, at most 32 together.
NormalText normalise(std::string_view original, std::size_t bytes_max = std::string::npos);
/// The same for a document whose pieces do not stand side by side in the original (HTML).
NormalText normalise(const std::vector<Piece>& pieces, std::size_t bytes_max = std::string::npos);
/// Leaves out what stands behind the first `bytes` of the text.
void cut(NormalText& normal, std::size_t bytes);

}  // namespace wiremill::text
