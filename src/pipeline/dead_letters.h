#pragma once
// A record that cannot be worked on, as an output to the dead letters.

#include <string>
#include <string_view>

#include "stream/stream.h"

namespace wiremill::pipeline {

/// The record with its bytes, headers and coordinates, why it failed and after how many attempts.
/// The key of the output is the record's coordinates. Memory: originals beyond the inline limit of
/// `wire` are cut and say so, so the output can always be written.
stream::Output dead_letter(const std::string& topic, std::string_view stage,
                           const stream::Record& record, std::string_view reason,
                           std::string_view detail, std::int64_t attempts = 1);

/// The record's W3C trace context, empty when it has none or a broken one.
std::string traceparent_of(const stream::Headers& headers);
/// The headers that carry a trace context on; none when it is empty.
stream::Headers trace_headers(const std::string& traceparent);

}  // namespace wiremill::pipeline
