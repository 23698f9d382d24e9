#include "wire/dead_letter.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "wire/base64.h"
#include "wire/decoding.h"
#include "wire/utf8.h"

namespace wiremill::wire {

enum class BytesEncoding { kUtf8, kBase64 };

}  // namespace wiremill::wire

template <>
struct wiremill::model::NameTable<wiremill::wire::BytesEncoding> {
  static constexpr std::array<std::string_view, 2> kNames{"utf-8", "base64"};
};

namespace wiremill::wire {
namespace {

constexpr std::string_view kSchema = "wiremill.dead-letter";

/// Bytes as they travel inside JSON.
struct Packed {
  BytesEncoding encoding = BytesEncoding::kUtf8;
  std::string value;
  bool truncated = false;
};

struct PackedHeader {
  std::string name;
  Packed bytes;
};

struct PackedOriginal {
  BytesEncoding encoding = BytesEncoding::kUtf8;
  std::int64_t bytes = 0;
  std::string sha256;
  std::optional<std::string> value;
  bool truncated = false;
};

/// A dead letter in the shape of its record.
struct Envelope {
  model::DeadLetter letter;
  std::optional<Packed> key;
  std::vector<PackedHeader> headers;
  std::int64_t headers_left_out = 0;
  PackedOriginal original;
};

template <class V>
void fields(V& v, Of<V, Packed>& packed) {
  v.need("encoding", packed.encoding);
  v.need("value", packed.value);
  v.when("truncated", packed.truncated);
}

template <class V>
void fields(V& v, Of<V, PackedHeader>& header) {
  v.need("name", header.name);
  fields(v, header.bytes);
}

template <class V>
void fields(V& v, Of<V, PackedOriginal>& original) {
  v.need("encoding", original.encoding);
  v.need("bytes", original.bytes);
  v.may("sha256", original.sha256);
  v.may("value", original.value);
  v.need("truncated", original.truncated);
}

template <class V>
void fields(V& v, Of<V, Envelope>& envelope) {
  auto& letter = envelope.letter;
  v.fixed("schema", kSchema);
  v.fixed("version", 1);
  v.need("stage", letter.stage);
  v.need("reason", letter.reason);
  v.need("detail", letter.detail);
  v.need("topic", letter.topic);
  v.need("partition", letter.partition);
  v.need("offset", letter.offset);
  v.may("appended_at", letter.appended_at);
  v.may("key", envelope.key);
  v.may("headers", envelope.headers);
  v.when("headers_left_out", envelope.headers_left_out);
  v.need("attempts", letter.attempts);
  v.need("original", envelope.original);
  v.may("traceparent", letter.traceparent);
}

/// Bytes that the text takes inside JSON quotes.
std::size_t escaped_size(std::string_view text) {
  std::size_t size = text.size();
  for (const char c : text) {
    if (c == '"' || c == '\\') size += 1;
    if (static_cast<unsigned char>(c) < 0x20U) size += 5;
  }
  return size;
}

Packed pack(std::string_view bytes, std::size_t bytes_max) {
  const std::string_view cut = cut_utf8(bytes, bytes_max);
  const bool truncated = cut.size() < bytes.size();
  const bool as_text = is_utf8(cut) && escaped_size(cut) <= (cut.size() + 2) / 3 * 4 + 64;
  if (as_text) return {BytesEncoding::kUtf8, std::string(cut), truncated};
  return {BytesEncoding::kBase64, to_base64(cut), truncated};
}

PackedOriginal pack_original(const std::optional<std::string>& value,
                             const DeadLetterLimits& limits) {
  if (!value) return {};
  const bool whole = value->size() <= limits.original_bytes_max;
  Packed packed = pack(*value, whole ? value->size() : limits.original_cut_bytes);
  return {packed.encoding, static_cast<std::int64_t>(value->size()), base::sha256_hex(*value),
          std::move(packed.value), packed.truncated};
}

void pack_headers(const model::DeadLetter& letter, std::size_t bytes_max, Envelope& envelope) {
  constexpr std::size_t kFrameBytes = 64;  // the braces and names around one header
  std::size_t left = bytes_max;
  for (const auto& [name, value] : letter.headers) {
    const std::size_t fixed = kFrameBytes + escaped_size(name);
    if (fixed >= left) {
      ++envelope.headers_left_out;
      continue;
    }
    left -= fixed;
    const std::size_t size = std::min(left, value.size());
    envelope.headers.push_back({name, pack(value, size)});
    left -= size;
  }
}

/// nullopt when the base64 is not valid.
std::optional<std::string> unpacked(BytesEncoding encoding, std::string value) {
  return encoding == BytesEncoding::kUtf8 ? std::move(value) : from_base64(value);
}

base::Result<void> unpack_into(Envelope& envelope, DecodedDeadLetter& decoded) {
  const auto bad = [](const char* text) { return base::malformed("bad_value", text); };
  model::DeadLetter& letter = decoded.letter;
  decoded.truncated = envelope.original.truncated || envelope.headers_left_out > 0;
  if (envelope.key) {
    auto key = unpacked(envelope.key->encoding, std::move(envelope.key->value));
    if (!key) return bad("key.value: want base64 with padding");
    letter.key = std::move(*key);
    decoded.truncated = decoded.truncated || envelope.key->truncated;
  }
  for (PackedHeader& header : envelope.headers) {
    auto value = unpacked(header.bytes.encoding, std::move(header.bytes.value));
    if (!value) return bad("headers.value: want base64 with padding");
    letter.headers.emplace_back(std::move(header.name), std::move(*value));
    decoded.truncated = decoded.truncated || header.bytes.truncated;
  }
  if (!envelope.original.value) return {};
  auto value = unpacked(envelope.original.encoding, std::move(*envelope.original.value));
  if (!value) return bad("original.value: want base64 with padding");
  const bool whole = !envelope.original.truncated;
  if (whole && (std::cmp_not_equal(value->size(), envelope.original.bytes) ||
                base::sha256_hex(*value) != envelope.original.sha256)) {
    return bad("original.sha256: does not fit original.value");
  }
  letter.value = std::move(*value);
  return {};
}

/// The letter that stands for a line of NDJSON.
struct DeadLine {
  std::int64_t line = 0;
  std::string reason;
  std::string detail;
};

template <class V>
void fields(V& v, Of<V, DeadLine>& dead) {
  v.fixed("schema", kSchema);
  v.fixed("version", 1);
  v.need("line", dead.line);
  v.need("reason", dead.reason);
  v.need("detail", dead.detail);
}

}  // namespace

std::string encode_dead_letter(const model::DeadLetter& letter, const DeadLetterLimits& limits) {
  Envelope envelope;
  envelope.letter = letter;
  envelope.letter.detail = cut_utf8(letter.detail, limits.detail_bytes_max);
  if (!letter.key.empty()) envelope.key = pack(letter.key, limits.key_bytes_max);
  pack_headers(letter, limits.headers_bytes_max, envelope);
  envelope.original = pack_original(letter.value, limits);
  return encode(envelope, 0);
}

base::Result<DecodedDeadLetter> decode_dead_letter(std::string_view bytes) {
  base::Result<Envelope> envelope = decode<Envelope>(bytes);
  if (!envelope) return base::fail(envelope.error());
  DecodedDeadLetter decoded;
  decoded.letter = std::move(envelope->letter);
  decoded.original_bytes = envelope->original.bytes;
  decoded.original_sha256 = envelope->original.sha256;
  const base::Result<void> unpacking = unpack_into(*envelope, decoded);
  if (!unpacking) return base::fail(unpacking.error());
  return decoded;
}

std::string encode_dead_line(std::int64_t line, const base::Error& error) {
  return encode(DeadLine{line, error.reason, error.text}, 0);
}

}  // namespace wiremill::wire
