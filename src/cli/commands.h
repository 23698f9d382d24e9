#pragma once
// The commands of the program: each adds itself to the command line and runs when it is chosen.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/config.h"
#include "cli/exit_code.h"

namespace wiremill::cli {

/// Options that every command shares; filled by the command line before the command runs.
struct GlobalArgs {
  std::string config_file;
  std::string catalog_folder;
  std::vector<std::string> company_files;
  std::string brokers;
  std::string data_folder;
};

/// The configuration file (when named) and then the command line.
[[nodiscard]] base::Result<Config> configuration(const GlobalArgs& globals);

/// The command that was chosen, to be run after parsing.
using Chosen = std::function<ExitCode()>;

void add_run(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_demo(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_extract(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_replay(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_check(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_state(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_topics(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_tap(CLI::App& app, GlobalArgs& globals, Chosen& chosen);
void add_version(CLI::App& app, GlobalArgs& globals, Chosen& chosen);

}  // namespace wiremill::cli
