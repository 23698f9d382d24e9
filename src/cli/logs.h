#pragma once
// The log that the configuration asks for, Kafka when it names brokers, else the embedded one; and
// the telemetry that hears of it.

#include <memory>

#include "catalog/catalogue.h"
#include "cli/config.h"
#include "stream/stream.h"
#include "telemetry/telemetry.h"

namespace wiremill::cli {

/// What the log tells of itself, as happenings. Borrows: telemetry.
stream::StreamEvents told_to(telemetry::Telemetry& telemetry);

/// Borrows: clock and telemetry. Errors: those of kafka::open and local::open.
[[nodiscard]] base::Result<std::unique_ptr<stream::Stream>> open_log(
    const Config& config, const base::Clock& clock, telemetry::Telemetry& telemetry);

/// Whether the embedded log is there already.
bool has_log(const std::string& folder);

/// The same for commands that only read: an embedded log that is not there is not made.
/// Errors: also rejected, naming the folder.
[[nodiscard]] base::Result<std::unique_ptr<stream::Stream>> open_to_read(
    const Config& config, const base::Clock& clock, telemetry::Telemetry& telemetry);

/// What telemetry must know to close its labels: topics, rules and sectors; and what runs.
telemetry::Options telemetry_options(const Config& config, const catalog::Catalogue& catalogue);

/// A Telemetry for commands that show nothing of it but warnings on standard error.
std::unique_ptr<telemetry::Telemetry> quiet_telemetry(const base::Clock& clock);

}  // namespace wiremill::cli
