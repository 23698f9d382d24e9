#include <fmt/format.h>

#include "base/time.h"
#include "cli/commands.h"
#include "cli/knowledge.h"
#include "extract/rule_tests.h"

namespace wiremill::cli {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string contents_of(const Knowledge& knowledge) {
  const catalog::Catalogue& catalogue = *knowledge.catalogue;
  std::size_t tests = 0;
  for (const catalog::Rule& rule : catalogue.reading.rules) tests += rule.tests.size();
  return fmt::format("{}: {}, {} with {}, {} companies", knowledge.folder,
                     counted(catalogue.files, "file"),
                     counted(catalogue.reading.rules.size(), "rule"), counted(tests, "test"),
                     catalogue.companies.size());
}

ExitCode run_check(const GlobalArgs& globals) {
  const base::SystemClock clock;
  const base::Instant began = clock.now();
  const auto config = configuration(globals);
  if (!config) return report(config.error());
  settings::Mistakes mistakes;
  const auto knowledge = read_knowledge(*config, mistakes);
  if (!knowledge) return report(knowledge.error());
  for (const std::string& line : mistakes.lines()) fmt::print("{}\n", line);
  std::vector<std::string> failures;
  if (mistakes.empty()) failures = run_rule_tests(*knowledge->extractor, *knowledge->catalogue);
  for (const std::string& failure : failures) fmt::print("{}\n", failure);
  const std::string verdict =
      !mistakes.empty()   ? counted(mistakes.size(), "mistake") + ", the tests were not run"
      : !failures.empty() ? counted(failures.size(), "expectation") + " not met"
                          : "nothing wrong";
  fmt::print("{}: {}; took {:.1f} s\n", contents_of(*knowledge), verdict,
             std::chrono::duration<double>(clock.now() - began).count());
  if (!mistakes.empty()) return ExitCode::kRejected;
  return failures.empty() ? ExitCode::kDone : ExitCode::kDiffers;
}

}  // namespace

void add_check(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "check", "Every mistake of configuration and catalogue at once, then the tests in the rules");
  command->footer(
      "Each mistake is a line with file, line, what is wrong and what may have been meant.\n"
      "Exit status: 0 nothing wrong, 2 mistakes, 4 a test inside a rule does not hold.\n\n"
      "Examples:\n"
      "  wiremill check\n"
      "  wiremill --catalog ./catalog --companies krx.csv check");
  command->callback([&globals, &chosen] { chosen = [&globals] { return run_check(globals); }; });
}

}  // namespace wiremill::cli
