#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace wiremill::base {
namespace {

using std::chrono::day;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

/// Reads exactly `digits` decimal digits at `at`; -1 when they are not there.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  const char* end = text.data() + at + digits;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  const bool all_digits = text[at] >= '0' && text[at] <= '9';
  return error == std::errc() && stop == end && all_digits ? value : -1;
}

bool char_at(std::string_view text, std::size_t at, std::string_view any_of) {
  return at < text.size() && any_of.find(text[at]) != std::string_view::npos;
}

/// Reads ".123456789" at `at`, moves `at` past it; nullopt-like -1 when a dot has no digits.
std::int64_t fraction_us(std::string_view text, std::size_t& at) {
  if (!char_at(text, at, ".,")) return 0;
  std::int64_t us = 0;
  std::size_t digits = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
    if (digits < 6) us = us * 10 + (text[at] - '0');
  }
  if (digits == 0 || digits > 9) return -1;
  for (std::size_t i = digits; i < 6; ++i) us *= 10;
  return us;
}

/// Reads "Z" or "+09:00" at `at` to the end of the text; false when it is not there.
bool zone_offset(std::string_view text, std::size_t at, minutes& offset) {
  if (char_at(text, at, "Zz")) return at + 1 == text.size();
  if (!char_at(text, at, "+-") || !char_at(text, at + 3, ":") || at + 6 != text.size()) {
    return false;
  }
  const int h = number_at(text, at + 1, 2);
  const int m = number_at(text, at + 4, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59) return false;
  offset = hours(h) + minutes(m);
  if (text[at] == '-') offset = -offset;
  return true;
}

}  // namespace

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto wrong = [&] {
    return malformed("bad_time", fmt::format("\"{}\" is not an RFC 3339 time with an offset, such "
                                             "as 2026-02-06T00:10:00Z", text.substr(0, 64)));
  };
  const int y = number_at(text, 0, 4);
  const int mo = number_at(text, 5, 2);
  const int d = number_at(text, 8, 2);
  const int h = number_at(text, 11, 2);
  const int mi = number_at(text, 14, 2);
  const int s = number_at(text, 17, 2);
  const bool marks = char_at(text, 4, "-") && char_at(text, 7, "-") && char_at(text, 10, "Tt ") &&
                     char_at(text, 13, ":") && char_at(text, 16, ":");
  const std::chrono::year_month_day date{year(y), month(static_cast<unsigned>(mo)),
                                         day(static_cast<unsigned>(d))};
  if (!marks || y < 1900 || y > 2200 || mo < 0 || d < 0 || !date.ok()) return wrong();
  if (h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60) return wrong();
  std::size_t at = 19;
  const std::int64_t us = fraction_us(text, at);
  minutes offset{0};
  if (us < 0 || !zone_offset(text, at, offset)) return wrong();
  return Instant(sys_days(date)) + hours(h) + minutes(mi) + seconds(std::min(s, 59)) +
         Duration(us) - offset;
}

std::string to_rfc3339(Instant at) {
  const auto whole = std::chrono::floor<seconds>(at);
  const auto date_part = std::chrono::floor<std::chrono::days>(whole);
  const std::chrono::year_month_day date{date_part};
  const std::chrono::hh_mm_ss clock{whole - date_part};
  const auto us = (at - whole).count();
  std::string fraction;
  if (us % 1000 != 0) {
    fraction = fmt::format(".{:06}", us);
  } else if (us != 0) {
    fraction = fmt::format(".{:03}", us / 1000);
  }
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     fraction);
}

Instant from_unix_ms(std::int64_t ms) { return Instant(std::chrono::milliseconds(ms)); }

std::int64_t to_unix_ms(Instant at) {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

Instant floor_to(Instant at, Duration step) {
  const std::int64_t count = at.time_since_epoch().count();
  const std::int64_t rest = ((count % step.count()) + step.count()) % step.count();
  return Instant(Duration(count - rest));
}

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Deadline Deadline::in(std::chrono::milliseconds span) {
  return Deadline(std::chrono::steady_clock::now() + span);
}

bool Deadline::passed() const { return std::chrono::steady_clock::now() >= at_; }

std::chrono::milliseconds Deadline::left() const {
  using std::chrono::milliseconds;
  const auto now = std::chrono::steady_clock::now();
  if (at_ <= now) return milliseconds(0);
  if (at_ - now > hours(1)) return hours(1);
  return std::chrono::ceil<milliseconds>(at_ - now);
}

Stopwatch::Stopwatch() : start_(std::chrono::steady_clock::now()) {}

double Stopwatch::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

std::chrono::milliseconds Stopwatch::span() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
}

}  // namespace wiremill::base
