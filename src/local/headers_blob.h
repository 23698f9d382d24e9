#pragma once
// Record headers as one blob: for each name and value a 4-byte little-endian length and the bytes.

#include <string>
#include <string_view>

#include "stream/stream.h"

namespace wiremill::local {

std::string to_blob(const stream::Headers& headers);
/// Requires: made by to_blob; a cut blob gives the headers before the cut.
stream::Headers from_blob(std::string_view blob);

}  // namespace wiremill::local
