#include "wire/facts.h"

#include "wire/decoding.h"
#include "wire/record_fields.h"
#include "wire/rounding.h"
#include "wire/settler.h"

namespace wiremill::wire {

void settle(model::FactsRecord& record) { Settler(kFactsDecimals).settle(record); }

std::string encode_facts(const model::FactsRecord& record) {
  return encode(record, kFactsDecimals);
}

base::Result<model::FactsRecord> decode_facts(std::string_view bytes) {
  return decode<model::FactsRecord>(bytes, {.bytes_max = 64U << 20U});
}

}  // namespace wiremill::wire
