#pragma once
// The knowledge: everything that a desk may argue with, read from YAML, cross-checked and then
// never changed. Patterns stay text with their place: `extract` alone compiles them.
//
//   Result<std::shared_ptr<const Catalogue>> catalogue = load({.folder = "deploy/catalog"});
//   (*catalogue)->stamp.digest;                         // "sha256:…" over every file that was read

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/companies.h"
#include "catalog/reading.h"
#include "catalog/weighing.h"
#include "model/facts_record.h"

namespace wiremill::settings {
class Mistakes;
}

namespace wiremill::catalog {

/// Threads: immutable once loaded, safe from any.
struct Catalogue {
  model::CatalogStamp stamp;
  std::vector<Company> companies;  ///< sorted by id
  std::vector<Exchange> exchanges;
  std::vector<Group> groups;
  NameWords name_words;
  std::vector<Sector> sectors;  ///< in the order of the file: the order in which they are shown
  Reading reading;    ///< what extract needs: sources, lexicon, cues, rules
  Weighing weighing;  ///< what score needs: weights, half-lives, impacts, packs, reference values
  std::size_t files = 0;             ///< how many were read
  std::vector<std::string> notices;  ///< rows of company lists that were left out, and why

  const Company* company(std::string_view id) const;
  const Group* group(std::string_view id) const;
  /// The market of that name, without case; nullptr when unknown.
  const Exchange* exchange(std::string_view name) const;
};

/// What is wrong with something that was read, and where it stands ("rules/capex.yaml:12").
struct Mistake {
  std::string place;
  std::string text;
};

struct LoadOptions {
  std::string folder;                      ///< every *.yaml below it is read, in path order
  std::vector<std::string> company_files = {};  ///< lists of companies, see company_lists.h
};

/// Reads what can be read and notes every mistake of every file; a catalogue with mistakes is good
/// for looking for more of them only. Errors: rejected when the folder has no files to read.
[[nodiscard]] base::Result<std::shared_ptr<const Catalogue>> read(const LoadOptions& options,
                                                                  settings::Mistakes& mistakes);

/// Errors: rejected, with every mistake of every file at once.
[[nodiscard]] base::Result<std::shared_ptr<const Catalogue>> load(const LoadOptions& options);

}  // namespace wiremill::catalog
