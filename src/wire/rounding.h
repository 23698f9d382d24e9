#pragma once
// How doubles are written: at most so many decimals, shortest form, never an exponent or "-0".
//
//   decimal_text(rounded(0.93000001, 4))      // "0.93"

#include <string>

namespace wiremill::wire {

inline constexpr int kFactsDecimals = 4;   ///< relevance, tone scores, confidences
inline constexpr int kSignalDecimals = 6;  ///< values, weights, contributions

/// The double nearest to `value` with at most `decimals` decimals, fewer when it would need more
/// than 15 digits; halves away from zero. Idempotent: rounding twice changes nothing.
double rounded(double value, int decimals);

/// The shortest decimal text that reads back as the same double; with ".0" when it would be an
/// integer beyond 64 bits. Requires: finite.
std::string decimal_text(double value);

}  // namespace wiremill::wire
