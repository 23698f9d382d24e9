#pragma once
// Time as a value. Instants are UTC with microseconds; nothing outside this room asks the machine
// what time it is: a Clock or a Deadline is passed in.
//
//   Result<Instant> at = parse_rfc3339("2026-02-06T09:10:00+09:00");   // 2026-02-06T00:10:00Z

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wiremill::base {

using Duration = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Duration>;

/// Reads RFC 3339 with an offset or Z and 0 to 9 fraction digits (cut to microseconds), years
/// 1900 to 2200. Errors: malformed (reason "bad_time") for anything else; a time without an offset
/// is an error because its zone is unknown. A leap second 60 reads as 59.
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

/// "2026-02-06T00:10:00Z", with ".123" or ".123456" only when the fraction is not zero.
std::string to_rfc3339(Instant at);

/// Milliseconds since 1970 to Instant and back (rounded down).
Instant from_unix_ms(std::int64_t ms);
std::int64_t to_unix_ms(Instant at);

/// The greatest multiple of `step` (since 1970) that is not after `at`. Requires: step > 0.
Instant floor_to(Instant at, Duration step);

/// Where the time comes from. Threads: now() may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// A clock that moves when told to; for tests and replays. Threads: one.
class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  void set(Instant at) { now_ = at; }
  void advance(Duration by) { now_ += by; }

 private:
  Instant now_;
};

/// A moment on the monotonic clock until which a call may wait.
class Deadline {
 public:
  static Deadline in(std::chrono::milliseconds span);
  static Deadline never() { return Deadline(std::chrono::steady_clock::time_point::max()); }
  bool passed() const;
  /// What is left, never negative, at most one hour.
  std::chrono::milliseconds left() const;
  /// The earlier of the two.
  static Deadline earlier(Deadline a, Deadline b) { return a.at_ < b.at_ ? a : b; }

 private:
  explicit Deadline(std::chrono::steady_clock::time_point at) : at_(at) {}
  std::chrono::steady_clock::time_point at_;
};

/// Measures a span on the monotonic clock, for metrics only.
class Stopwatch {
 public:
  Stopwatch();
  double seconds() const;
  std::chrono::milliseconds span() const;  ///< rounded down

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace wiremill::base
