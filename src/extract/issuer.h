#pragma once
// Who filed: the company of a filing's issuer_code (a stock code or ticker) or, when that says
// nothing, of its issuer's name.
//
//   issuer_of(event, lexis)   // issuer "효성중공업": its index in the catalogue

#include <cstdint>
#include <optional>

#include "extract/lexis.h"
#include "model/event.h"

namespace wiremill::extract {

/// nullopt for what is no filing, and for an issuer that the catalogue does not know or not alone.
std::optional<std::uint32_t> issuer_of(const model::Event& event, const Lexis& lexis);

}  // namespace wiremill::extract
