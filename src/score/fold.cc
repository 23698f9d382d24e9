#include "score/fold.h"

#include <algorithm>
#include <tuple>

#include "score/arith.h"
#include "score/ledger.h"

namespace wiremill::score {
namespace {

constexpr double kMicrosecondsPerDay = 86'400e6;
constexpr std::string_view kToneAspect = "tone";
constexpr std::string_view kToneRule = "document_tone";

double absolute(double x) { return x < 0 ? -x : x; }

void note_claim(const Claim& claim, Moment moment, const Program& program, Fold& fold) {
  const Account& account = claim.at(moment, program);
  fold.coverage += account.coverage;
  if (!account.statements.empty()) {
    fold.speaks = true;
    fold.valid_until = std::max(fold.valid_until.value_or(account.until), account.until);
  }
  if (account.held == 0) return;
  fold.speaks = true;
  ++fold.held;
  for (const Mention* const mention : claim.mentions()) {
    if (mention->standing != Standing::kHeld || mention->counts_from > moment.t) continue;
    for (const std::string& flag : mention->fact->flags) fold.held_reasons.insert(flag);
  }
}

}  // namespace

double decay(base::Instant at, base::Instant t, double half_life_days) {
  if (t <= at) return 1;
  const double days = static_cast<double>((t - at).count()) / kMicrosecondsPerDay;
  return exp2(-days / half_life_days);
}

std::optional<Evidence> tone_evidence(const Claim& claim, Moment moment, const Program& program) {
  const Statement* const statement = claim.at(moment, program).newest();
  if (statement == nullptr) return std::nullopt;
  const Mention& first = *statement->first;
  Evidence evidence;
  evidence.claim = &claim;
  evidence.statement = statement;
  evidence.aspect = kToneAspect;
  evidence.rule = kToneRule;
  evidence.strength = std::clamp(first.company->tone.score, -1.0, 1.0);
  evidence.factors.relevance = statement->relevance;
  evidence.factors.credibility = statement->credibility;
  evidence.factors.confidence = std::clamp(first.company->tone.confidence, 0.0, 1.0);
  evidence.factors.decay =
      decay(first.scored, moment.t, program.weights().tone_half_life_days);
  evidence.weight = evidence.factors.product();
  return evidence;
}

void keep_most_telling(std::vector<Evidence>& evidence, std::size_t evidence_max) {
  std::vector<const Evidence*> chosen[2];  // for, against
  for (const Evidence& each : evidence) {
    if (thousandths(each.contribution) != 0) chosen[each.contribution < 0].push_back(&each);
  }
  std::vector<Evidence> kept;
  for (auto& side : chosen) {
    const std::size_t count = std::min(side.size(), evidence_max);
    const auto middle = side.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(side.begin(), middle, side.end(), [](const auto* a, const auto* b) {
      const double x = absolute(a->contribution);
      const double y = absolute(b->contribution);
      if (x != y) return x > y;
      return std::tie(a->claim->text(), a->rule, a->aspect) <
             std::tie(b->claim->text(), b->rule, b->aspect);
    });
    for (auto at = side.begin(); at != middle; ++at) kept.push_back(**at);
  }
  evidence = std::move(kept);
}

void fold_company(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  const Program& program = *context.program;
  const bool now = moment.slot == Moment::Slot::kNow;
  const double kappa = program.weights().company_kappa;
  WeightedMean tone;
  for (const Claim* const claim : scope.claims()) {
    if (!claim->topic().tone) continue;
    auto evidence = tone_evidence(*claim, moment, program);
    if (!evidence || evidence->weight <= 0) continue;  // weighs nothing, moves nothing
    tone.add(evidence->weight, evidence->strength);
    if (now) fold.evidence.push_back(std::move(*evidence));
  }
  for (Evidence& evidence : fold.evidence) {
    evidence.contribution = evidence.weight * evidence.strength / (tone.mass() + kappa);
  }
  fold.values["tone"] = tone.mean(kappa);
  fold.values["mass"] = tone.mass();
  fold.values["effective_count"] = tone.effective_count();
  fold.half_life_days[std::string(kToneRule)] = program.weights().tone_half_life_days;
  if (now) fold.ledger = ledger_of(scope, moment, program, context.ledger_max);
}

Fold fold(const Scope& scope, Moment moment, const FoldContext& context) {
  Fold fold;
  for (const Claim* const claim : scope.claims()) {
    note_claim(*claim, moment, *context.program, fold);
  }
  fold.saturated = scope.saturated();
  switch (scope.type()) {
    case model::ScopeType::kCompany: fold_company(scope, moment, context, fold); break;
    case model::ScopeType::kSector: fold_sector(scope, moment, context, fold); break;
    case model::ScopeType::kGroup: fold_group(scope, moment, context, fold); break;
    case model::ScopeType::kScenario: fold_scenario(scope, moment, context, fold); break;
  }
  keep_most_telling(fold.evidence, context.evidence_max);
  return fold;
}

}  // namespace wiremill::score
