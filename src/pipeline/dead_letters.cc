#include "pipeline/dead_letters.h"

#include <fmt/format.h>

#include "wire/dead_letter.h"
#include "wire/traceparent.h"

namespace wiremill::pipeline {

stream::Output dead_letter(const std::string& topic, std::string_view stage,
                           const stream::Record& record, std::string_view reason,
                           std::string_view detail, std::int64_t attempts) {
  model::DeadLetter letter;
  letter.stage = stage;
  letter.reason = reason;
  letter.detail = detail;
  letter.topic = record.from.topic;
  letter.partition = record.from.partition;
  letter.offset = record.offset;
  letter.appended_at = record.appended;
  letter.key = record.key;
  letter.value = record.value;
  letter.headers = record.headers;
  letter.attempts = attempts;
  letter.traceparent = traceparent_of(record.headers);
  return {.topic = topic,
          .key = fmt::format("{}/{}/{}", record.from.topic, record.from.partition, record.offset),
          .value = wire::encode_dead_letter(letter),
          .headers = trace_headers(letter.traceparent)};
}

std::string traceparent_of(const stream::Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (name == "traceparent") return wire::parse_traceparent(value);
  }
  return {};
}

stream::Headers trace_headers(const std::string& traceparent) {
  if (traceparent.empty()) return {};
  return {{"traceparent", traceparent}};
}

}  // namespace wiremill::pipeline
