#include "telemetry/log.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "telemetry/escape.h"

namespace wiremill::telemetry {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};

/// At most `bytes_max` bytes, cut between code points and marked with "…".
std::string shortened(std::string_view value, std::size_t bytes_max) {
  if (value.size() <= bytes_max) return std::string(value);
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
  return std::string(value.substr(0, end)) + "…";
}

/// Needs no quotes in logfmt: not empty, and plain visible ASCII without = " and backslash.
bool is_plain(std::string_view text) {
  constexpr std::string_view kSpecial = "=\"\\";
  for (const char c : text) {
    if (c <= ' ' || c > '~' || kSpecial.find(c) != std::string_view::npos) return false;
  }
  return !text.empty();
}

}  // namespace

Log::Log(LogOptions options, const base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {}

Log::~Log() { flush(); }

void Log::write(LogLevel level, std::string_view event, Fields fields) {
  if (level < options_.level) return;
  const base::Instant at = clock_.now();
  const std::lock_guard lock(mutex_);
  auto found = windows_.find(event);
  if (found == windows_.end()) {
    found = windows_.emplace(std::string(event), Window{.began = at}).first;
  }
  Window& window = found->second;
  if (at - window.began >= options_.window) {
    window.began = at;
    window.lines = 0;
  }
  if (window.lines == options_.lines_max) {
    ++window.suppressed;
    return;
  }
  ++window.lines;
  emit(at, level, event, fields, std::exchange(window.suppressed, 0));
}

void Log::flush() {
  const std::lock_guard lock(mutex_);
  for (auto& [event, window] : windows_) {
    if (window.suppressed == 0) continue;
    const std::string_view code = event;
    emit(clock_.now(), LogLevel::kWarning, "log_suppressed", {{"code", code}},
         std::exchange(window.suppressed, 0));
  }
}

std::string Log::shown(std::string_view value) const {
  std::string text(value);
  for (const std::string& secret : options_.secrets) {
    if (secret.empty()) continue;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3) {
      text.replace(at, secret.size(), "***");
    }
  }
  return escaped(shortened(text, options_.value_bytes_max));
}

void Log::add(std::string& line, const LogField& field) const {
  const bool json = options_.format == LogFormat::kJson;
  line += json ? fmt::format(",\"{}\":", field.key) : fmt::format(" {}=", field.key);
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    const std::string value = shown(*text);
    line += json || !is_plain(value) ? fmt::format("\"{}\"", value) : value;
  } else if (const auto* number = std::get_if<double>(&field.value)) {
    line += std::isfinite(*number) ? fmt::format("{:.6g}", *number) : "null";
  } else if (const auto* truth = std::get_if<bool>(&field.value)) {
    line += *truth ? "true" : "false";
  } else if (const auto* count = std::get_if<std::uint64_t>(&field.value)) {
    line += fmt::format("{}", *count);
  } else {
    line += fmt::format("{}", std::get<std::int64_t>(field.value));
  }
}

void Log::emit(base::Instant at, LogLevel level, std::string_view event, Fields fields,
               std::uint64_t suppressed) {
  const bool json = options_.format == LogFormat::kJson;
  const std::string_view word = kLevels[static_cast<std::size_t>(level)];
  std::string line =
      json ? fmt::format(R"({{"ts":"{}","level":"{}","event":"{}")", base::to_rfc3339(at), word,
                         event)
           : fmt::format("ts={} level={} event={}", base::to_rfc3339(at), word, event);
  for (const LogField& field : fields) add(line, field);
  if (suppressed > 0) add(line, {"suppressed", suppressed});
  line += json ? "}\n" : "\n";
  if (options_.sink) {
    options_.sink(line);
  } else {
    // One call, so that lines of several processes on one terminal do not mix.
    std::fwrite(line.data(), 1, line.size(), stderr);
  }
}

}  // namespace wiremill::telemetry
