#pragma once
// Which way a figure goes: by the value that it is compared with, by the word for a way next to it,
// or by the change in percent behind it ("$244 billion, up 40%").
//
//   fact.direction = direction_of(scene, clause, anchor, fact);

#include <optional>

#include "extract/scene.h"
#include "model/fact.h"

namespace wiremill::extract {

/// Nothing when the text does not say. Looks at the fact's figure and comparator.
std::optional<model::Direction> direction_of(const Scene& scene, const ByteRange& clause,
                                             const ByteRange& anchor, const model::Fact& fact);

}  // namespace wiremill::extract
