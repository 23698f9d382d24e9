#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/knowledge.h"
#include "cli/lines.h"
#include "cli/logs.h"
#include "cli/progress.h"
#include "cli/tables.h"
#include "pipeline/replay.h"
#include "pipeline/state_view.h"
#include "wire/facts.h"
#include "wire/signal.h"

namespace wiremill::cli {
namespace {

struct ReplayArgs {
  std::vector<std::string> files;
  std::string facts;
  std::string signals;
  std::string state;
  std::string dead_letters;
  std::string until;
  bool show = false;
};

using Sink = std::unique_ptr<LineSink>;

/// The files that outputs go to.
struct Sinks {
  Sink facts;
  Sink signals;
  Sink dead_letters;
  Sink shown;  ///< facts and signals as lines for people
  std::string shown_reason;  ///< stands once above the signals that share it
};

base::Result<void> open_into(const std::string& path, Sink& sink) {
  if (path.empty()) return {};
  auto opened = LineSink::open(path);
  if (!opened) return base::fail(opened.error());
  sink = std::move(*opened);
  return {};
}

/// Without any file asked for, signals go to standard output: shown on a terminal, else as records.
base::Result<Sinks> open_sinks(const ReplayArgs& args) {
  Sinks sinks;
  const bool nothing_asked = !args.show && args.facts.empty() && args.signals.empty() &&
                             args.state.empty() && args.dead_letters.empty();
  const bool show = args.show || (nothing_asked && isatty(STDOUT_FILENO) != 0);
  const std::string signals = nothing_asked && !show ? "-" : args.signals;
  for (const auto& [path, sink] : {std::pair{args.facts, &sinks.facts},
                                   std::pair{signals, &sinks.signals},
                                   std::pair{args.dead_letters, &sinks.dead_letters},
                                   std::pair{std::string(show ? "-" : ""), &sinks.shown}}) {
    if (auto opened = open_into(path, *sink); !opened) return base::fail(opened.error());
  }
  return sinks;
}

void show_facts(Sinks& sinks, std::string_view line, const catalog::Catalogue& catalogue) {
  const auto record = wire::decode_facts(line);
  if (!record || record->facts.empty()) return;
  sinks.shown->write(fmt::format("facts of {} ({})", record->event.id,
                                 base::to_rfc3339(record->event.published_at)));
  sinks.shown->write(facts_table(*record, catalogue));
}

void show_signal(Sinks& sinks, std::string_view line) {
  const auto signal = wire::decode_signal(line);
  const std::string text = signal ? signal_line(*signal) : "";
  if (text.empty()) return;
  std::string reason = reason_line(*signal);
  if (reason != sinks.shown_reason) sinks.shown->write(reason);
  sinks.shown_reason = std::move(reason);
  sinks.shown->write("  " + text);
}

pipeline::ReplaySinks to(Sinks& sinks, const catalog::Catalogue& catalogue) {
  pipeline::ReplaySinks into;
  into.facts = [&sinks, &catalogue](std::string_view line) {
    if (sinks.facts) sinks.facts->write(line);
    if (sinks.shown) show_facts(sinks, line, catalogue);
  };
  into.signals = [&sinks](std::string_view line) {
    if (sinks.signals) sinks.signals->write(line);
    if (sinks.shown) show_signal(sinks, line);
  };
  into.dead_letters = [&sinks](std::string_view line) {
    if (sinks.dead_letters) sinks.dead_letters->write(line);
  };
  return into;
}

base::Result<void> close_all(Sinks& sinks) {
  for (Sink* sink : {&sinks.facts, &sinks.signals, &sinks.dead_letters, &sinks.shown}) {
    if (*sink == nullptr) continue;
    if (auto closed = (*sink)->close(); !closed) return closed;
  }
  return {};
}

base::Result<void> feed(const ReplayArgs& args, bool watched, pipeline::Replay& replay,
                        std::optional<base::Instant> until) {
  Progress progress(bytes_of(args.files), watched);
  for (const std::string& file : args.files) {
    const auto fed = for_each_line(file, [&](std::string_view line) -> base::Result<void> {
      replay.add(line);
      progress.show(replay.counts());
      return {};
    });
    if (!fed) return fed;
  }
  replay.end(until);
  progress.end(replay.counts());
  return {};
}

base::Result<std::optional<base::Instant>> until_of(const ReplayArgs& args) {
  if (args.until.empty()) return std::optional<base::Instant>();
  const auto at = base::parse_rfc3339(args.until);
  if (!at) return base::rejected("--until: " + at.error().text);
  return std::optional(*at);
}

base::Result<void> replay_files(const Config& config, const ReplayArgs& args) {
  const auto until = until_of(args);
  if (!until) return base::fail(until.error());
  const auto knowledge = load_knowledge(config);
  if (!knowledge) return base::fail(knowledge.error());
  auto sinks = open_sinks(args);
  if (!sinks) return base::fail(sinks.error());

  base::SimulatedClock clock(base::Instant{});
  const auto telemetry = quiet_telemetry(clock);
  score::Options options = config.score;
  options.mode = model::Mode::kReplay;
  pipeline::ExtractWork extract(knowledge->extractor, config.topics, *telemetry, config.extract);
  pipeline::ScoreWork score(std::make_unique<score::Scorer>(knowledge->program, options),
                            config.topics, pipeline::Ticking::kSimulated, "score.0", *telemetry);
  pipeline::Replay replay(clock, config.topics, extract, score,
                          to(*sinks, *knowledge->catalogue));
  const bool watched = isatty(STDERR_FILENO) != 0 && sinks->shown == nullptr;
  if (auto fed = feed(args, watched, replay, *until); !fed) return fed;
  if (!args.state.empty()) {
    Sink state;
    if (auto opened = open_into(args.state, state); !opened) return opened;
    state->write(pipeline::canonical_export(score.scorer(), *until));
    if (auto closed = state->close(); !closed) return closed;
  }
  return close_all(*sinks);
}

ExitCode run_replay(const GlobalArgs& globals, const ReplayArgs& args) {
  const auto config = configuration(globals);
  if (!config) return report(config.error());
  const auto done = replay_files(*config, args);
  return done ? ExitCode::kDone : report(done.error());
}

}  // namespace

void add_replay(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "replay", "Files of events through both stages; time is that of the events");
  auto args = std::make_shared<ReplayArgs>();
  command->add_option("files", args->files, "Files of events, one JSON object a line; - is stdin")
      ->required();
  command->add_option("--facts", args->facts, "Write facts records here (- is stdout)");
  command->add_option("--signals", args->signals, "Write signals here");
  command->add_option("--state", args->state, "Write the canonical state export here");
  command->add_option("--dead-letters", args->dead_letters, "Write dead letters here");
  command->add_flag("--show", args->show, "Print facts and signals as lines for people");
  command->add_option("--until", args->until, "Let time pass up to here (RFC 3339) at the end");
  command->callback([&globals, &chosen, args] {
    chosen = [&globals, args] { return run_replay(globals, *args); };
  });
}

}  // namespace wiremill::cli
