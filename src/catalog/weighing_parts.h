#pragma once
// What the readers of the weighing sections share: conditions, names, ranges. Private to this room.

#include <fmt/format.h>

#include "catalog/sections.h"

namespace wiremill::catalog {

constexpr settings::Range kDayRange{0.01, 3650};

/// A list of names of an enumeration; an unknown one is a mistake that lists the known ones.
template <class Enum>
std::vector<Enum> names(settings::Reader& reader, std::string_view key) {
  std::vector<Enum> values;
  for (const std::string& name : reader.texts(key, {})) {
    if (const auto value = model::parse_name<Enum>(name)) {
      values.push_back(*value);
    } else {
      reader.mistake(key, fmt::format("\"{}\" is \"{}\", must be one of: {}", key, name,
                                      model::all_names<Enum>()));
    }
  }
  return values;
}

/// The map below "when"; absent is a mistake.
Condition read_when(settings::Reader& reader, settings::Mistakes& mistakes);

/// The sections "reference", "plausible" and "rates" (reference.cc).
void read_reference(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes);
void read_plausible(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes);
void read_rates(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes);
void cross_check_reference(const Weighing& weighing, Names& names);

/// The section "pack": one scenario pack a file (packs.cc).
void read_pack(const settings::Node& node, Catalogue& catalogue, settings::Mistakes& mistakes);

}  // namespace wiremill::catalog
