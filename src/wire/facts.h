#pragma once
// The facts record, as the facts topic and `wiremill extract` carry it (schemas/facts.schema.json).
//
//   settle(record);                                     // before anything is counted on
//   std::string bytes = encode_facts(record);
//   Result<FactsRecord> same = decode_facts(bytes);     // *same == record
//
// Encoding rounds relevance, tone scores and confidences to 4 decimals; amounts are exact.

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/facts_record.h"

namespace wiremill::wire {

/// Rounds the doubles in place, so that the record equals what a reader of its bytes will see.
/// Idempotent. Whoever makes a record settles it once: scoring sees the same numbers by any path.
void settle(model::FactsRecord& record);

/// One compact JSON object without line breaks. Requires: doubles are finite.
/// decode_facts(encode_facts(r)) == r for a settled r.
std::string encode_facts(const model::FactsRecord& record);

/// Unknown fields are ignored. Errors: malformed, with a reason of wire/reasons.h and the path of
/// the field. Threads: any.
[[nodiscard]] base::Result<model::FactsRecord> decode_facts(std::string_view bytes);

}  // namespace wiremill::wire
