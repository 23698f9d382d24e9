#pragma once
// A bracketed amount directly behind another: its conversion, its repeat, or a contradiction.

#include <vector>

#include "extract/figures.h"
#include "extract/quantity.h"

namespace wiremill::extract {

/// "$125억(125 billion)": the bracket repeats the amount before it and leaves the currency out.
bool repeats_in_bracket(const FieldText& field, const PlacedFigure& before,
                        const Quantity& quantity);

/// Sets `converts`, `same_as`, `alternatives` (as indices of the list) and flags contradictions.
void relate_brackets(const FieldText& field, const Lexis& lexis,
                     std::vector<PlacedFigure>& figures);

}  // namespace wiremill::extract
