#include "score/weigh.h"

#include <algorithm>

#include "score/ledger.h"

namespace wiremill::score {
namespace {

Evidence tone_evidence(const Claim& claim, const Statement& statement, Moment moment,
                       const Program& program) {
  const Mention& first = *statement.first;
  Evidence evidence;
  evidence.claim = &claim;
  evidence.statement = &statement;
  evidence.aspect = kToneAspect;
  evidence.rule = kToneRule;
  evidence.strength = std::clamp(first.company->tone.score, -1.0, 1.0);
  evidence.factors.relevance = statement.relevance;
  evidence.factors.credibility = statement.credibility;
  evidence.factors.confidence = std::clamp(first.company->tone.confidence, 0.0, 1.0);
  evidence.factors.decay =
      decay(first.scored, moment.t, program.weights().tone_half_life_days);
  evidence.weight = evidence.factors.product();
  return evidence;
}

Evidence fact_evidence(const Judgement& judged, const catalog::Impact& impact,
                       std::string_view aspect, double strength, Moment moment,
                       const Program& program) {
  const Statement& statement = *judged.statement;
  Evidence evidence;
  evidence.claim = judged.claim;
  evidence.statement = &statement;
  evidence.earlier = judged.earlier;
  evidence.aspect = aspect;
  evidence.rule = impact.id;
  evidence.strength = strength;
  Factors& factors = evidence.factors;
  factors.relevance = statement.relevance;
  factors.credibility = statement.credibility;
  factors.status = judged.status_weight;
  factors.novelty = statement.novelty;
  factors.magnitude = magnitude(impact.magnitude, judged, program.weights());
  factors.decay = decay(statement.first->scored, moment.t, impact.half_life_days);
  evidence.weight = factors.product();
  return evidence;
}

void add_fact_shares(const Claim& claim, const Account& account, const Scope& scope,
                     Moment moment, const Program& program, std::vector<Share>& shares) {
  const Judgement judged = judge(claim, account, moment, program);
  for (const std::uint32_t index : claim.audience().impacts) {
    const catalog::Impact& impact = program.impacts()[index];
    if (!holds(impact.when, judged)) continue;
    const auto add = [&](const std::string& aspect, double strength) {
      const Evidence evidence =
          fact_evidence(judged, impact, aspect, judged.sign * strength, moment, program);
      shares.push_back({evidence.weight, evidence.strength, index, program.aspect(aspect)});
    };
    for (const catalog::Strength& strength : impact.strengths) {
      if (strength.sector == scope.id()) add(strength.aspect, strength.strength);
    }
    if (impact.own && claim.audience().main_sector == scope.id()) {
      add(impact.own->aspect, impact.own->strength);
    }
  }
}

Row weigh(const Claim& claim, const Scope& scope, Moment moment, const Program& program) {
  const Account& account = claim.at(moment, program);
  Row row;
  row.t = moment.t;
  row.stands = account.newest() != nullptr;
  row.until = account.until;
  row.coverage = account.coverage;
  row.held = account.held;
  if (!row.stands) return row;
  if (claim.topic().tone) {
    const Evidence evidence = tone_evidence(claim, *account.newest(), moment, program);
    row.shares.push_back({evidence.weight, evidence.strength, Share::kTone, 0});
  } else if (scope.type() == model::ScopeType::kSector) {
    add_fact_shares(claim, account, scope, moment, program, row.shares);
  }
  if (const Statement* const shown = shown_statement(claim, account, program)) {
    row.shown = shown->first;
    row.shown_at = shown->first->scored;
  }
  return row;
}

}  // namespace

const Row& row_of(const Scope::Weighed& weighed, const Scope& scope, Moment moment,
                  const Program& program, Row& spare) {
  const Claim& claim = *weighed.claim;
  if (moment.slot != Moment::Slot::kNow) return spare = weigh(claim, scope, moment, program);
  Row& row = *weighed.row;
  const bool is_of_now = row.t == moment.t;
  // A figure of the year before may have changed without this claim.
  if (is_of_now && claim.prior() == nullptr) return row;
  auto line = is_of_now ? std::move(row.line) : nullptr;
  row = weigh(claim, scope, moment, program);
  row.line = std::move(line);
  return row;
}

Evidence evidence_of(const Claim& claim, const Share& share, Moment moment,
                     const Program& program) {
  const Account& account = claim.at(moment, program);
  if (share.impact == Share::kTone) {
    return tone_evidence(claim, *account.newest(), moment, program);
  }
  return fact_evidence(judge(claim, account, moment, program), program.impacts()[share.impact],
                       aspect_of(share, program), share.strength, moment, program);
}

std::string_view rule_of(const Share& share, const Program& program) {
  if (share.impact == Share::kTone) return kToneRule;
  return program.impacts()[share.impact].id;
}

std::string_view aspect_of(const Share& share, const Program& program) {
  return share.impact == Share::kTone ? kToneAspect : program.aspects()[share.aspect];
}

}  // namespace wiremill::score
