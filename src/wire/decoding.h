#pragma once
// Bytes to a described noun and back, the same few lines for every record. Private to this room.

#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/field_reader.h"
#include "wire/field_writer.h"
#include "wire/json_reader.h"

namespace wiremill::wire {

template <class Noun>
[[nodiscard]] base::Result<Noun> decode(std::string_view bytes, const JsonLimits& limits = {}) {
  const base::Result<const JsonValue*> document = parse_json(bytes, limits);
  if (!document) return base::fail(document.error());
  Noun noun;
  Failure failure;
  read(**document, noun, Place{}, failure);
  if (failure) return base::fail(failure.error());
  return noun;
}

template <class Noun>
std::string encode(const Noun& noun, int decimals) {
  JsonWriter out(decimals);
  write(out, noun);
  return out.take();
}

}  // namespace wiremill::wire
