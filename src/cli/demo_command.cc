#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "cli/commands.h"
#include "cli/demo_feed.h"
#include "cli/demo_screen.h"
#include "cli/demo_summary.h"
#include "cli/logs.h"
#include "cli/service.h"
#include "cli/stop.h"
#include "pipeline/ingest.h"

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr double kSecondsDefault = 75;   ///< how long the feed takes unless it is said otherwise
constexpr std::size_t kLinesAtOnce = 64;  ///< appended between two looks at the board
constexpr milliseconds kLookEvery{100};
constexpr milliseconds kLookEveryFast{40};

struct DemoArgs {
  std::vector<std::string> files;
  double speed = 0;  ///< seconds of the feed in one of ours; 0: so that it takes kSecondsDefault
  bool fast = false;
  bool stay = false;
  int port = -1;
};

/// A folder that is gone with its content when the demo is.
class TemporaryFolder {
 public:
  [[nodiscard]] static base::Result<TemporaryFolder> make() {
    std::error_code error;
    std::string path = (fs::temp_directory_path(error) / "wiremill-demo-XXXXXX").string();
    if (error || mkdtemp(path.data()) == nullptr) {
      return base::rejected(fmt::format("{}: no temporary folder can be made there", path));
    }
    return TemporaryFolder(path);
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, "")) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;  // one scope, one folder
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// One service, one feed, one screen. Threads: one, beside those of the service.
class Demo {
 public:
  Demo(Service& service, const DemoFeed& feed, const pipeline::Topics& topics,
       const DemoArgs& args, const std::atomic<bool>& stop)
      : service_(service), feed_(feed), topics_(topics), args_(args), stop_(stop),
        screen_(DemoScreen::open(service.catalogue())) {
    // Between two topics the order of the feed would be lost.
    topics_.filings = topics_.news;
  }

  /// Until the feed is read and worked on, or the stop is asked for.
  [[nodiscard]] base::Result<void> run() {
    const base::Stopwatch watch;
    while (sent_ < feed_.lines.size() && !is_over()) {
      const double part = args_.fast ? 1 : watch.seconds() / seconds();
      if (auto sent = send(feed_.due(feed_.at(part))); !sent) return sent;
      if (args_.fast) {
        wait_until_drained();
      } else {
        show(feed_.at(part));
        std::this_thread::sleep_for(kLookEvery);
      }
    }
    wait_until_drained();
    look_again();
    read_seconds_ = watch.seconds();
    while (args_.stay && !is_over()) look_again();
    screen_->end();
    return {};
  }

  bool read_all() const { return sent_ == feed_.lines.size(); }
  double read_seconds() const { return read_seconds_; }

 private:
  /// Asked to stop, or nobody reads what is written.
  bool is_over() const { return stop_ || std::ferror(stdout) != 0; }

  double seconds() const {
    const double span = std::chrono::duration<double>(feed_.span()).count();
    return args_.speed > 0 ? span / args_.speed : kSecondsDefault;
  }

  base::Instant last_received() const {
    return feed_.lines[std::max<std::size_t>(sent_, 1) - 1].received;
  }

  [[nodiscard]] base::Result<void> send(std::size_t due) {
    std::vector<pipeline::Line> lines;
    for (bool ends = false; !ends && sent_ < due; ++sent_) {
      lines.push_back({static_cast<std::int64_t>(sent_ + 1), feed_.lines[sent_].text});
      ends = feed_.lines[sent_].under_embargo || lines.size() == kLinesAtOnce;
    }
    if (lines.empty()) return {};
    const auto done = pipeline::ingest(service_.log(), topics_, lines, pipeline::BadLine::kAppend);
    return done ? base::Result<void>() : base::fail(done.error());
  }

  void show(base::Instant feed_time) {
    screen_->show(service_.board(), {feed_time, sent_, feed_.lines.size(), service_.url()});
  }

  void wait_until_drained() {
    while (!is_over() && !service_.is_drained()) look_again();
  }

  void look_again() {
    std::this_thread::sleep_for(args_.fast ? kLookEveryFast : kLookEvery);
    show(last_received());
  }

  Service& service_;
  const DemoFeed& feed_;
  pipeline::Topics topics_;
  const DemoArgs& args_;
  const std::atomic<bool>& stop_;
  std::unique_ptr<DemoScreen> screen_;
  std::size_t sent_ = 0;
  double read_seconds_ = 0;
};

base::Result<Config> config_of(const GlobalArgs& globals, const DemoArgs& args) {
  auto config = configuration(globals);
  if (!config) return config;
  if (!config->kafka.brokers.empty()) {
    return base::rejected("the demo runs on the embedded log; leave --brokers out");
  }
  if (!globals.data_folder.empty() && has_log(globals.data_folder)) {
    return base::rejected(fmt::format("--data {}: there is a log already; the demo needs a folder "
                                      "of its own", globals.data_folder));
  }
  if (args.port >= 0) config->http.port = static_cast<std::uint16_t>(args.port);
  config->time = TimeSource::kReceived;
  config->stages = Stages::kAll;
  config->log.level = telemetry::LogLevel::kError;  // the screen is ours
  // One lane each, so that the order of the feed is the order of work.
  config->layout.input_partitions = config->layout.facts_partitions = 1;
  config->layout.extract_lanes = config->layout.score_shards = 1;
  return config;
}

/// Runs the service beside the demo and stops it in order.
base::Result<void> run_beside(Service& service, Demo& demo) {
  std::atomic<bool> stop{false};
  base::Result<void> served;
  std::thread runner([&] { served = service.run(stop); });
  const auto done = demo.run();
  stop = true;
  runner.join();
  return done ? served : done;
}

base::Result<ExitCode> run_demo(Config config, const DemoArgs& args) {
  const std::atomic<bool>& stop = stop_on_signals();
  base::Result<std::vector<std::string>> files = args.files;
  if (args.files.empty()) files = sample_files();
  if (!files) return base::fail(files.error());
  const auto feed = read_feed(*files);
  if (!feed) return base::fail(feed.error());
  const base::SystemClock clock;
  const auto service = Service::open(config, clock);
  if (!service) {
    base::Error error = service.error();
    if (error.text.starts_with("cannot listen")) error.text += "; --port 0 takes any free one";
    return base::fail(std::move(error));
  }
  Demo demo(**service, *feed, config.topics, args, stop);
  if (const auto done = run_beside(**service, demo); !done) return base::fail(done.error());
  const auto summary = summarise((*service)->log(), config.topics);
  if (!summary) return base::fail(summary.error());
  const bool colours = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print("\n{}", summary_text(*summary, (*service)->catalogue(), Ink{colours}));
  fmt::print("\n{} in {:.1f} s.\n", demo.read_all() ? "All read" : "Stopped before the end,",
             demo.read_seconds());
  if (std::fflush(stdout) != 0) return base::rejected("standard output cannot be written");
  return demo.read_all() ? ExitCode::kDone : ExitCode::kInterrupted;
}

ExitCode run_in_folder(const GlobalArgs& globals, const DemoArgs& args) {
  auto config = config_of(globals, args);
  if (!config) return report(config.error());
  if (!globals.data_folder.empty()) {
    const auto done = run_demo(std::move(*config), args);
    return done ? *done : report(done.error());
  }
  const auto folder = TemporaryFolder::make();
  if (!folder) return report(folder.error());
  config->local.folder = folder->path();
  const auto done = run_demo(std::move(*config), args);
  return done ? *done : report(done.error());
}

}  // namespace

void add_demo(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "demo", "A sample feed of three months in little more than a minute, on the embedded log");
  auto args = std::make_shared<DemoArgs>();
  command->add_option("files", args->files,
                      "Files of events instead of the sample feed, one JSON object a line");
  auto* const speed =
      command->add_option("--speed", args->speed, "Seconds of the feed that pass in one second")
          ->check(CLI::Range(1.0, 1e9));
  command->add_flag("--fast", args->fast, "As quick as it can")->excludes(speed);
  command->add_flag("--stay", args->stay, "Keep page and metrics up at the end, until Ctrl-C");
  command->add_option("--port", args->port, "HTTP port on loopback; 0 takes any free one")
      ->check(CLI::Range(0, 65535));
  command->callback([&globals, &chosen, args] {
    chosen = [&globals, args] { return run_in_folder(globals, *args); };
  });
}

}  // namespace wiremill::cli
