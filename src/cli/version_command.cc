#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/knowledge.h"

namespace wiremill::cli {
namespace {

ExitCode print_version(const Common& common) {
  fmt::print("wiremill {}\n", WIREMILL_VERSION);
  const auto config = configuration(common);
  if (!config) return report(config.error());
  const auto knowledge = load_knowledge(*config);
  if (!knowledge) return report(knowledge.error());
  const model::CatalogStamp& stamp = knowledge->catalogue->stamp;
  fmt::print("catalogue {} {}\n", stamp.version, stamp.digest);
  return ExitCode::kDone;
}

}  // namespace

void add_version(CLI::App& app, Common& common, Chosen& chosen) {
  app.add_subcommand("version", "Versions of the program, its Kafka library and the catalogue")
      ->callback([&common, &chosen] { chosen = [&common] { return print_version(common); }; });
}

}  // namespace wiremill::cli
