#pragma once
// HTML to the text that a reader sees, each code point with its place in the markup as received.
// Blocks become lines, table rows become "| a | b |" lines, scripts and styles vanish.
//
//   pieces_of_html("<p>A&amp;B</p>")   // 'A' at [3,4), '&' at [4,9), 'B' at [9,10), '\n'
//
// One pass over the tags, without a tree: what a row, a cell or a paragraph leaves open, the next
// one closes, so broken markup reads as in a browser but for text that stands in a table outside
// its cells (a browser shows it before the table). No depth of nesting costs more than its length.

#include <string_view>
#include <vector>

#include "text/normal.h"

namespace wiremill::text {

/// Cost: linear in the markup.
std::vector<Piece> pieces_of_html(std::string_view markup);

}  // namespace wiremill::text
