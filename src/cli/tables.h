#pragma once
// Records as a person reads them on a terminal. Text from outside is shown without control
// characters.

#include <string>
#include <string_view>

#include "model/facts_record.h"
#include "model/signal.h"

namespace wiremill::cli {

/// A line for each fact: kind, subject, figure, period, status, modality, held, the quote.
std::string facts_table(const model::FactsRecord& record);

/// One line: scope, values, what moved it.
std::string signal_line(const model::Signal& signal);

/// Text from outside without control characters and at most `bytes_max` long, cut between code
/// points.
std::string shown(std::string_view text, std::size_t bytes_max);

}  // namespace wiremill::cli
