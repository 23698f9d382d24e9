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

}  // namespace wiremill::telemetry
