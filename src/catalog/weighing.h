#pragma once
// What `score` needs to know besides companies: how much a fact weighs, what it means for which
// sector, which facts speak for which scenario, and the known figures that plans are measured by.
//
// Everything here is an opinion with a number: it lives in YAML with its unit, range and reason
// and is meant to be argued with. Score holds no number of its own.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "model/event.h"
#include "model/fact.h"

namespace wiremill::catalog {

/// When a row of the impact table or of a trigger applies. Every list that is not empty must hold
/// one match. The first block looks at what a claim is about and never changes; the second at
/// what is said of it now.
struct Condition {
  std::vector<model::FactKind> kinds;
  std::vector<std::string> metrics;
  std::vector<std::string> subjects;  ///< ids of companies, instruments, institutions
  std::vector<std::string> groups;    ///< a member or the group itself
  std::vector<std::string> sectors;   ///< the subject company belongs to one

  std::vector<model::Status> statuses;
  std::vector<model::Status> not_statuses;
  std::vector<model::Role> roles;  ///< of the subject; a fact that names none passes
  std::vector<std::string> parties;  ///< ids; one of them takes part beside the subject
  std::vector<model::Direction> directions;
  std::vector<model::Surprise> surprises;
  std::vector<model::Stance> stances;
  bool direction_or_surprise = false;  ///< one of the two lists is enough
  bool same_period = false;            ///< an earlier value for the same period must be known
  std::optional<double> revision_at_least;   ///< fraction; passes while the revision is unknown
  std::optional<double> surprise_at_least;   ///< points against consensus
  std::optional<double> surprise_at_most;
  std::optional<double> baseline_at_least;   ///< basis points against the pack's first reading
  std::optional<double> baseline_at_most;
  std::optional<double> move_at_least;       ///< basis points of the stated move
  std::optional<double> revenue_share_at_least;  ///< fraction of trailing revenue
};

/// How the size of a fact becomes a factor (desk formulas; the units are in Weights).
enum class Magnitude { kRevision, kContract, kBonds, kInflation, kUnknown };

struct Weights {
  std::map<std::string, double, std::less<>> credibility;  ///< by tier of the publisher, 0…1
  std::vector<double> status;   ///< by model::Status, 0…1
  double denial = 0;            ///< weight of a denial, against what it denies, 0…1
  std::vector<double> novelty;  ///< for the 1st, 2nd, … family of a statement, 0…1
  /// By model::FactKind: the fraction within which two values are the same statement. 0: equal.
  std::vector<double> tolerance;
  std::vector<double> keep_days;  ///< by model::FactKind: how long a fact is kept
  double tone_keep_days = 0;
  double story_days = 0;        ///< how long a story's versions are remembered without facts
  double correction_window_days = 0;
  double tone_half_life_days = 0;
  double company_kappa = 0;  ///< pull towards 0 of a company's tone, in units of evidence weight
  double sector_kappa = 0;
  double facts_share = 0;    ///< of facts in a sector's tone, the rest is text; 0…1
  double relevance_default = 0;  ///< of a subject that the record gives no relevance for
  std::map<std::string, double, std::less<>> aspects;  ///< weight of an aspect in a sector's tone
  double magnitude_low = 0;      ///< bounds of the factor
  double magnitude_high = 0;
  double magnitude_unknown = 0;
  double revision_unit = 0;      ///< fraction that counts as magnitude 1
  double contract_unit = 0;      ///< fraction of trailing revenue, under a square root
  double bonds_unit = 0;         ///< basis points
  double inflation_unit = 0;     ///< points of surprise
  double surprise_word = 0;      ///< points that "below" or "above" stands for without figures
  double claim_spread = 0;       ///< most that a claim moves a set: greatest ratio of two factors
  double official_spread = 0;    ///< … for official prints and a company's own firm figures
  double family_spread = 0;      ///< … for a trigger family
  double diminishing = 0;        ///< factor from one claim of a family to the next strongest, 0…1
  std::vector<model::FactKind> ledger_kinds;        ///< direction by the earlier statement
  std::vector<model::FactKind> prior_period_kinds;  ///< … else by the period a year before
  std::vector<std::string> total_metrics;  ///< which a group's total is summed over, by preference
  std::string place = {};  ///< file and line, for error texts
};

struct Strength {
  std::string sector;
  std::string aspect;
  double strength = 0;  ///< -1…1 at magnitude 1
};

/// A row of the impact table.
struct Impact {
  std::string id;
  Condition when;
  Magnitude magnitude = Magnitude::kUnknown;
  double half_life_days = 0;
  std::vector<Strength> strengths;
  std::optional<Strength> own;  ///< for the main sector of the subject; `sector` stays empty
  std::string place = {};  ///< file and line, for error texts
};

/// A known figure: what a first statement is measured against. Dated and with its source; one for
/// each period that it is known as.
struct Reference {
  std::string subject;
  std::vector<std::string> metrics;  ///< the metrics it is the known value of
  std::string period;                ///< "FY2025" (by the year it ends in), "trailing"
  base::Decimal value;
  std::string unit;  ///< currency
  base::Instant as_of;
  std::string source;
  std::optional<double> ever_most = {};  ///< in place of that of `Plausible`
  std::string place = {};  ///< file and line, for error texts
};

/// How far a first statement of some metrics may be from a known figure of the metric `against`
/// before it cannot be true. Limits are multiples of the known figure; none: no such limit.
struct Plausible {
  std::vector<std::string> metrics;
  std::string against;
  std::optional<double> year_most;     ///< of one year
  std::optional<double> year_least;    ///< of one year as a whole, no part or site of it
  std::optional<double> quarter_most;  ///< of one quarter, against a year
  std::optional<double> ever_most;     ///< of many years, or of no stated time
  double growth = 1;                   ///< factor on these for each year after the known one
  double free_dollars = 0;             ///< an amount up to this is never held
  std::string place = {};              ///< file and line, for error texts
};

/// What a dollar buys, within a factor of two: enough to tell a slip of a power of ten.
struct Rate {
  std::string currency;
  double per_dollar = 0;
  std::string place = {};  ///< file and line, for error texts
};

enum class TriggerType { kState, kEvent };

struct TriggerRow {
  std::string id;
  Condition when;
  std::vector<double> ratios;  ///< likelihood ratios, one a scenario
  std::string place = {};  ///< file and line, for error texts
};

/// One thing to watch: the first row whose condition holds gives the ratios.
struct Trigger {
  std::string id;
  std::string name;
  std::string name_ko;
  TriggerType type = TriggerType::kEvent;
  std::string family;  ///< triggers of a family share one cap
  double half_life_days = 0;
  bool official = false;  ///< an official print: may move the set further
  /// Of a state: what its readings are measured by, in their unit; else the first since the
  /// pack's evidence began.
  std::optional<double> baseline;
  std::vector<TriggerRow> rows;
  std::string place = {};  ///< file and line, for error texts
};

struct Scenario {
  std::string id;
  std::string name;
  std::string name_ko;
  double prior = 0;
};

/// What has not come by a date is evidence: S_k = 1 - quiet_k * min(1, t / span).
struct Silence {
  std::string trigger;         ///< on: the silence is broken
  std::vector<double> quiet;   ///< one a scenario, 0…1
  double span_days = 0;
};

struct Pack {
  std::string id;
  std::string name;
  std::string name_ko;
  base::Instant opens;
  base::Instant evidence_from;
  base::Instant closes;
  std::string prior_basis;  ///< published, midpoint, unpublished
  std::vector<Scenario> scenarios;
  std::vector<model::Form> forms_excluded;
  std::vector<Trigger> triggers;
  std::optional<Silence> silence;
  std::string place = {};  ///< file and line, for error texts
};

struct Weighing {
  Weights weights;
  std::vector<Impact> impacts;
  std::vector<Reference> references;  ///< what was
  std::vector<Reference> plans;       ///< what the companies themselves said will be
  std::vector<Plausible> plausible;
  std::vector<Rate> rates;
  std::vector<Pack> packs;
};

}  // namespace wiremill::catalog
