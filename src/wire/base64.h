#pragma once
// Base64 (RFC 4648 section 4, with padding): how bytes that are not text travel inside JSON.
//
//   to_base64("\x00\xFF")       // "AP8="

#include <optional>
#include <string>
#include <string_view>

namespace wiremill::wire {

std::string to_base64(std::string_view bytes);

/// nullopt unless the text is canonical: padded, no other characters, no stray bits at the end.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace wiremill::wire
