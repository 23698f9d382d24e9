#include "telemetry/system_metrics.h"

#include <prometheus/metric_family.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

namespace wiremill::telemetry {
namespace {

/// The numbers of /proc/self/stat that we show, in its units: clock ticks, bytes, pages.
struct Stat {
  double cpu_ticks = 0;
  double threads = 0;
  double start_ticks = 0;
  double virtual_bytes = 0;
  double resident_pages = 0;
};

/// Fields are counted from 1 as in proc(5); the second, the program's name in brackets, may hold
/// blanks, so reading begins after its last bracket.
std::optional<Stat> read_stat() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t bracket = text.rfind(')');
  if (bracket == std::string::npos) return std::nullopt;
  std::istringstream rest(text.substr(bracket + 1));
  std::string word;
  Stat stat;
  for (int field = 3; field <= 24 && rest >> word; ++field) {
    const double value = field == 3 ? 0 : std::strtod(word.c_str(), nullptr);
    if (field == 14 || field == 15) stat.cpu_ticks += value;
    if (field == 20) stat.threads = value;
    if (field == 22) stat.start_ticks = value;
    if (field == 23) stat.virtual_bytes = value;
    if (field == 24) stat.resident_pages = value;
  }
  if (!rest) return std::nullopt;
  return stat;
}

/// The number after a word at the beginning of a line, such as "btime 1700000000".
std::optional<double> number_after(const char* path, const std::string& words) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind(words, 0) != 0) continue;
    std::istringstream rest(line.substr(words.size()));
    std::string word;
    rest >> word;
    if (word == "unlimited") return std::numeric_limits<double>::infinity();
    return std::strtod(word.c_str(), nullptr);
  }
  return std::nullopt;
}

std::optional<double> open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return std::nullopt;
  // One of them is the open folder itself.
  return static_cast<double>(std::distance(begin(files), end(files)) - 1);
}

void add(std::vector<prometheus::MetricFamily>& families, const char* name, const char* help,
         prometheus::MetricType type, std::optional<double> value) {
  if (!value) return;
  prometheus::ClientMetric metric;
  metric.counter.value = *value;
  metric.gauge.value = *value;
  families.push_back({name, help, type, {std::move(metric)}});
}

}  // namespace

void append_system_metrics(std::vector<prometheus::MetricFamily>& families) {
  using prometheus::MetricType;
  const double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  const double page = static_cast<double>(sysconf(_SC_PAGESIZE));
  if (const std::optional<Stat> stat = read_stat()) {
    add(families, "process_cpu_seconds_total", "CPU time used, user and system.",
        MetricType::Counter, stat->cpu_ticks / ticks);
    add(families, "process_threads", "Threads now.", MetricType::Gauge, stat->threads);
    add(families, "process_virtual_memory_bytes", "Virtual memory.", MetricType::Gauge,
        stat->virtual_bytes);
    add(families, "process_resident_memory_bytes", "Resident memory.", MetricType::Gauge,
        stat->resident_pages * page);
    if (const std::optional<double> boot = number_after("/proc/stat", "btime ")) {
      add(families, "process_start_time_seconds", "When the process started, since 1970.",
          MetricType::Gauge, *boot + stat->start_ticks / ticks);
    }
  }
  add(families, "process_open_fds", "Open file descriptors.", MetricType::Gauge, open_files());
  add(families, "process_max_fds", "Limit of open file descriptors.", MetricType::Gauge,
      number_after("/proc/self/limits", "Max open files"));
}

}  // namespace wiremill::telemetry
