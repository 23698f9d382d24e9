#include "cli/cli.h"

#include "cli/commands.h"

namespace wiremill::cli {
namespace {

constexpr const char* kAbout =
    "wiremill turns a stream of news and company filings into signals that can be traced back to\n"
    "the words they came from.";

constexpr const char* kFooter =
    "Exit status: 0 done, 1 failed, 2 usage, configuration or catalogue is wrong, 3 not available\n"
    "now (broker, port, file), 4 a check did not hold, 130 stopped before its end.\n\n"
    "Examples:\n"
    "  echo 'Amazon plans $200 billion of capex in 2026' | wiremill extract\n"
    "  wiremill demo\n"
    "  wiremill replay events.ndjson --signals signals.ndjson --state state.ndjson\n"
    "  wiremill run --data ./data\n"
    "  wiremill --brokers 127.0.0.1:9092 topics apply\n"
    "  wiremill --brokers 127.0.0.1:9092 run --stage score";

void add_global_args(CLI::App& app, GlobalArgs& globals) {
  app.add_option("-c,--config", globals.config_file, "Configuration file (YAML)");
  app.add_option("--catalog", globals.catalog_folder, "Folder of the catalogue (YAML files)");
  app.add_option("--companies", globals.company_files,
                 "Further companies: CSV, KRX listing or SEC JSON; may be given more than once")
      ->allow_extra_args(false);
  app.add_option("--brokers", globals.brokers, "Kafka brokers, host:port[,host:port]…; without "
                                              "them the embedded log is used");
  app.add_option("--data", globals.data_folder, "Folder of the embedded log");
}

}  // namespace

base::Result<Config> configuration(const GlobalArgs& globals) {
  Config config;
  if (!globals.config_file.empty()) {
    auto loaded = load_config(globals.config_file);
    if (!loaded) return loaded;
    config = std::move(*loaded);
  }
  if (!globals.catalog_folder.empty()) config.catalog_folder = globals.catalog_folder;
  config.company_files.insert(config.company_files.end(), globals.company_files.begin(),
                              globals.company_files.end());
  if (!globals.brokers.empty()) config.kafka.brokers = globals.brokers;
  if (!globals.data_folder.empty()) config.local.folder = globals.data_folder;
  return config;
}

int run(int argc, char** argv) {
  CLI::App app(kAbout, "wiremill");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
  GlobalArgs globals;
  Chosen chosen;
  add_global_args(app, globals);
  add_run(app, globals, chosen);
  add_demo(app, globals, chosen);
  add_extract(app, globals, chosen);
  add_replay(app, globals, chosen);
  add_state(app, globals, chosen);
  add_topics(app, globals, chosen);
  add_tap(app, globals, chosen);
  add_version(app, globals, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(ExitCode::kRejected);
  }
  return static_cast<int>(chosen());
}

}  // namespace wiremill::cli
