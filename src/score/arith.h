#pragma once
// The arithmetic of belief: exp2, ln and sqrt from + - * / and integer operations alone, so that
// a result has the same bits on every machine, whatever its C library and its instruction set.
// Built with -ffp-contract=off. Each is within 4e-15 of the true value, relatively.
//
//   exp2(-hours / half_life_hours)      // what is left of a piece of evidence

#include <cstdint>

namespace wiremill::score {

/// 2^x. Below -1022 the result is 0; at 1024 and above it is the greatest double. NaN is no input.
double exp2(double x);

/// The natural logarithm. Requires: x > 0, finite and not denormal.
double ln(double x);

/// e^x, within 1e-14 for |x| <= 20.
double exp(double x);

/// The square root. Requires: x >= 0 and finite; 0 for what is denormal.
double sqrt(double x);

/// The nearest number of thousandths, halves away from zero: how values are compared and shown.
/// Beyond 9e15 it stays there.
std::int64_t thousandths(double x);

}  // namespace wiremill::score
