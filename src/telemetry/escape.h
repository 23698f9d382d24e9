#pragma once
// Text from outside, made safe to stand between quotes in a log line or in JSON.
//
//   escaped("say \"hi\"\n")      // say \"hi\"\n
//
// Control characters, line separators and marks that turn the direction of writing become \uXXXX;
// bytes that are not UTF-8 become \ufffd. Everything else stays readable as it is.

#include <string>
#include <string_view>

namespace wiremill::telemetry {

std::string escaped(std::string_view text);

/// The same for people, where no quotes stand around it: line breaks and tabs become spaces,
/// everything else that is dangerous becomes U+FFFD, so that it is seen and does nothing.
std::string shown(std::string_view text);

}  // namespace wiremill::telemetry
