#pragma once
// HTML to the text that a reader sees, each code point with its place in the markup as received.
// Blocks become lines, table rows become "| a | b |" lines, scripts and styles vanish.
//
//   pieces_of_html("<p>A&amp;B</p>")   // 'A' at [3,4), '&' at [4,9), 'B' at [9,10), '\n'

#include <string_view>
#include <vector>

#include "text/normal.h"

namespace wiremill::text {

/// Broken markup is read as a browser would. Elements nested deeper than 400 are left out.
/// Cost: linear in the markup.
std::vector<Piece> pieces_of_html(std::string_view markup);

}  // namespace wiremill::text
