#pragma once
// What came of the demo, read from the log itself: what was read, what was found in it, where each
// set of scenarios ended and because of which facts.
//
//   Result<DemoSummary> summary = summarise(log, topics);
//   fmt::print("{}", summary_text(*summary, catalogue, ink));

#include <map>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "cli/demo_screen.h"
#include "pipeline/topics.h"
#include "stream/stream.h"

namespace wiremill::cli {

/// A fact at the moment when it moved a set of scenarios most.
struct PeakMove {
  model::Because because;
  std::string publisher;
  std::vector<std::pair<std::string, double>> points;  ///< by scenario, largest first
};

struct SetOutcome {
  model::Signal last;
  std::map<std::string, PeakMove> peaks;  ///< by fact
};

struct DemoSummary {
  std::size_t events = 0;       ///< versions of stories that were read, dead letters included
  std::size_t stories = 0;
  std::size_t corrections = 0;  ///< further versions, and "CORRECTED: …" under an id of its own
  std::size_t withdrawals = 0;
  std::size_t embargoed = 0;
  /// Stories that say nothing that an earlier one had not said, or begin in the same words.
  std::size_t reprints = 0;
  std::map<std::string, std::size_t> facts;  ///< by kind, asserted and not background
  std::map<std::string, std::size_t> held;   ///< by reason
  std::size_t aside = 0;  ///< conditional, opinion, background …: kept, but no evidence
  std::size_t signals = 0;
  std::map<std::string, std::size_t> dead_letters;  ///< by reason
  std::map<std::string, SetOutcome> sets;           ///< by scope
  base::Instant first;
  base::Instant last;
};

/// Errors: those of Stream::scan.
[[nodiscard]] base::Result<DemoSummary> summarise(stream::Stream& log,
                                                  const pipeline::Topics& topics);

/// Ends with a line break. Requires: text from outside is made safe here, not by the caller.
std::string summary_text(const DemoSummary& summary, const catalog::Catalogue& catalogue, Ink ink);

}  // namespace wiremill::cli
