#pragma once
// A scope folded at a moment: its values, its ledger and the evidence behind them. Computed from
// all its claims each time, in order of key, so there is no running sum that could go wrong.
//
//   const Fold now = fold(scope, {t}, context);
//   now.values.at("tone")
//
// Formulas: reference page of the desk, section 4 (company, sector) and 3 (scenario).

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/signal.h"
#include "score/judge.h"
#include "score/scope.h"

namespace wiremill::score {

/// The factors of a weight; their product is the weight.
struct Factors {
  double relevance = 1;
  double credibility = 1;
  double status = 1;
  double novelty = 1;
  double magnitude = 1;
  double confidence = 1;
  double decay = 1;

  double product() const {
    return relevance * credibility * status * novelty * magnitude * confidence * decay;
  }
};

/// One claim as it weighs on a scope by one rule. Borrows: the claim and the catalogue, until a
/// claim changes or is asked for another moment.
struct Evidence {
  const Claim* claim = nullptr;
  const Statement* statement = nullptr;  ///< the one that carries the claim
  std::optional<double> earlier;         ///< value that it was measured by
  std::string_view aspect;               ///< impact aspect or trigger id
  std::string_view rule;
  double strength = 0;      ///< signed, -1…1
  double weight = 0;
  double contribution = 0;  ///< what it adds to the value: share of the tone, or points moved
  Factors factors;
  std::vector<std::pair<std::string, double>> details;  ///< of a scenario: by scenario
};

struct Fold {
  model::Values values;
  std::vector<Evidence> evidence;  ///< most telling first; those for, then those against, cut
  std::vector<std::shared_ptr<const LedgerLine>> ledger;
  std::optional<model::ScenarioView> scenario;
  std::int64_t held = 0;  ///< claims with held mentions
  std::set<std::string> held_reasons;
  std::int64_t coverage = 0;
  bool saturated = false;
  std::optional<base::Instant> valid_until;
  std::map<std::string, double> half_life_days;
  bool speaks = false;  ///< false: there is nothing to say about the scope
  std::deque<Account> accounts;  ///< what evidence of a scenario borrows
};

struct FoldContext {
  const Program* program = nullptr;
  std::size_t evidence_max = 0;     ///< listed for and against each
  std::size_t ledger_max = 0;       ///< entries of a ledger
  base::Duration pack_lingers{0};   ///< how long a closed pack is still shown
};

/// Cost: some 10 ns for a claim that neither changed nor was folded for another moment. A fold of
/// another slot than kNow keeps nothing and leaves out evidence and ledger: it serves to tell what
/// changed.
Fold fold(const Scope& scope, Moment moment, const FoldContext& context);

// One for each type of scope.
void fold_company(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold);
void fold_sector(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold);
void fold_group(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold);
void fold_scenario(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold);

/// Σ w s / (Σ w + κ), with the mass Σ w and the effective count (Σ w)² / Σ w².
class WeightedMean {
 public:
  void add(double weight, double value) {
    mass_ += weight;
    sum_ += weight * value;
    squares_ += weight * weight;
  }
  double mass() const { return mass_; }
  std::optional<double> mean(double kappa) const {
    if (mass_ <= 0) return std::nullopt;
    return sum_ / (mass_ + kappa);
  }
  double effective_count() const { return squares_ > 0 ? mass_ * mass_ / squares_ : 0; }

 private:
  double mass_ = 0;
  double sum_ = 0;
  double squares_ = 0;
};

/// 2^(-(t - at) / h), 1 before `at`.
double decay(base::Instant at, base::Instant t, double half_life_days);

/// What a share adds, to be made evidence when it is among the most telling.
struct Telling {
  double contribution = 0;
  const Claim* claim = nullptr;
  const Share* share = nullptr;
};

/// Keeps the most telling, `count` for and as many against, those for first; equal ones by claim,
/// rule and aspect. What adds less than half a thousandth is dropped.
void keep_most_telling(std::vector<Evidence>& evidence, std::size_t count);
std::vector<Evidence> most_telling(const std::vector<Telling>& shares, Moment moment,
                                   const FoldContext& context);

}  // namespace wiremill::score
