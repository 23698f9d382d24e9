#pragma once
// Finds the figures of one field: amounts, percentages, points, power, counts, with their ranges,
// hedges, rates and brackets.
//
//   Figures figures = find_figures(field, lexis, options, work);   // "$70~90B" -> 70e9…90e9 USD
//
// Three stages: numeral.h reads the number, `Quantity` joins it with its currency or unit, and the
// combiner here joins ranges, hedges, rates, signs and brackets.

#include <cstddef>
#include <vector>

#include "extract/document.h"
#include "extract/lexis.h"
#include "model/event.h"
#include "model/figure.h"

namespace wiremill::extract {

/// A figure with its place in the normalised text, which the frames work on.
struct PlacedFigure {
  ByteRange span;
  model::Figure figure;  ///< id empty until the record is put together
  std::string note;      ///< how it was normalised, for the trace
};

/// Figures of the field by place. `same_as`, `converts` and `alternatives` hold the index in this
/// list, as text, until ids are given.
std::vector<PlacedFigure> find_figures(const FieldText& field, const Lexis& lexis,
                                       model::Language lang, std::size_t figures_max, Work& work);

}  // namespace wiremill::extract
