#include "cli/cli.h"

#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.h"

namespace wiremill::cli {
namespace {

constexpr const char* kAbout =
    "wiremill turns a stream of news and company filings into signals that can be traced back to\n"
    "the words they came from.";

constexpr const char* kFooter =
    "Exit status: 0 done, 1 failed, 2 usage, configuration or catalogue is wrong, 3 not available\n"
    "now (a broker, a locked file), 4 a check did not hold, 130 stopped before its end.\n\n"
    "Examples:\n"
    "  echo 'Amazon plans $200 billion of capex in 2026' | wiremill extract\n"
    "  wiremill demo\n"
    "  wiremill --catalog ./catalog check\n"
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

std::string names_of(const std::vector<const CLI::App*>& commands) {
  std::string names;
  for (const CLI::App* command : commands) {
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  return names;
}

/// What the library leaves unsaid: which word it did not know, and which it would have known.
std::string mistake_in(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* last = &app;
  std::string line = app.get_name();
  for (auto chosen = last->get_subcommands(); !chosen.empty(); chosen = last->get_subcommands()) {
    last = chosen.back();
    line += " " + last->get_name();
  }
  const auto commands = last->get_subcommands([](const CLI::App*) { return true; });
  const std::vector<std::string> unknown = app.remaining(true);
  std::string text = error.what();
  if (!unknown.empty()) {
    const std::string& word = unknown.front();
    const bool is_option = word.starts_with("-") && word != "-";
    text = is_option          ? fmt::format("there is no option {}", word)
           : commands.empty() ? fmt::format("\"{}\" is one word too many", word)
                              : fmt::format("there is no command \"{}\"; there are {}", word,
                                            names_of(commands));
  } else if (!commands.empty() && last->get_subcommands().empty()) {
    text = fmt::format("a command is missing, one of {}", names_of(commands));
  }
  return fmt::format("wiremill: {}\n{} --help says more\n", text, line);
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
  add_check(app, globals, chosen);
  add_state(app, globals, chosen);
  add_topics(app, globals, chosen);
  add_tap(app, globals, chosen);
  add_version(app, globals, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help was asked for
    fmt::print(stderr, "{}", mistake_in(app, error));
    return static_cast<int>(ExitCode::kRejected);
  }
  return static_cast<int>(chosen());
}

}  // namespace wiremill::cli
