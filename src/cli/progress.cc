#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cli/tables.h"

namespace wiremill::cli {
namespace {

constexpr double kDrawSeconds = 0.2;
constexpr double kPlainSeconds = 5;
constexpr std::size_t kBarCells = 24;
constexpr std::size_t kIdBytes = 48;
constexpr double kMega = 1e6;

/// "[=====>      ]  41 %"
std::string bar(std::uint64_t done, std::uint64_t total) {
  const double share =
      total == 0 ? 1 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto cells = static_cast<std::size_t>(share * kBarCells);
  return fmt::format("[{:=<{}}{: <{}}] {:3.0f} %  ", "", cells, cells < kBarCells ? ">" : "",
                     kBarCells - cells, std::floor(share * 100));
}

}  // namespace

std::optional<std::uint64_t> bytes_of(const std::vector<std::string>& files) {
  std::uint64_t bytes = 0;
  for (const std::string& file : files) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure)) return std::nullopt;
    bytes += std::filesystem::file_size(file, failure);
    if (failure) return std::nullopt;
  }
  return bytes;
}

std::string progress_line(const pipeline::ReplayCounts& counts, double seconds,
                          std::optional<std::uint64_t> bytes_total) {
  const double per_second = seconds > 0 ? 1 / seconds : 0;
  const double megabytes = static_cast<double>(counts.bytes) / kMega;
  // Line breaks are bytes of the file, too.
  std::string line = bytes_total ? bar(counts.bytes + counts.events, *bytes_total) : "";
  line += fmt::format("{} events  {:.1f} MB  {:.0f} events/s  {:.2f} MB/s  {} dead letters",
                      counts.events, megabytes, static_cast<double>(counts.events) * per_second,
                      megabytes * per_second, counts.dead_letters);
  if (counts.slowest_seconds > 0) {
    line += fmt::format("  slowest {:.1f} ms {}", counts.slowest_seconds * 1000,
                        shown(counts.slowest, kIdBytes));
  }
  return line;
}

std::string closing_line(const pipeline::ReplayCounts& counts) {
  std::string line = fmt::format("extract {:.1f} s, score {:.1f} s", counts.extract_seconds,
                                 counts.score_seconds);
  if (counts.late > 0) {
    const auto hours = std::chrono::duration<double, std::ratio<3600>>(counts.latest).count();
    line += fmt::format("; {} events came after later ones, by at most {:.1f} h", counts.late,
                        hours);
  }
  return line;
}

Progress::Progress(std::optional<std::uint64_t> bytes_total, bool in_place)
    : bytes_total_(bytes_total), in_place_(in_place) {}

void Progress::show(const pipeline::ReplayCounts& counts) {
  const double seconds = since_start_.seconds();
  if (seconds - printed_ < (in_place_ ? kDrawSeconds : kPlainSeconds)) return;
  printed_ = seconds;
  print(counts);
}

void Progress::end(const pipeline::ReplayCounts& counts) {
  if (!any_ && !in_place_) return;
  print(counts);
  fmt::print(stderr, "{}{}\n", in_place_ ? "\n" : "", closing_line(counts));
}

void Progress::print(const pipeline::ReplayCounts& counts) {
  const std::string line = progress_line(counts, since_start_.seconds(), bytes_total_);
  // On a terminal from the left edge, and the rest of the line before it away.
  if (in_place_) fmt::print(stderr, "\r{}\x1b[K", line);
  if (!in_place_) fmt::print(stderr, "{}\n", line);
  any_ = true;
}

}  // namespace wiremill::cli
