#pragma once
// The words around an amount that never change its number: about, at least, up to, per share,
// by how much; and what makes an amount of a bare or a vague number.

#include <optional>

#include "extract/figures.h"
#include "extract/quantity.h"

namespace wiremill::extract {

/// Sets bound, rate and role of a figure from the words next to it.
void hedge(const FieldText& field, const Lexis& lexis, PlacedFigure& placed);

/// "10조 투자": Korean that leaves its 원 out.
bool leaves_won_out(const FieldText& field, const Lexis& lexis, const Quantity& quantity);

/// The currency word of a vague amount, behind at most " of", " 원대" or a hyphen.
std::optional<Hit> currency_behind(const FieldText& field, std::size_t at);

}  // namespace wiremill::extract
