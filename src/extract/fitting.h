#pragma once
// Which figures of a sentence a rule may take, and which of its metrics a figure is of.
//
//   if (fits(rule, placed.figure) && !is_set_aside(scene, sentence, placed)) …
//   std::string metric = metric_by_figure(scene, sentence, rule, placed);
//
// A rule that picks its metric by words ("metrics") takes a figure only where one of these words,
// or none at all, governs it: the backlog beside "raised its outlook" is no guidance.

#include <optional>
#include <string>

#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// By kind, size and role alone. Amounts per share fit rules with the metric "eps", no other.
bool fits(const CompiledRule& rule, const model::Figure& figure);
/// The same for an amount that may be smaller than the rule's least.
bool fits_but_for_size(const CompiledRule& rule, const model::Figure& figure);

/// The second of two contradicting readings, ruled out by "not" and its like, or a part of the
/// figure in front of it ("of which", "이 중").
bool is_set_aside(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed);

/// The metric of the measure that governs the figure; empty when no measure does, nothing when it
/// is another one than the rule's.
std::optional<std::string> metric_by_figure(const Scene& scene, const ByteRange& sentence,
                                            const CompiledRule& rule, const PlacedFigure& placed);

/// A figure that contradicts itself holds its fact.
void hold_contradictions(const model::Figure& figure, model::Fact& fact);

}  // namespace wiremill::extract
