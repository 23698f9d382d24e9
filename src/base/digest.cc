#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/assert.h"

namespace wiremill::base {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

/// Looked up once: the one-call SHA256() looks the algorithm up each time, which costs more than
/// the digest of a short text.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

Digest digest_of(std::string_view bytes) {
  Digest out{};
  const char* const data = bytes.data() == nullptr ? "" : bytes.data();
  const int done = EVP_Digest(data, bytes.size(), out.data(), nullptr, algorithm(), nullptr);
  WIREMILL_ASSERT(done == 1);
  return out;
}

}  // namespace

std::string sha256_bytes(std::string_view bytes) {
  const Digest digest = digest_of(bytes);
  return {digest.begin(), digest.end()};
}

std::string sha256_hex(std::string_view bytes) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest_of(bytes)) {
    text.push_back(kHex[byte >> 4U]);
    text.push_back(kHex[byte & 15U]);
  }
  return text;
}

std::string short_digest(std::string_view bytes) { return sha256_hex(bytes).substr(0, 16); }

std::uint64_t digest64(std::string_view bytes) {
  const Digest digest = digest_of(bytes);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = (value << 8U) | digest[i];
  return value;
}

}  // namespace wiremill::base
