// Memory and speed of a long replay: invented news over years of their own time, so that what is
// live soon stays as much as it is, and memory with it, however long the input goes on.
//
//   replay_bench [--events 200000] [--minutes 30]
//
// Prints events, live stories, resident memory and speed at each quarter of the input; fails when
// memory at the end is more than a fifth above that at the first quarter.

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "pipeline/replay.h"

namespace {

using namespace wiremill;

struct Arguments {
  std::int64_t events = 200'000;
  std::int64_t minutes = 30;  ///< between two events; eight come at once
};

void check(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "replay_bench: wrong answer: {}\n", what);
  std::exit(1);
}

/// Most news has a tone and no more; one in twenty says what a company expects of its year.
std::string news(std::int64_t number, base::Instant at) {
  static const std::vector<std::string> names{"Nvidia", "Broadcom", "Vertiv",    "Micron", "Oracle",
                                              "Dell",   "Amazon",   "Microsoft", "Meta",   "Intel"};
  const std::string& name = names[static_cast<std::size_t>(number * 7 % 10)];
  const bool good = number % 3 != 0;
  std::string said = good ? "Its shares surged on strong demand." : "Its shares plunged.";
  if (number % 20 == 0) {
    said = fmt::format("It {} its {} revenue guidance to ${} billion.", good ? "raised" : "cut",
                       base::to_rfc3339(at).substr(0, 4), 20 + number % 71);
  }
  return fmt::format(
      R"({{"id":"news-{0}","published_at":"{1}","publisher":"Outlet {2}","headline":"{3} note {0}")"
      R"(,"body":"Note {0} on {3}. {4} Officials of the town near plant {5} were not asked."}})",
      number, base::to_rfc3339(at), number % 97, name, said, number % 991);
}

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  statm >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

int run(const Arguments& arguments) {
  const auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
  check(catalogue.has_value(), "the catalogue loads");
  base::SimulatedClock clock{base::Instant{}};
  telemetry::Telemetry telemetry({.log = {.sink = [](std::string_view) {}}}, clock);
  const pipeline::Topics topics;
  pipeline::ExtractWork extract(*extract::compile(*catalogue, {}), topics, telemetry, {});
  pipeline::ScoreWork score(
      std::make_unique<score::Scorer>(*score::compile(*catalogue), score::Options{}), topics,
      pipeline::Ticking::kSimulated, "score.0", telemetry);
  std::uint64_t signals = 0;
  pipeline::Replay replay(clock, topics, extract, score,
                          {{}, [&](std::string_view) { ++signals; }, {}});

  fmt::print("{:>9} {:>8} {:>9} {:>10} {:>10}\n", "events", "stories", "signals", "memory MB",
             "events/s");
  const base::Instant start = *base::parse_rfc3339("2026-01-01T00:00:00Z");
  const base::Stopwatch watch;
  double first_mb = 0;
  double last_mb = 0;
  for (std::int64_t n = 0; n < arguments.events; ++n) {
    replay.add(news(n, start + std::chrono::minutes(arguments.minutes * (n - n % 8))));
    if ((n + 1) % (arguments.events / 4) != 0) continue;
    last_mb = resident_mb();
    if (first_mb == 0) first_mb = last_mb;
    fmt::print("{:>9} {:>8} {:>9} {:>10.1f} {:>10.0f}\n", n + 1, score.scorer().story_count(),
               signals, last_mb, static_cast<double>(n + 1) / watch.seconds());
    std::fflush(stdout);
  }
  replay.end(std::nullopt);
  check(signals > static_cast<std::uint64_t>(arguments.events) / 8, "news moves something");
  check(replay.counts().dead_letters == 0, "every event is read");
  check(score.scorer().story_count() < static_cast<std::size_t>(arguments.events / 4),
        "stories are forgotten");
  const bool flat = last_mb <= 1.2 * first_mb;
  if (!flat) fmt::print("NOT FLAT: {:.1f} MB became {:.1f} MB\n", first_mb, last_mb);
  return flat ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--events") arguments.events = std::strtoll(argv[i + 1], nullptr, 10);
    if (name == "--minutes") arguments.minutes = std::strtoll(argv[i + 1], nullptr, 10);
  }
  return run(arguments);
}
