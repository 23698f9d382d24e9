#pragma once
// Why a record is dead: the closed set of reasons, fit for metric labels and dead letters.

#include <array>
#include <string_view>

namespace wiremill::wire {

/// What a decoder of this room can say.
inline constexpr std::array<std::string_view, 9> kDecodeReasons{
    "bad_json",       // not one JSON document, a key twice in an object, half a surrogate pair
    "invalid_utf8",   // bytes that are not UTF-8
    "empty",          // nothing but white space
    "missing_field",  // a required field is absent or null
    "wrong_type",     // text where a number is wanted, …
    "bad_value",      // a word outside its list, a number outside its range
    "bad_time",       // not RFC 3339 with an offset
    "too_large",      // more bytes or values than allowed
    "too_deep",       // nested deeper than allowed
};

/// What else makes a dead letter: reasons outside the bytes.
inline constexpr std::array<std::string_view, 3> kOtherReasons{
    "tombstone",         // a record without a value where an event is wanted
    "output_too_large",  // what the record leads to can never be written
    "kills_process",     // the process died again and again while it worked on the record
};

}  // namespace wiremill::wire
