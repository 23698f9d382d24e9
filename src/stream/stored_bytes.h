#pragma once
// How large one record is in the log, counted as Kafka counts it (record batch format 2, alone in
// its batch, uncompressed). Both logs hold outputs against their topic's limit with this one sum,
// so that what is too large is named before anything is written.
//
//   if (stored_bytes(output) > plan.message_bytes_max) ...

#include <cstddef>

#include "stream/stream.h"

namespace wiremill::stream {

inline std::size_t stored_bytes(std::size_t key_bytes, std::size_t value_bytes,
                                const Headers& headers) {
  constexpr std::size_t batch_header = 61;
  constexpr std::size_t varint_max = 5;  // a length below 2^31, zigzag
  // Record length, attributes, two deltas, key length, value length, header count.
  std::size_t bytes = batch_header + 6 * varint_max + 1;
  bytes += key_bytes + value_bytes;
  for (const auto& [name, text] : headers) bytes += 2 * varint_max + name.size() + text.size();
  return bytes;
}

inline std::size_t stored_bytes(const Output& output) {
  return stored_bytes(output.key.size(), output.value ? output.value->size() : 0, output.headers);
}

}  // namespace wiremill::stream
