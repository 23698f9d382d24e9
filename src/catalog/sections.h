#pragma once
// One reader for each top-level key of the catalogue's files. Private to this room.

#include "catalog/catalogue.h"
#include "settings/settings.h"

namespace wiremill::catalog {

class Names;

/// Reads the section below `node` into the catalogue; what is wrong goes to `mistakes`.
using ReadSection = void (*)(const settings::Node& node, Catalogue& catalogue,
                             settings::Mistakes& mistakes);

struct Section {
  std::string_view key;
  ReadSection read;
  bool is_list = true;  ///< of maps; else one map
};

/// "companies", "exchanges", "groups", "name_words", "sectors" (companies.cc).
const std::vector<Section>& company_sections();
/// What `extract` needs (reading.cc).
const std::vector<Section>& reading_sections();
/// The tone lexicon (tone.cc).
void read_tone_phrases(const settings::Node& node, Catalogue& catalogue,
                       settings::Mistakes& mistakes);
void read_tone_measures(const settings::Node& node, Catalogue& catalogue,
                        settings::Mistakes& mistakes);
void read_tone_moves(const settings::Node& node, Catalogue& catalogue,
                     settings::Mistakes& mistakes);
/// No word of it stands twice.
void cross_check_tone(const Reading& reading, Names& names);
/// What `score` needs (weighing.cc).
const std::vector<Section>& weighing_sections();

/// Names used in one place and defined in another; run once everything is read.
void cross_check_companies(const Catalogue& catalogue, Names& names);
void cross_check_reading(const Catalogue& catalogue, Names& names);
void cross_check_weighing(const Catalogue& catalogue, Names& names);

}  // namespace wiremill::catalog
