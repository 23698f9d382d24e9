#pragma once
// The log: one line for each event, to stderr unless told otherwise, as logfmt or JSON.
//
//   log.write(LogLevel::kWarning, "dead_letter", {{"reason", "bad_json"}, {"offset", 4711}});
//   ts=2026-02-06T00:10:00Z level=warning event=dead_letter reason=bad_json offset=4711
//
// A flood of one event is cut to `lines_max` lines a window; the next line of that event says
// suppressed=N. Values may come from outside: they are shortened, control and direction-changing
// characters are escaped, secrets named in the options become ***.
// What this does not do: no files, no rotation, no colours; that is the supervisor's work.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"

namespace wiremill::telemetry {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kLogfmt, kJson };

struct LogOptions {
  LogLevel level = LogLevel::kInfo;         ///< lines below it are not written
  LogFormat format = LogFormat::kLogfmt;
  std::size_t lines_max = 20;               ///< of one event in one window; more are suppressed
  base::Duration window = std::chrono::seconds(10);
  std::size_t value_bytes_max = 240;        ///< longer values end in "…"
  std::vector<std::string> secrets = {};         ///< never written, wherever they appear
  /// Takes one line with its newline. Empty: stderr. Threads: called under a lock, one at a time.
  std::function<void(std::string_view line)> sink = {};
};

struct LogField {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
  LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
  LogField(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, std::int64_t v) : key(k), value(v) {}
  LogField(std::string_view k, std::int32_t v) : key(k), value(std::int64_t{v}) {}
  LogField(std::string_view k, std::uint64_t v) : key(k), value(v) {}
  LogField(std::string_view k, double v) : key(k), value(v) {}
  LogField(std::string_view k, bool v) : key(k), value(v) {}
  std::string_view key;  ///< a plain word
  Value value;
};

/// Threads: any. Borrows: the clock, as long as it lives.
class Log {
 public:
  Log(LogOptions options, const base::Clock& clock);
  ~Log();  ///< flushes
  Log(const Log&) = delete;  // one owner of the counts of suppressed lines
  Log& operator=(const Log&) = delete;

  using Fields = std::initializer_list<LogField>;
  /// `event` is a stable code of plain characters, known at compile time.
  void write(LogLevel level, std::string_view event, Fields fields);
  /// Writes one "log_suppressed" line for each event with lines that were never accounted for.
  void flush();

 private:
  struct Window {
    base::Instant began;
    std::size_t lines = 0;
    std::uint64_t suppressed = 0;
  };
  void emit(base::Instant at, LogLevel level, std::string_view event, Fields fields,
            std::uint64_t suppressed);
  std::string shown(std::string_view value) const;
  void add(std::string& line, const LogField& field) const;

  LogOptions options_;
  const base::Clock& clock_;
  std::mutex mutex_;  ///< windows_ and the sink
  std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace wiremill::telemetry
