#pragma once
// The assertion: always on, prints the place and aborts. It states what no input can break; an
// input that is wrong is an Error instead.

namespace wiremill::base {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace wiremill::base

#define WIREMILL_ASSERT(expression)                                                  \
  ((expression) ? static_cast<void>(0)                                               \
                : ::wiremill::base::assertion_failed(#expression, __FILE__, __LINE__))
