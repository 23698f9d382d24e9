#pragma once
// Records as a person reads them on a terminal. Text from outside is shown without control
// characters.

#include <string>
#include <string_view>

#include "catalog/catalogue.h"
#include "model/facts_record.h"
#include "model/signal.h"

namespace wiremill::cli {

/// For each fact a line and its quotes: "Amazon capex · 200 bn USD · 2026 · planned", and what
/// keeps it from being evidence: held, hypothetical, background.
std::string facts_table(const model::FactsRecord& record, const catalog::Catalogue& catalogue);

/// One line: time, scope, weights or tone; empty when there is neither.
std::string signal_line(const model::Signal& signal);

/// What speaks for it most, in the words of its source: "because “…”:".
std::string reason_line(const model::Signal& signal);

/// Text from outside without control characters and at most `bytes_max` long, cut between code
/// points.
std::string shown(std::string_view text, std::size_t bytes_max);

}  // namespace wiremill::cli
