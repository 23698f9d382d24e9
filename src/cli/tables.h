#pragma once
// Records as a person reads them on a terminal. Text from outside is shown without control
// characters.

#include <string>

#include "model/facts_record.h"
#include "model/signal.h"

namespace wiremill::cli {

/// A line for each fact: kind, subject, figure, period, status, modality, held, the quote.
std::string facts_table(const model::FactsRecord& record);

/// One line: scope, values, what moved it.
std::string signal_line(const model::Signal& signal);

}  // namespace wiremill::cli
