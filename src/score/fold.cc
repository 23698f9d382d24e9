#include "score/fold.h"

#include <algorithm>
#include <tuple>

#include "score/arith.h"
#include "score/ledger.h"
#include "score/weigh.h"

namespace wiremill::score {
namespace {

constexpr double kMicrosecondsPerDay = 86'400e6;

double absolute(double x) { return x < 0 ? -x : x; }

void note_claim(const Claim& claim, const Row& row, Moment moment, Fold& fold) {
  fold.coverage += row.coverage;
  if (row.stands) {
    fold.speaks = true;
    fold.valid_until = std::max(fold.valid_until.value_or(row.until), row.until);
  }
  if (row.held == 0) return;
  fold.speaks = true;
  ++fold.held;
  for (const Mention* const mention : claim.mentions()) {
    if (mention->standing != Standing::kHeld || mention->counts_from > moment.t) continue;
    for (const std::string& flag : mention->fact->flags) fold.held_reasons.insert(flag);
  }
}

void note_claims(const Scope& scope, Moment moment, const Program& program, Fold& fold) {
  Row spare;
  for (const Scope::Weighed& weighed : scope.claims()) {
    note_claim(*weighed.claim, row_of(weighed, scope, moment, program, spare), moment, fold);
  }
}

/// Of an earlier moment the values are asked for, and whether there was anything to say.
bool spoke(const Scope& scope, Moment moment, const Program& program) {
  return std::any_of(scope.claims().begin(), scope.claims().end(), [&](const auto& weighed) {
    const Account& account = weighed.claim->at(moment, program);
    return account.newest() != nullptr || account.held > 0;
  });
}

/// The `count` of each sign that contribute most, those for first; equal ones in the given order.
template <class Each, class Order>
std::vector<const Each*> chosen(const std::vector<Each>& all, std::size_t count, Order order) {
  std::vector<const Each*> sides[2];  // for, against
  for (const Each& each : all) {
    if (thousandths(each.contribution) != 0) sides[each.contribution < 0].push_back(&each);
  }
  std::vector<const Each*> kept;
  for (auto& side : sides) {
    const auto end = side.begin() + static_cast<std::ptrdiff_t>(std::min(side.size(), count));
    std::partial_sort(side.begin(), end, side.end(), [&](const Each* a, const Each* b) {
      const double x = absolute(a->contribution);
      const double y = absolute(b->contribution);
      return x != y ? x > y : order(*a, *b);
    });
    kept.insert(kept.end(), side.begin(), end);
  }
  return kept;
}

}  // namespace

double decay(base::Instant at, base::Instant t, double half_life_days) {
  if (t <= at) return 1;
  const double days = static_cast<double>((t - at).count()) / kMicrosecondsPerDay;
  return exp2(-days / half_life_days);
}

void keep_most_telling(std::vector<Evidence>& evidence, std::size_t count) {
  std::vector<const Evidence*> kept = chosen(evidence, count, [](const auto& a, const auto& b) {
    return std::tie(a.claim->text(), a.rule, a.aspect) <
           std::tie(b.claim->text(), b.rule, b.aspect);
  });
  std::vector<Evidence> copies;
  for (const Evidence* const each : kept) copies.push_back(*each);
  evidence = std::move(copies);
}

std::vector<Evidence> most_telling(const std::vector<Telling>& shares, Moment moment,
                                   const FoldContext& context) {
  const Program& program = *context.program;
  const auto names = [&](const Telling& each) {
    return std::tuple(std::string_view(each.claim->text()), rule_of(*each.share, program),
                      aspect_of(*each.share, program));
  };
  std::vector<Evidence> evidence;
  for (const Telling* const each : chosen(
           shares, context.evidence_max,
           [&](const Telling& a, const Telling& b) { return names(a) < names(b); })) {
    evidence.push_back(evidence_of(*each->claim, *each->share, moment, program));
    evidence.back().contribution = each->contribution;
  }
  return evidence;
}

void fold_company(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  const Program& program = *context.program;
  const bool now = moment.slot == Moment::Slot::kNow;
  const double kappa = program.weights().company_kappa;
  WeightedMean tone;
  std::vector<Telling> telling;
  Row spare;
  for (const Scope::Weighed& weighed : scope.claims()) {
    for (const Share& share : row_of(weighed, scope, moment, program, spare).shares) {
      if (share.weight <= 0) continue;  // weighs nothing, moves nothing
      tone.add(share.weight, share.strength);
      if (now) telling.push_back({share.weight * share.strength, weighed.claim, &share});
    }
  }
  for (Telling& each : telling) each.contribution /= tone.mass() + kappa;
  fold.evidence = most_telling(telling, moment, context);
  fold.values["tone"] = tone.mean(kappa);
  fold.values["mass"] = tone.mass();
  fold.values["effective_count"] = tone.effective_count();
  fold.half_life_days[std::string(kToneRule)] = program.weights().tone_half_life_days;
  if (now) fold.ledger = ledger_of(scope, moment, program, context.ledger_max);
}

Fold fold(const Scope& scope, Moment moment, const FoldContext& context) {
  Fold fold;
  if (moment.slot == Moment::Slot::kNow) {
    note_claims(scope, moment, *context.program, fold);
  } else {
    fold.speaks = spoke(scope, moment, *context.program);
  }
  fold.saturated = scope.saturated();
  switch (scope.type()) {
    case model::ScopeType::kCompany: fold_company(scope, moment, context, fold); break;
    case model::ScopeType::kSector: fold_sector(scope, moment, context, fold); break;
    case model::ScopeType::kGroup: fold_group(scope, moment, context, fold); break;
    case model::ScopeType::kScenario: fold_scenario(scope, moment, context, fold); break;
  }
  if (fold.scenario) keep_most_telling(fold.evidence, context.evidence_max);
  return fold;
}

}  // namespace wiremill::score
