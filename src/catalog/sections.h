#pragma once
// One reader for each top-level key of the catalogue's files. Private to this room.

#include "catalog/catalogue.h"
#include "settings/settings.h"

namespace wiremill::catalog {

/// Reads the section below `node` into the catalogue; what is wrong goes to `mistakes`.
using ReadSection = void (*)(const settings::Node& node, Catalogue& catalogue,
                             settings::Mistakes& mistakes);

struct Section {
  std::string_view key;
  ReadSection read;
};

/// "companies", "exchanges", "groups", "name_words", "sectors" (companies.cc).
const std::vector<Section>& company_sections();
/// What `extract` needs (reading.cc).
const std::vector<Section>& reading_sections();
/// What `score` needs (weighing.cc).
const std::vector<Section>& weighing_sections();

/// Names used in one place and defined in another; run once everything is read.
void cross_check_companies(const Catalogue& catalogue, settings::Mistakes& mistakes);
void cross_check_reading(const Catalogue& catalogue, settings::Mistakes& mistakes);
void cross_check_weighing(const Catalogue& catalogue, settings::Mistakes& mistakes);

}  // namespace wiremill::catalog
