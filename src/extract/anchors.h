#pragma once
// Where a rule that is led by words holds on to a sentence: the stretch from the outermost to the
// outermost of its words, the shortest where they stand more than once.
//
//   if (const auto anchor = anchor_of(scene, rule, clause)) …

#include <optional>

#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// The rule's words in the scope: the first of the first list and the nearest of the others;
/// none when they stand further apart than the rule allows.
std::optional<ByteRange> anchor_of(const Scene& scene, const CompiledRule& rule,
                                   const ByteRange& scope);

}  // namespace wiremill::extract
