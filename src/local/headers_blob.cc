#include "local/headers_blob.h"

#include <cstdint>
#include <optional>

namespace wiremill::local {

namespace {

constexpr std::size_t kLengthBytes = 4;

void put(std::string& blob, const std::string& text) {
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    blob.push_back(static_cast<char>((text.size() >> (8 * i)) & 0xffU));
  }
  blob += text;
}

std::optional<std::string> take(std::string_view& blob) {
  if (blob.size() < kLengthBytes) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    size |= static_cast<std::size_t>(static_cast<std::uint8_t>(blob[i])) << (8 * i);
  }
  blob.remove_prefix(kLengthBytes);
  if (blob.size() < size) return std::nullopt;
  std::string text(blob.substr(0, size));
  blob.remove_prefix(size);
  return text;
}

}  // namespace

std::string to_blob(const stream::Headers& headers) {
  std::string blob;
  for (const auto& [name, text] : headers) {
    put(blob, name);
    put(blob, text);
  }
  return blob;
}

stream::Headers from_blob(std::string_view blob) {
  stream::Headers headers;
  while (!blob.empty()) {
    auto name = take(blob);
    auto text = take(blob);
    if (!name || !text) break;
    headers.emplace_back(*std::move(name), *std::move(text));
  }
  return headers;
}

}  // namespace wiremill::local
