#pragma once
// What a call gives back: a value or an Error that says what to do now.
//
//   Result<Event> event = decode_event(bytes);
//   if (!event) return fail(event.error());
//
// A bug is not an Error (see assert.h) and "nothing" is std::optional.

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace wiremill::base {

/// What the caller's loop does about a failure. Closed: a switch over it has no default.
enum class ErrorKind {
  kMalformed,  ///< this input can never succeed: dead letter, move on
  kTransient,  ///< the same call may succeed later: bounded retry, the position stays
  kRejected,   ///< an operator must change something: refuse to start
  kFatal,      ///< we can no longer vouch for ourselves: rebuild the part or stop
};

std::string_view name_of(ErrorKind kind);

/// A failure. `text` is for people and names the thing, the value and the limit; `reason` is one
/// word from a closed set ("missing_field", "bad_json"), fit for a metric label or a dead letter.
struct Error {
  ErrorKind kind = ErrorKind::kFatal;
  std::string text;
  std::string reason = {};
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> malformed(std::string reason, std::string text) {
  return fail({ErrorKind::kMalformed, std::move(text), std::move(reason)});
}
inline tl::unexpected<Error> transient(std::string text) {
  return fail({ErrorKind::kTransient, std::move(text)});
}
inline tl::unexpected<Error> rejected(std::string text) {
  return fail({ErrorKind::kRejected, std::move(text)});
}
inline tl::unexpected<Error> fatal(std::string text) {
  return fail({ErrorKind::kFatal, std::move(text)});
}

}  // namespace wiremill::base
