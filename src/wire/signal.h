#pragma once
// The signal record, the value of the output topic (schemas/signal.schema.json).
//
//   std::string bytes = encode_signal(signal);
//   Result<Signal> same = decode_signal(bytes);     // *same == signal, once it is settled
//
// Doubles are rounded to 6 decimals and never written with an exponent. The values of a signal
// that are published with fewer decimals come rounded; nothing is rounded further here.

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/signal.h"

namespace wiremill::wire {

/// Rounds the doubles in place to what the record will say. Idempotent.
void settle(model::Signal& signal);

/// One compact JSON object without line breaks. Requires: doubles are finite; the four lists of a
/// scenario view are equally long. Text that is not UTF-8 is mended.
std::string encode_signal(const model::Signal& signal);

/// Unknown fields are ignored. Errors: malformed, as decode_facts.
[[nodiscard]] base::Result<model::Signal> decode_signal(std::string_view bytes);

}  // namespace wiremill::wire
