#pragma once
// One statement as one story makes it, reduced to what folding compares: keys, times, weights.
// Made once when a story's live version is set, from the record and the catalogue.
//
//   for (const Mention& mention : mentions_of(record, program, tick)) …
//
// A record gives a mention for each fact and one for the tone of each company it speaks of.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/facts_record.h"
#include "score/program.h"

namespace wiremill::score {

/// What a mention may do.
enum class Standing {
  kEvidence,  ///< carries, confirms or reprints a statement
  kCoverage,  ///< old or repeated news: counted, nothing else
  kHeld,      ///< doubtful: listed as held, nothing else
};

/// The words that stand for a value when there is no figure.
struct Words {
  std::optional<model::Direction> direction;
  std::optional<model::Surprise> surprise;
  std::optional<model::Stance> stance;
  bool operator==(const Words&) const = default;
};

/// Borrows: the record, until the story changes.
struct Mention {
  const model::FactsRecord* record = nullptr;
  const model::Fact* fact = nullptr;             ///< nullptr: a tone
  const model::CompanyInText* company = nullptr; ///< of a tone
  std::string claim;         ///< readable key: kind|subject|parties|metric|qualifier|period|class
  std::string prior_claim;   ///< the same a year earlier; empty when there is no such period
  std::uint64_t key = 0;     ///< digest64(claim)

  base::Instant published;
  base::Instant scored;
  base::Instant counts_from;  ///< first tick at which it counts
  base::Instant expires;      ///< static: scored + keep(kind)

  Standing standing = Standing::kEvidence;
  bool denied = false;
  model::Status status = model::Status::kActual;
  std::optional<double> value;
  std::uint64_t unit = 0;  ///< digest of kind, currency, unit and rate
  Words words;
  std::uint64_t family = 0;
  std::uint64_t lead = 0;  ///< 0: no lead
  double credibility = 0;
  double relevance = 0;

  /// The value that the text itself compares with, and whether that one is for the same period.
  std::optional<double> compared_value;
  bool compared_same_period = false;
  std::optional<double> surprise_points;  ///< figure minus consensus, or what the word stands for
  std::optional<double> move_points;      ///< the stated move, in basis points

  const std::string& story() const { return record->event.story_id; }
  const std::string& id() const { return fact != nullptr ? fact->id : company->id; }
};

/// Canonical order: scored time, story, id. Arrival does not enter.
bool before(const Mention& a, const Mention& b);

/// Requires: tick > 0. Nothing for synthetic events and withdrawals.
std::vector<Mention> mentions_of(const model::FactsRecord& record, const Program& program,
                                 base::Duration tick);

/// What the mention's claim is about; with `years_back` the same for an earlier period.
Topic topic_of(const Mention& mention, int years_back = 0);

/// "FY2026", "2026Q1", "2026H1", "2026-01", "cumulative 2026-01-01..2029-12-31"; empty when the
/// period is not known. `years_back` moves the first four kinds; others have no year before.
std::string period_label(const std::optional<model::Period>& period, int years_back = 0);

}  // namespace wiremill::score
