#include "cli/commands.h"
#include "cli/service.h"
#include "cli/stop.h"

namespace wiremill::cli {
namespace {

struct RunArgs {
  std::string stage;
  std::string time;
  std::string address;
  int port = -1;
  bool no_http = false;
  bool use_stdin = false;
  bool until_drained = false;
  std::string watch;
  std::string instance_id;
};

base::Result<Config> config_of(const GlobalArgs& globals, const RunArgs& args) {
  auto config = configuration(globals);
  if (!config) return config;
  if (args.stage == "all") config->stages = Stages::kAll;
  if (args.stage == "extract") config->stages = Stages::kExtract;
  if (args.stage == "score") config->stages = Stages::kScore;
  if (args.time == "wall") config->time = TimeSource::kWall;
  if (args.time == "received") config->time = TimeSource::kReceived;
  if (!args.address.empty()) config->http.address = args.address;
  if (args.port >= 0) config->http.port = static_cast<std::uint16_t>(args.port);
  if (args.no_http) config->http_on = false;
  config->stdin_events = args.use_stdin;
  config->until_drained = args.until_drained;
  if (!args.watch.empty()) config->watch_folder = args.watch;
  if (!args.instance_id.empty()) config->kafka.instance_id = args.instance_id;
  if (config->stages != Stages::kAll && config->kafka.brokers.empty()) {
    return base::rejected("--stage: one stage alone needs --brokers; the embedded log belongs to "
                          "one process");
  }
  return config;
}

ExitCode run_service(const GlobalArgs& globals, const RunArgs& args) {
  const auto config = config_of(globals, args);
  if (!config) return report(config.error());
  const std::atomic<bool>& stop = stop_on_signals();
  const base::SystemClock clock;
  const auto service = Service::open(*config, clock);
  if (!service) return report(service.error());
  const auto done = (*service)->run(stop);
  return done ? ExitCode::kDone : report(done.error());
}

}  // namespace

void add_run(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "run", "The service: reads events, publishes facts and signals until it is stopped");
  auto args = std::make_shared<RunArgs>();
  command->add_option("--stage", args->stage, "One stage alone (with --brokers)")
      ->check(CLI::IsMember({"all", "extract", "score"}));
  command->add_option("--time", args->time,
                      "What drives ticks: the wall clock, or the received time of events")
      ->check(CLI::IsMember({"wall", "received"}));
  command->add_option("--instance-id", args->instance_id,
                      "Name of this process in its group; a restart under it is quick");
  command->add_option("--address", args->address, "Address of the HTTP port");
  command->add_option("--port", args->port, "HTTP port; 0 takes any free one")
      ->check(CLI::Range(0, 65535));
  command->add_flag("--no-http", args->no_http, "No HTTP port");
  command->add_flag("--stdin", args->use_stdin, "Take in events from standard input, one a line");
  command->add_option("--watch", args->watch, "Take in *.ndjson files that appear in this folder");
  command->add_flag("--until-drained", args->until_drained,
                    "Stop once the input has ended and all of it is worked on");
  command->callback([&globals, &chosen, args] {
    chosen = [&globals, args] { return run_service(globals, *args); };
  });
}

}  // namespace wiremill::cli
