#include "cli/demo_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/knowledge.h"
#include "cli/lines.h"
#include "wire/event.h"

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;

bool is_feed(const fs::path& file) {
  return file.extension() == ".ndjson" && !file.filename().string().starts_with("expected-");
}

}  // namespace

base::Result<std::vector<std::string>> sample_files() {
  const auto folder = find_sample_folder();
  if (!folder) return base::fail(folder.error());
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(*folder, error)) {
    if (is_feed(entry.path())) files.push_back(entry.path().string());
  }
  if (files.empty()) {
    return base::rejected(fmt::format("{} has no files of events (*.ndjson); name some: "
                                      "wiremill demo FILE…", *folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

base::Instant DemoFeed::at(double part) const {
  const double passed = static_cast<double>(span().count()) * std::clamp(part, 0.0, 1.0);
  return lines.front().received + base::Duration(static_cast<std::int64_t>(passed));
}

std::size_t DemoFeed::due(base::Instant until) const {
  const auto end = std::upper_bound(
      lines.begin(), lines.end(), until,
      [](base::Instant at, const FeedLine& line) { return at < line.received; });
  return static_cast<std::size_t>(end - lines.begin());
}

base::Result<DemoFeed> read_feed(const std::vector<std::string>& files) {
  DemoFeed feed;
  for (const std::string& file : files) {
    std::optional<base::Instant> last;
    const std::size_t first = feed.lines.size();
    const auto read = for_each_line(file, [&](std::string_view line) -> base::Result<void> {
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
      const auto event = wire::decode_event(line);
      if (event) last = event->event.received_at.value_or(event->event.published_at);
      feed.lines.push_back({.received = last.value_or(base::Instant::max()),
                            .under_embargo = event && event->event.embargo_until,
                            .text = std::string(line)});
      return {};
    });
    if (!read) return base::fail(read.error());
    // What stands before the first event comes with it.
    base::Instant next = last.value_or(base::Instant());
    for (std::size_t i = feed.lines.size(); i-- > first;) {
      base::Instant& received = feed.lines[i].received;
      if (received == base::Instant::max()) received = next;
      next = received;
    }
  }
  if (feed.lines.empty()) return base::rejected("the feed has no line: nothing to replay");
  std::stable_sort(feed.lines.begin(), feed.lines.end(), [](const FeedLine& a, const FeedLine& b) {
    return a.received < b.received;
  });
  return feed;
}

}  // namespace wiremill::cli
