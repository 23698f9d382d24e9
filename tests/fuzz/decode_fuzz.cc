// Feeds bytes to every decoder of the room `wire`. Whatever they are, a decoder gives a noun or a
// malformed error with a reason of the closed set; and what was decoded, settled and encoded,
// decodes to the same noun again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "wire/dead_letter.h"
#include "wire/event.h"
#include "wire/facts.h"
#include "wire/reasons.h"
#include "wire/signal.h"
#include "wire/state.h"
#include "wire/traceparent.h"

namespace {

using namespace wiremill;

bool is_known(const base::Error& error) {
  const auto& reasons = wire::kDecodeReasons;
  return error.kind == base::ErrorKind::kMalformed && !error.text.empty() &&
         std::find(reasons.begin(), reasons.end(), error.reason) != reasons.end();
}

template <class Decode, class Encode>
void there_and_back(std::string_view bytes, Decode decode, Encode encode) {
  auto first = decode(bytes);
  if (!first) {
    WIREMILL_ASSERT(is_known(first.error()));
    return;
  }
  const auto second = decode(encode(*first));
  WIREMILL_ASSERT(second && *second == *first);
}

base::Result<model::Event> decode_event(std::string_view bytes) {
  auto decoded = wire::decode_event(bytes);
  if (!decoded) return base::fail(decoded.error());
  WIREMILL_ASSERT(!decoded->event.id.empty() && decoded->unknown_fields >= 0);
  return std::move(decoded->event);
}

base::Result<model::FactsRecord> decode_facts(std::string_view bytes) {
  auto record = wire::decode_facts(bytes);
  if (record) wire::settle(*record);
  return record;
}

base::Result<model::Signal> decode_signal(std::string_view bytes) {
  auto signal = wire::decode_signal(bytes);
  if (signal) wire::settle(*signal);
  return signal;
}

base::Result<model::DeadLetter> decode_dead_letter(std::string_view bytes) {
  auto decoded = wire::decode_dead_letter(bytes);
  if (!decoded) return base::fail(decoded.error());
  return std::move(decoded->letter);
}

base::Result<wire::StateExport> decode_export(std::string_view bytes) {
  auto state = wire::decode_export(bytes);
  if (!state) return state;
  for (model::StoryState& story : state->stories) {
    if (story.live) wire::settle(*story.live);
    for (model::FactsRecord& rival : story.rivals) wire::settle(rival);
  }
  // What is encoded is sorted; what is compared must be.
  return wire::decode_export(wire::encode_export(*state));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  there_and_back(bytes, decode_event, wire::encode_event);
  there_and_back(bytes, decode_facts, wire::encode_facts);
  there_and_back(bytes, decode_signal, wire::encode_signal);
  there_and_back(bytes, decode_dead_letter,
                 [](const model::DeadLetter& letter) { return wire::encode_dead_letter(letter); });
  there_and_back(bytes, wire::decode_lane_guard, wire::encode_lane_guard);
  there_and_back(bytes, decode_export, wire::encode_export);
  static_cast<void>(wire::parse_traceparent(bytes));
  return 0;
}
