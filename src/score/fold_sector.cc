// Sectors: what facts mean for them by the impact table, aspect by aspect, and the tone of what is
// written about their companies. Both are published apart and combined by named shares.

#include "score/fold.h"

namespace wiremill::score {
namespace {

/// One strength of a row that applies to the sector.
struct Touch {
  const catalog::Impact* impact;
  const std::string* aspect;
  double strength;
};

class SectorFold {
 public:
  SectorFold(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold)
      : scope_(scope), moment_(moment), program_(*context.program), fold_(fold) {}

  void run() {
    for (const Claim* const claim : scope_.claims()) {
      if (claim->topic().tone) {
        add_tone(*claim);
      } else {
        add_fact(*claim);
      }
    }
    publish();
  }

 private:
  bool now() const { return moment_.slot == Moment::Slot::kNow; }

  void add_tone(const Claim& claim) {
    const auto evidence = tone_evidence(claim, moment_, program_);
    if (!evidence) return;
    text_.add(evidence->weight, evidence->strength);
    if (now()) text_evidence_.push_back(*evidence);
  }

  void add_fact(const Claim& claim) {
    const Account& account = claim.at(moment_, program_);
    if (account.newest() == nullptr) return;
    const Judgement judged = judge(claim, account, moment_, program_);
    bool counted = false;
    for (const std::uint32_t index : claim.audience().impacts) {
      const catalog::Impact& impact = program_.impacts()[index];
      if (!holds(impact.when, judged)) continue;
      for (const catalog::Strength& strength : impact.strengths) {
        if (strength.sector != scope_.id()) continue;
        add(judged, {&impact, &strength.aspect, strength.strength}, counted);
      }
      if (impact.own && claim.audience().main_sector == scope_.id()) {
        add(judged, {&impact, &impact.own->aspect, impact.own->strength}, counted);
      }
    }
  }

  /// A claim adds to the mass once, however many aspects it touches.
  void add(const Judgement& judged, const Touch& touch, bool& counted) {
    const Statement& statement = *judged.statement;
    Evidence evidence;
    evidence.claim = judged.claim;
    evidence.statement = &statement;
    evidence.earlier = judged.earlier;
    evidence.aspect = *touch.aspect;
    evidence.rule = touch.impact->id;
    evidence.strength = judged.sign * touch.strength;
    Factors& factors = evidence.factors;
    factors.relevance = statement.relevance;
    factors.credibility = statement.credibility;
    factors.status = judged.status_weight;
    factors.novelty = statement.novelty;
    factors.magnitude = magnitude(touch.impact->magnitude, judged, program_.weights());
    factors.decay = decay(statement.first->scored, moment_.t, touch.impact->half_life_days);
    evidence.weight = factors.product();
    aspects_[evidence.aspect].add(evidence.weight, evidence.strength);
    if (!counted) facts_.add(evidence.weight, 0);
    counted = true;
    fold_.half_life_days[touch.impact->id] = touch.impact->half_life_days;
    if (now()) fold_.evidence.push_back(std::move(evidence));
  }

  double aspect_weight(std::string_view aspect) const {
    const auto found = program_.weights().aspects.find(aspect);
    return found == program_.weights().aspects.end() ? 0 : found->second;
  }

  /// The mean of the aspects that have evidence, by their named weights.
  std::optional<double> tone_of_facts(double kappa, double& total) {
    double sum = 0;
    for (const auto& [aspect, mean] : aspects_) {
      const auto tone = mean.mean(kappa);
      fold_.values["tone." + std::string(aspect)] = tone;
      if (!tone) continue;
      sum += aspect_weight(aspect) * *tone;
      total += aspect_weight(aspect);
    }
    if (total <= 0) return std::nullopt;
    return sum / total;
  }

  void publish() {
    const catalog::Weights& weights = program_.weights();
    const double kappa = weights.sector_kappa;
    double total = 0;
    const auto facts = tone_of_facts(kappa, total);
    const auto text = text_.mean(kappa);
    const double share = !text ? 1 : facts ? weights.facts_share : 0;
    fold_.values["tone_facts"] = facts;
    fold_.values["tone_text"] = text;
    fold_.values["tone"] = facts || text
                               ? std::optional(share * facts.value_or(0) +
                                               (1 - share) * text.value_or(0))
                               : std::nullopt;
    fold_.values["mass"] = facts_.mass();
    fold_.values["mass_text"] = text_.mass();
    fold_.values["effective_count"] = facts_.effective_count();
    for (Evidence& evidence : fold_.evidence) {
      const double of_aspect = aspect_weight(evidence.aspect);
      if (of_aspect <= 0) continue;  // shown as an aspect, no part of the tone
      const double mass = aspects_[evidence.aspect].mass() + kappa;
      evidence.contribution =
          share * of_aspect / total * evidence.weight * evidence.strength / mass;
    }
    for (Evidence& evidence : text_evidence_) {
      evidence.contribution =
          (1 - share) * evidence.weight * evidence.strength / (text_.mass() + kappa);
      fold_.evidence.push_back(std::move(evidence));
    }
    if (text) fold_.half_life_days["document_tone"] = weights.tone_half_life_days;
  }

  const Scope& scope_;
  Moment moment_;
  const Program& program_;
  Fold& fold_;
  std::map<std::string_view, WeightedMean> aspects_;
  WeightedMean facts_;
  WeightedMean text_;
  std::vector<Evidence> text_evidence_;
};

}  // namespace

void fold_sector(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  SectorFold(scope, moment, context, fold).run();
}

}  // namespace wiremill::score
