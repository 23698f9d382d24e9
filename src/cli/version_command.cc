#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/knowledge.h"
#include "cli/versions.h"

namespace wiremill::cli {
namespace {

ExitCode print_version(const GlobalArgs& globals) {
  fmt::print("wiremill {} ({})\n", WIREMILL_VERSION, source_revision());
  for (const auto& [library, version] : library_versions()) fmt::print("{} {}\n", library, version);
  const auto config = configuration(globals);
  if (!config) return report(config.error());
  const auto knowledge = load_knowledge(*config);
  if (!knowledge) return report(knowledge.error());
  const model::CatalogStamp& stamp = knowledge->catalogue->stamp;
  fmt::print("catalogue {} {}\n", stamp.version, stamp.digest);
  return ExitCode::kDone;
}

}  // namespace

void add_version(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  app.add_subcommand("version", "Versions of the program, its libraries and the catalogue")
      ->callback([&globals, &chosen] { chosen = [&globals] { return print_version(globals); }; });
}

}  // namespace wiremill::cli
