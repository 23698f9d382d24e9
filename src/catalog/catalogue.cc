#include "catalog/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/spelling.h"
#include "catalog/company_lists.h"
#include "catalog/names.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path, settings::Mistakes& mistakes) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (in) return text.str();
  mistakes.add({path.string(), 0}, "cannot be read");
  return std::nullopt;
}

/// Every *.yaml below the folder as (name below the folder, path), in the order of names.
base::Result<std::vector<std::pair<std::string, fs::path>>> yaml_files(const std::string& folder) {
  std::error_code error;
  std::vector<std::pair<std::string, fs::path>> files;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() != ".yaml") continue;
    files.emplace_back(fs::relative(it->path(), folder, error).generic_string(), it->path());
  }
  if (error) return base::rejected(fmt::format("catalogue folder {}: {}", folder, error.message()));
  if (files.empty()) return base::rejected(fmt::format("catalogue folder {}: no *.yaml", folder));
  std::sort(files.begin(), files.end());
  return files;
}

/// Every section by its key.
std::map<std::string_view, const Section*> all_sections() {
  std::map<std::string_view, const Section*> sections;
  for (const auto* table : {&company_sections(), &reading_sections(), &weighing_sections()}) {
    for (const Section& section : *table) sections.emplace(section.key, &section);
  }
  return sections;
}

void read_document(const settings::Node& root, Catalogue& catalogue,
                   settings::Mistakes& mistakes) {
  if (!root.is_map()) {
    mistakes.add(root.place(), "a catalogue file must be a map of sections");
    return;
  }
  const auto sections = all_sections();
  for (const auto& [key, node] : root.entries()) {
    if (key == "version") {
      catalogue.stamp.version = node.text();
    } else if (const auto found = sections.find(key); found != sections.end()) {
      const Section& section = *found->second;
      if (section.is_list && !node.is_list()) {
        mistakes.add(node.place(), fmt::format("section \"{}\" must be a list", key));
      }
      if (!section.is_list && !node.is_map()) {
        mistakes.add(node.place(), fmt::format("section \"{}\" must be a map", key));
      }
      section.read(node, catalogue, mistakes);
    } else {
      base::Words known{"version"};
      for (const auto& [name, at] : sections) known.emplace(name);
      mistakes.add(node.place(), fmt::format("unknown section \"{}\"{}", key,
                                             base::did_you_mean(key, known)));
    }
  }
}

template <class Named>
const Named* find_by_id(const std::vector<Named>& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) {
    return one.id == id;
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

const Company* Catalogue::company(std::string_view id) const {
  const auto at = std::lower_bound(companies.begin(), companies.end(), id,
                                   [](const Company& a, std::string_view b) { return a.id < b; });
  return at != companies.end() && at->id == id ? &*at : nullptr;
}

const Group* Catalogue::group(std::string_view id) const { return find_by_id(groups, id); }

const Exchange* Catalogue::exchange(std::string_view name) const {
  const auto same = [&](std::string_view other) {
    return std::equal(other.begin(), other.end(), name.begin(), name.end(), [](char a, char b) {
      return base::lower_ascii(a) == base::lower_ascii(b);
    });
  };
  const auto found = std::find_if(exchanges.begin(), exchanges.end(), [&](const Exchange& one) {
    return std::any_of(one.names.begin(), one.names.end(), same);
  });
  return found == exchanges.end() ? nullptr : &*found;
}

base::Result<std::shared_ptr<const Catalogue>> read(const LoadOptions& options,
                                                    settings::Mistakes& mistakes) {
  const auto files = yaml_files(options.folder);
  if (!files) return base::fail(files.error());
  auto catalogue = std::make_shared<Catalogue>();
  bool is_complete = true;
  std::string digested;
  for (const auto& [name, path] : *files) {
    const auto text = read_file(path, mistakes);
    const auto root = text ? settings::parse(*text, name, mistakes) : std::nullopt;
    is_complete = is_complete && root;
    if (!root) continue;
    digested += fmt::format("{} {}\n", name, base::sha256_hex(*text));
    read_document(*root, *catalogue, mistakes);
  }
  for (const std::string& path : options.company_files) {
    const auto text = read_file(path, mistakes);
    is_complete = is_complete && text;
    if (!text) continue;
    digested += fmt::format("companies {}\n", base::sha256_hex(*text));
    const ListReport report = add_company_list(path, *text, *catalogue, mistakes);
    catalogue->notices.insert(catalogue->notices.end(), report.notices.begin(),
                              report.notices.end());
  }
  catalogue->files = files->size() + options.company_files.size();
  std::stable_sort(catalogue->companies.begin(), catalogue->companies.end(),
                   [](const Company& a, const Company& b) { return a.id < b.id; });
  catalogue->stamp.digest = "sha256:" + base::sha256_hex(digested);
  if (is_complete && catalogue->stamp.version.empty()) {
    mistakes.add({"version.yaml", 0}, "\"version\" is missing");
  }
  Names names(*catalogue, is_complete, mistakes);
  cross_check_companies(*catalogue, names);
  cross_check_reading(*catalogue, names);
  cross_check_weighing(*catalogue, names);
  return catalogue;
}

base::Result<std::shared_ptr<const Catalogue>> load(const LoadOptions& options) {
  settings::Mistakes mistakes;
  auto catalogue = read(options, mistakes);
  if (catalogue && !mistakes.empty()) return base::fail(mistakes.error("catalogue"));
  return catalogue;
}

}  // namespace wiremill::catalog
