#include "cli/knowledge.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;

/// deploy/<name> in `from` or a folder above it, at most eight levels up.
void add_upwards(fs::path from, const char* name, std::vector<fs::path>& places) {
  for (int level = 0; level < 8 && !from.empty(); ++level) {
    places.push_back(from / "deploy" / name);
    if (from == from.root_path()) break;
    from = from.parent_path();
  }
}

/// A folder that is delivered with the program.
base::Result<std::string> find_folder(const char* name, const char* variable,
                                      std::string_view otherwise) {
  if (const char* const named = std::getenv(variable)) return std::string(named);
  std::error_code error;
  std::vector<fs::path> places;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error) {
    places.push_back(program.parent_path() / "share" / "wiremill" / name);
    add_upwards(program, name, places);
  }
  add_upwards(fs::current_path(error), name, places);
  for (const fs::path& place : places) {
    if (fs::is_directory(place, error)) return place.string();
  }
  std::string tried;
  for (const fs::path& place : places) tried += "\n  " + place.string();
  return base::rejected(fmt::format("{} Tried:{}", otherwise, tried));
}

}  // namespace

base::Result<std::string> find_catalog_folder() {
  return find_folder("catalog", "WIREMILL_CATALOG",
                     "no catalogue found; name its folder with --catalog or catalog.folder.");
}

base::Result<std::string> find_sample_folder() {
  return find_folder("sample", "WIREMILL_SAMPLE",
                     "no sample feed found; name files of events: wiremill demo FILE…");
}

base::Result<Knowledge> read_knowledge(const Config& config, settings::Mistakes& mistakes) {
  Knowledge knowledge;
  knowledge.folder = config.catalog_folder;
  if (knowledge.folder.empty()) {
    auto found = find_catalog_folder();
    if (!found) return base::fail(found.error());
    knowledge.folder = std::move(*found);
  }
  auto catalogue = catalog::read(
      {.folder = knowledge.folder, .company_files = config.company_files}, mistakes);
  if (!catalogue) return base::fail(catalogue.error());
  knowledge.catalogue = std::move(*catalogue);
  for (const std::string& notice : knowledge.catalogue->notices) {
    fmt::print(stderr, "{}\n", notice);
  }
  for (const auto& found : {extract::mistakes_in(*knowledge.catalogue, {}),
                            score::mistakes_in(knowledge.catalogue->weighing.weights)}) {
    for (const auto& [place, text] : found) mistakes.add(settings::place_of(place), text);
  }
  if (!mistakes.empty()) return knowledge;
  auto extractor = extract::compile(knowledge.catalogue, {});
  if (!extractor) return base::fail(extractor.error());
  knowledge.extractor = std::move(*extractor);
  auto program = score::compile(knowledge.catalogue);
  if (!program) return base::fail(program.error());
  knowledge.program = std::move(*program);
  return knowledge;
}

base::Result<Knowledge> load_knowledge(const Config& config) {
  settings::Mistakes mistakes;
  auto knowledge = read_knowledge(config, mistakes);
  if (knowledge && !mistakes.empty()) return base::fail(mistakes.error("catalogue"));
  return knowledge;
}

}  // namespace wiremill::cli
