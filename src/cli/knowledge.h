#pragma once
// The catalogue and what is compiled from it, shared by every command that reads text.

#include <memory>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "cli/config.h"
#include "extract/extract.h"
#include "score/scorer.h"
#include "settings/settings.h"

namespace wiremill::cli {

struct Knowledge {
  std::shared_ptr<const catalog::Catalogue> catalogue;
  std::shared_ptr<const extract::Extractor> extractor;
  std::shared_ptr<const score::Program> program;
  std::string folder;  ///< where the catalogue was found
};

/// Where the catalogue is when the configuration does not say: $WIREMILL_CATALOG, then
/// share/wiremill/catalog beside the program's folder, then deploy/catalog in a folder above it or
/// above the working directory. Errors: rejected, with the places that were tried.
[[nodiscard]] base::Result<std::string> find_catalog_folder();

/// Where the sample feed is: the same places, with $WIREMILL_SAMPLE and "sample" in the names.
[[nodiscard]] base::Result<std::string> find_sample_folder();

/// The same for a catalogue that may be wrong: what is wrong goes to `mistakes`, and then nothing
/// is compiled. Errors: rejected when there is no catalogue to read.
[[nodiscard]] base::Result<Knowledge> read_knowledge(const Config& config,
                                                     settings::Mistakes& mistakes);

/// Rows of company lists that were left out are named on standard error.
/// Errors: rejected, naming every mistake of the catalogue and of what is compiled from it.
[[nodiscard]] base::Result<Knowledge> load_knowledge(const Config& config);

}  // namespace wiremill::cli
