#pragma once
// W3C trace context: the one header by which a record can be followed through other systems.
//
//   parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")

#include <string>
#include <string_view>

namespace wiremill::wire {

/// The value when it is a valid `version-traceid-parentid-flags`, else empty: a broken trace
/// context is dropped as the standard asks, never an error.
std::string parse_traceparent(std::string_view value);

}  // namespace wiremill::wire
