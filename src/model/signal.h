#pragma once
// What is now believed about a scope, and because of which facts: the value of the output topic.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/facts_record.h"

namespace wiremill::model {

enum class ScopeType { kCompany, kSector, kScenario, kGroup };
template <>
struct NameTable<ScopeType> {
  static constexpr std::array<std::string_view, 4> kNames{"company", "sector", "scenario",
                                                          "group"};
};

enum class Cause {
  kNewEvidence, kCorrection, kDecay, kSilence, kCatalogueChange, kResolution, kTick
};
template <>
struct NameTable<Cause> {
  static constexpr std::array<std::string_view, 7> kNames{
      "new_evidence", "correction", "decay", "silence", "catalogue_change", "resolution", "tick"};
};

enum class Mode { kLive, kReplay, kBackfill };
template <>
struct NameTable<Mode> {
  static constexpr std::array<std::string_view, 3> kNames{"live", "replay", "backfill"};
};

/// One fact as it weighs on a scope, with everything a reader needs to check it.
struct Because {
  std::string fact;   ///< fact id
  std::string claim;  ///< readable claim key
  std::string kind;
  Subject subject;
  std::string value;     ///< "200000000000 USD", "-0.1 percentage_points"; empty without figure
  std::string previous;  ///< what it is measured against, same form; empty when unknown
  std::string status;
  std::string claimant;
  std::string aspect;    ///< impact aspect or trigger id
  std::string rule;      ///< impact row or trigger that fired
  double sign = 0;       ///< -1…1
  double contribution = 0;
  std::map<std::string, double> factors;  ///< relevance, credibility, status, novelty, …
  Span quote;
  std::string story;
  std::int64_t revision = 1;
  std::string headline;
  std::string url;
  std::int64_t families = 1;
  std::int64_t mentions = 1;
  base::Instant at;  ///< when the statement was first made
  bool operator==(const Because&) const = default;
};

/// One cell of a ledger: the latest figure of a company (or group) for a metric and a period.
struct LedgerEntry {
  std::string subject;  ///< company id or group id
  std::string metric;
  std::string variant;
  std::string period;  ///< "FY2026", "2026Q1", "2026-2029 cumulative"
  std::string low;     ///< decimal text, empty when unknown
  std::string high;
  std::string bound;
  std::string unit;  ///< currency or unit
  std::string status;
  std::string claimant;
  std::string fact;
  base::Instant at;
  /// Earlier statements, oldest first: "guided 125000000000 USD".
  std::vector<std::string> history;
  std::vector<std::string> members;  ///< for a computed group total: whose figures are in it
  bool stated = true;                ///< false: computed by us from the members
  bool operator==(const LedgerEntry&) const = default;
};

struct TriggerState {
  std::string id;
  std::string state;     ///< on, off, untested
  std::string variant;   ///< which row of likelihood ratios holds
  std::string reading;   ///< the value tested, empty when untested
  double strength = 0;   ///< 0…1: evidence weight times decay of the strongest claim
  bool capped = false;
  bool operator==(const TriggerState&) const = default;
};

struct ScenarioView {
  std::string set;  ///< id of the scenario set, "capex-shock-2026"
  std::vector<std::string> names;
  std::vector<double> weights;
  std::vector<double> prior;
  std::vector<double> moved_points;  ///< weight minus prior, in percentage points
  std::string prior_basis;
  base::Instant opens;
  base::Instant closes;
  std::string state;  ///< upcoming, open, closed
  std::vector<TriggerState> triggers;
  bool capped = false;
  bool operator==(const ScenarioView&) const = default;
};

/// Values of a signal by name (tone, mass, effective_count, …), unrounded; rendering rounds.
using Values = std::map<std::string, std::optional<double>>;

struct Signal {
  ScopeType type = ScopeType::kSector;
  std::string scope;  ///< "sector/memory"
  Values values;
  Values change_1h;  ///< value now minus value one hour before as_of
  Values change_24h;
  std::optional<ScenarioView> scenario;
  std::vector<LedgerEntry> ledger;
  std::vector<Because> because;  ///< most telling first
  std::vector<Because> against;
  std::int64_t held_count = 0;
  std::vector<std::string> held_reasons;
  std::int64_t coverage = 0;  ///< mentions behind the value, reprints included
  bool saturated = false;
  Cause cause = Cause::kNewEvidence;
  Mode mode = Mode::kLive;
  base::Instant as_of;
  base::Instant known_until;                ///< log time: newest scored time seen
  std::optional<base::Instant> valid_until; ///< when the newest evidence expires
  std::map<std::string, double> half_life_days;  ///< by rule: how fast its evidence fades
  std::int64_t sequence = 0;
  std::int64_t supersedes = 0;  ///< sequence of the signal it replaces, 0 for none
  CatalogStamp catalog;
  std::string traceparent;
  bool operator==(const Signal&) const = default;
};

}  // namespace wiremill::model
