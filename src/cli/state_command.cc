#include "cli/commands.h"
#include "cli/knowledge.h"
#include "cli/lines.h"
#include "cli/logs.h"
#include "pipeline/state_view.h"

namespace wiremill::cli {
namespace {

struct StateArgs {
  std::string out = "-";
  std::string at;
};

base::Result<void> export_state(const GlobalArgs& globals, const StateArgs& args) {
  const auto config = configuration(globals);
  if (!config) return base::fail(config.error());
  std::optional<base::Instant> at;
  if (!args.at.empty()) {
    const auto instant = base::parse_rfc3339(args.at);
    if (!instant) return base::rejected("--at: " + instant.error().text);
    at = *instant;
  }
  const auto knowledge = load_knowledge(*config);
  if (!knowledge) return base::fail(knowledge.error());
  const base::SystemClock clock;
  const auto telemetry = quiet_telemetry(clock);
  const auto log = open_to_read(*config, clock, *telemetry);
  if (!log) return base::fail(log.error());
  score::Scorer scorer(knowledge->program, config->score);
  if (auto loaded = pipeline::load_state(**log, config->topics, scorer); !loaded) return loaded;
  auto out = LineSink::open(args.out);
  if (!out) return base::fail(out.error());
  (*out)->write(pipeline::canonical_export(scorer, at));
  return (*out)->close();
}

}  // namespace

void add_state(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const state = app.add_subcommand("state", "The score stage's state");
  state->require_subcommand(1);
  auto* const command = state->add_subcommand(
      "export", "The committed state in canonical form: equal for every order of the same input");
  auto args = std::make_shared<StateArgs>();
  command->add_option("-o,--out", args->out, "File to write; - is standard output")
      ->capture_default_str();
  command->add_option("--at", args->at,
                      "Evaluate scopes at this time (RFC 3339) instead of the newest received");
  command->callback([&globals, &chosen, args] {
    chosen = [&globals, args] {
      const auto done = export_state(globals, *args);
      return done ? ExitCode::kDone : report(done.error());
    };
  });
}

}  // namespace wiremill::cli
