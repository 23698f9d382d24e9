#pragma once
// The dead letter: an input that could not be worked on, with its original bytes, so that it can
// be looked at and sent again (schemas/dead-letter.schema.json).
//
//   std::string bytes = encode_dead_letter(letter);
//   Result<DecodedDeadLetter> back = decode_dead_letter(bytes);
//   if (!back->truncated) append(*back->letter.value);       // redrive, byte for byte
//
// Bytes travel as text where they are UTF-8, else (or where escaping would make them longer than
// that) as base64. Size is bounded: what is too long is cut and says so; the coordinates and the
// digest of the whole then name where the rest is. A header's name that is not UTF-8 is mended.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/dead_letter.h"

namespace wiremill::wire {

/// With the defaults no dead letter exceeds 850 KiB, under the 1 MiB that a broker takes. Larger
/// values keep more inline and need a broker that takes larger messages.
struct DeadLetterLimits {
  std::size_t original_bytes_max = 512U << 10U;  ///< kept whole up to here
  std::size_t original_cut_bytes = 64U << 10U;   ///< how much is kept of a longer one
  std::size_t key_bytes_max = 16U << 10U;
  std::size_t headers_bytes_max = 64U << 10U;  ///< names and values; later ones are left out
  std::size_t detail_bytes_max = 4U << 10U;
};

std::string encode_dead_letter(const model::DeadLetter& letter,
                               const DeadLetterLimits& limits = {});

struct DecodedDeadLetter {
  model::DeadLetter letter;
  bool truncated = false;           ///< original, key or a header is not whole
  std::int64_t original_bytes = 0;  ///< length of the whole original
  std::string original_sha256;      ///< of the whole original, hex; empty for a tombstone
};

/// Checks an original that is whole against its length and digest. Unknown fields are ignored.
/// Errors: malformed, as decode_facts.
[[nodiscard]] base::Result<DecodedDeadLetter> decode_dead_letter(std::string_view bytes);

/// What stands in place of an output line when input line `line` (from 1) could not be read:
/// {"schema":"wiremill.dead-letter","version":1,"line":N,"reason":"…","detail":"…"}.
std::string encode_dead_line(std::int64_t line, const base::Error& error);

}  // namespace wiremill::wire
