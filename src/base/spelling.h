#pragma once
// The known word that a misspelt one was meant to be, by edit distance.
//
//   did_you_mean("triger", {"tier", "trigger"});      // ", did you mean \"trigger\"?"
//
// It knows no language: a third of the letters and one more may be wrong, no better reason.

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace wiremill::base {

using Words = std::set<std::string, std::less<>>;

/// The entry of `known` nearest to `word`, when it is near enough to be meant; of two equally near
/// ones the first. Cost: the lengths of both words multiplied, for each known word.
std::optional<std::string> nearest(std::string_view word, const Words& known);

/// ", did you mean "capex"?", to stand behind an error text; nothing when no known word is near.
std::string did_you_mean(std::string_view word, const Words& known);

}  // namespace wiremill::base
