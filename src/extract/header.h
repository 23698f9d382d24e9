#pragma once
// The event as the facts record repeats it: what extract settles about publisher family, language,
// form, time, links between versions and reprints.

#include "base/time.h"
#include "extract/document.h"
#include "extract/lexis.h"
#include "model/event.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// Korean when a fifth of the letters are Hangul.
model::Language language_of(const model::Event& event);

model::EventHeader header_of(const model::Event& event, base::Instant received,
                             const Document& document, const Lexis& lexis);

}  // namespace wiremill::extract
