#pragma once
// Stated probabilities: "시나리오 1 (확률 40%)", a column of odds in a table. They are opinions, kept as
// facts of their own kind; no sentence is read twice.
//
//   build_odds(scene, setting, sentence, facts);

#include <vector>

#include "extract/frames.h"

namespace wiremill::extract {

/// The rules that such facts name: they are none of the catalogue's.
inline constexpr std::string_view kOddsInText = "odds.text";
inline constexpr std::string_view kOddsInTable = "odds.table";

/// Probabilities, in a table of scenarios or in the text, kept as the writer's own odds.
void build_odds(const Scene& scene, const Setting& setting, std::size_t index,
                std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
