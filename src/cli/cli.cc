#include "cli/cli.h"

#include "cli/commands.h"

namespace wiremill::cli {
namespace {

constexpr const char* kAbout =
    "wiremill turns a stream of news and company filings into signals that can be traced back to\n"
    "the words they came from.";

constexpr const char* kFooter =
    "Exit status: 0 done, 1 failed, 2 usage, configuration or catalogue is wrong, 3 not available\n"
    "now (broker, port, file), 4 a check did not hold.\n\n"
    "Examples:\n"
    "  echo 'Amazon plans $200 billion of capex in 2026' | wiremill extract\n"
    "  wiremill replay events.ndjson --signals signals.ndjson --state state.ndjson\n"
    "  wiremill run --data ./data\n"
    "  wiremill --brokers 127.0.0.1:9092 topics apply\n"
    "  wiremill --brokers 127.0.0.1:9092 run --stage score";

void add_common(CLI::App& app, Common& common) {
  app.add_option("-c,--config", common.config_file, "Configuration file (YAML)");
  app.add_option("--catalog", common.catalog_folder, "Folder of the catalogue (YAML files)");
  app.add_option("--companies", common.company_files,
                 "CSV of further companies; may be given more than once");
  app.add_option("--brokers", common.brokers, "Kafka brokers, host:port[,host:port]…; without "
                                              "them the embedded log is used")
      ->expected(1);
  app.add_option("--data", common.data_folder, "Folder of the embedded log");
}

}  // namespace

base::Result<Config> configuration(const Common& common) {
  Config config;
  if (!common.config_file.empty()) {
    auto loaded = load_config(common.config_file);
    if (!loaded) return loaded;
    config = std::move(*loaded);
  }
  if (!common.catalog_folder.empty()) config.catalog_folder = common.catalog_folder;
  config.company_files.insert(config.company_files.end(), common.company_files.begin(),
                              common.company_files.end());
  if (!common.brokers.empty()) config.kafka.brokers = common.brokers.front();
  if (!common.data_folder.empty()) config.local.folder = common.data_folder;
  return config;
}

int run(int argc, char** argv) {
  CLI::App app(kAbout, "wiremill");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
  Common common;
  Chosen chosen;
  add_common(app, common);
  add_run(app, common, chosen);
  add_extract(app, common, chosen);
  add_replay(app, common, chosen);
  add_state(app, common, chosen);
  add_topics(app, common, chosen);
  add_tap(app, common, chosen);
  add_version(app, common, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(ExitCode::kRejected);
  }
  return static_cast<int>(chosen());
}

}  // namespace wiremill::cli
