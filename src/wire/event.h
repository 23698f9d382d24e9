#pragma once
// The news or filing event: bytes of an input topic to the noun and back
// (schemas/news-event.schema.json, schemas/filing-event.schema.json).
//
//   Result<DecodedEvent> decoded = decode_event(bytes);
//   if (!decoded) dead_letter(decoded.error());        // "published_at: is missing"
//
// Nothing is normalised and nothing is guessed here: what the sender left out stays out.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/event.h"

namespace wiremill::wire {

struct EventLimits {
  std::size_t bytes_max = 16U << 20U;  ///< of one event; a greater value costs ten times its memory
  std::size_t id_bytes_max = 1024;     ///< of id and story_id: they become keys
};

struct DecodedEvent {
  model::Event event;
  std::int64_t unknown_fields = 0;  ///< of the event itself, ignored
};

/// Required: id, published_at, and headline or body (not for a withdrawal). null means unknown.
/// id, story_id and issuer_code may be whole numbers. The fields of a filing are read when form is
/// "filing", and also when form is absent and filing_form, issuer, issuer_code or filed_at is
/// there; in any other event they are unknown fields. A trace context that is not valid is dropped.
/// Errors: malformed, reason of wire/reasons.h; the text names the field, its value and what is
/// allowed. Threads: any.
[[nodiscard]] base::Result<DecodedEvent> decode_event(std::string_view bytes,
                                                      const EventLimits& limits = {});

/// One compact JSON object without line breaks. decode_event(encode_event(e)) gives e for every e
/// that keeps the invariants of model::Event and has `filing` exactly when form is kFiling.
std::string encode_event(const model::Event& event);

}  // namespace wiremill::wire
