#include "cli/knowledge.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;

/// deploy/catalog in `from` or a folder above it, at most eight levels up.
void add_upwards(fs::path from, std::vector<fs::path>& places) {
  for (int level = 0; level < 8 && !from.empty(); ++level) {
    places.push_back(from / "deploy" / "catalog");
    if (from == from.root_path()) break;
    from = from.parent_path();
  }
}

}  // namespace

base::Result<std::string> find_catalog_folder() {
  if (const char* const named = std::getenv("WIREMILL_CATALOG")) return std::string(named);
  std::error_code error;
  std::vector<fs::path> places;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error) {
    places.push_back(program.parent_path() / "share" / "wiremill" / "catalog");
    add_upwards(program, places);
  }
  add_upwards(fs::current_path(error), places);
  for (const fs::path& place : places) {
    if (fs::is_directory(place, error)) return place.string();
  }
  std::string tried;
  for (const fs::path& place : places) tried += "\n  " + place.string();
  return base::rejected("no catalogue found; name its folder with --catalog or catalog.folder. "
                        "Tried:" + tried);
}

base::Result<Knowledge> load_knowledge(const Config& config) {
  std::string folder = config.catalog_folder;
  if (folder.empty()) {
    auto found = find_catalog_folder();
    if (!found) return base::fail(found.error());
    folder = std::move(*found);
  }
  Knowledge knowledge;
  auto catalogue = catalog::load({.folder = folder, .company_files = config.company_files});
  if (!catalogue) return base::fail(catalogue.error());
  knowledge.catalogue = std::move(*catalogue);
  auto extractor = extract::compile(knowledge.catalogue, {});
  if (!extractor) return base::fail(extractor.error());
  knowledge.extractor = std::move(*extractor);
  auto program = score::compile(knowledge.catalogue);
  if (!program) return base::fail(program.error());
  knowledge.program = std::move(*program);
  return knowledge;
}

}  // namespace wiremill::cli
