#include "score/judge.h"

#include <algorithm>

#include "base/assert.h"
#include "score/arith.h"

namespace wiremill::score {
namespace {

using model::Direction;

template <class List, class Value>
bool has(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <class List, class Value>
bool allows(const List& list, const std::optional<Value>& value) {
  return list.empty() || (value && has(list, *value));
}

double absolute(double x) { return x < 0 ? -x : x; }

/// The newest reference that was known at t.
std::optional<double> known_value(const References* references, base::Instant t) {
  std::optional<double> value;
  if (references == nullptr) return value;
  for (const catalog::Reference* const reference : *references) {
    if (reference->as_of <= t) value = reference->value.approximate();
  }
  return value;
}

/// The last earlier statement of the claim with another value: a step up the ladder with the same
/// value is measured by what the first step was measured by.
const Statement* earlier_statement(const Claim& claim, const Account& account,
                                   const catalog::Weights& weights) {
  const Statement& newest = *account.newest();
  const double value = *newest.first->value;
  const double tolerance = weights.tolerance[static_cast<std::size_t>(claim.topic().kind)];
  for (auto at = account.statements.rbegin() + 1; at != account.statements.rend(); ++at) {
    const Mention& first = *at->first;
    if (!first.value || first.denied || first.unit != newest.first->unit) continue;
    if (absolute(value - *first.value) > tolerance * absolute(*first.value)) return &*at;
  }
  return nullptr;
}

void find_earlier(const Claim& claim, const Account& account, Moment moment,
                  const Program& program, Judgement& judged) {
  const catalog::Weights& weights = program.weights();
  const Statement& newest = *account.newest();
  if (const Statement* const earlier = earlier_statement(claim, account, weights)) {
    judged.earlier = earlier->first->value;
    judged.earlier_source = "statement";
    judged.same_period = true;
    return;
  }
  if (newest.compared_value) {
    judged.earlier = newest.compared_value;
    judged.earlier_source = "text";
    judged.same_period = newest.compared_same_period;
    return;
  }
  const Topic& topic = claim.topic();
  if (claim.prior() == nullptr || !has(weights.prior_period_kinds, topic.kind)) return;
  if (const Statement* const prior = claim.prior()->at(moment, program).newest()) {
    if (prior->first->value && !prior->first->denied && prior->first->unit == newest.first->unit) {
      judged.earlier = prior->first->value;
      judged.earlier_source = "prior_period";
      return;
    }
  }
  judged.earlier = known_value(claim.audience().year_before, moment.t);
  if (judged.earlier) judged.earlier_source = "reference";
}

void set_direction(const Claim& claim, const Account& account, Moment moment,
                   const Program& program, Judgement& judged) {
  const catalog::Weights& weights = program.weights();
  const Statement& newest = *judged.statement;
  judged.direction = newest.words.direction;
  if (!newest.first->value || !has(weights.ledger_kinds, claim.topic().kind)) return;
  find_earlier(claim, account, moment, program, judged);
  if (!judged.earlier || *judged.earlier == 0) return;
  const double revision = (*newest.first->value - *judged.earlier) / absolute(*judged.earlier);
  const double flat = weights.tolerance[static_cast<std::size_t>(claim.topic().kind)];
  judged.revision = revision;
  judged.direction = absolute(revision) <= flat ? Direction::kFlat
                     : revision > 0             ? Direction::kUp
                                                : Direction::kDown;
}

bool is_firm(model::Status status) {
  using model::Status;
  return status == Status::kContracted || status == Status::kOrdered ||
         status == Status::kDelivered || status == Status::kActual;
}

/// Whether one of the ids takes part in what the fact tells; an empty list asks nothing.
bool names_party(const std::vector<std::string>& ids, const model::Fact& fact) {
  return ids.empty() ||
         std::any_of(fact.parties.begin(), fact.parties.end(),
                     [&](const model::Party& party) { return has(ids, party.id); });
}

}  // namespace

Judgement judge(const Claim& claim, const Account& account, Moment moment,
                const Program& program) {
  WIREMILL_ASSERT(account.newest() != nullptr && !claim.topic().tone);
  const catalog::Weights& weights = program.weights();
  Judgement judged;
  judged.claim = &claim;
  judged.statement = account.newest();
  const Mention& first = *judged.statement->first;
  set_direction(claim, account, moment, program, judged);
  judged.status_weight = first.denied ? weights.denial
                                      : weights.status[static_cast<std::size_t>(first.status)];
  judged.sign = first.denied ? -1 : 1;
  const auto revenue = known_value(claim.audience().revenue, moment.t);
  if (revenue && first.value) judged.revenue_share = *first.value / *revenue;
  judged.own_firm = is_firm(first.status) && !first.denied &&
                    first.fact->claimant.type == model::ClaimantType::kCompany &&
                    first.fact->claimant.id == claim.topic().subject;
  return judged;
}

bool holds(const catalog::Condition& when, const Judgement& judged) {
  const Statement& statement = *judged.statement;
  const Mention& first = *statement.first;
  if (!when.statuses.empty() && !has(when.statuses, first.status)) return false;
  if (has(when.not_statuses, first.status)) return false;
  if (first.fact->role && !allows(when.roles, first.fact->role)) return false;
  if (!names_party(when.parties, *first.fact)) return false;
  if (!allows(when.stances, statement.words.stance)) return false;
  const bool direction = allows(when.directions, judged.direction);
  const bool surprise = allows(when.surprises, statement.words.surprise);
  if (when.direction_or_surprise) {
    const bool pointed = !when.directions.empty() && direction;
    const bool surprising = !when.surprises.empty() && surprise;
    if (!pointed && !surprising) return false;
  } else if (!direction || !surprise) {
    return false;
  }
  if (when.same_period && !judged.same_period) return false;
  if (when.revision_at_least && judged.revision &&
      absolute(*judged.revision) < *when.revision_at_least) {
    return false;
  }
  const auto at_least = [](const std::optional<double>& limit, const std::optional<double>& x) {
    return !limit || (x && *x >= *limit);
  };
  const auto at_most = [](const std::optional<double>& limit, const std::optional<double>& x) {
    return !limit || (x && *x <= *limit);
  };
  return at_least(when.surprise_at_least, statement.surprise_points) &&
         at_most(when.surprise_at_most, statement.surprise_points) &&
         at_least(when.baseline_at_least, judged.baseline_points) &&
         at_most(when.baseline_at_most, judged.baseline_points) &&
         at_least(when.move_at_least, statement.move_points) &&
         at_least(when.revenue_share_at_least, judged.revenue_share);
}

double magnitude(catalog::Magnitude formula, const Judgement& judged,
                 const catalog::Weights& weights) {
  const auto scaled = [&](const std::optional<double>& size, double unit) {
    return size ? bounded(absolute(*size) / unit, weights) : weights.magnitude_unknown;
  };
  using catalog::Magnitude;
  switch (formula) {
    case Magnitude::kRevision: return scaled(judged.revision, weights.revision_unit);
    case Magnitude::kBonds: return scaled(judged.statement->move_points, weights.bonds_unit);
    case Magnitude::kInflation:
      return scaled(judged.statement->surprise_points, weights.inflation_unit);
    case Magnitude::kContract:
      if (!judged.revenue_share || *judged.revenue_share < 0) return weights.magnitude_unknown;
      return bounded(sqrt(*judged.revenue_share / weights.contract_unit), weights);
    case Magnitude::kUnknown: return weights.magnitude_unknown;
  }
  return weights.magnitude_unknown;
}

}  // namespace wiremill::score
