#pragma once
// What the system says about this process, as the standard process_* metrics: CPU time, memory,
// open files, threads, start time. Read from /proc when asked; what cannot be read is left out.

#include <vector>

namespace prometheus {
struct MetricFamily;
}

namespace wiremill::telemetry {

/// Threads: any. Cost: five small files.
void append_system_metrics(std::vector<prometheus::MetricFamily>& families);

}  // namespace wiremill::telemetry
