#pragma once
// SHA-256, the one hash of the project: catalogue digests, fact ids, fingerprints, shards. Slower
// than a non-cryptographic hash, equal on every machine and never worth attacking.

#include <cstdint>
#include <string>
#include <string_view>

namespace wiremill::base {

/// 32 bytes.
std::string sha256_bytes(std::string_view bytes);
/// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
/// The first 16 hex digits of sha256_hex: ids that people may see.
std::string short_digest(std::string_view bytes);
/// The first 8 bytes as a number: shards.
std::uint64_t digest64(std::string_view bytes);

}  // namespace wiremill::base
