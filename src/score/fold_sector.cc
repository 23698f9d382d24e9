// Sectors: what facts mean for them by the impact table, aspect by aspect, and the tone of what is
// written about their companies. Both are published apart and combined by named shares.

#include "score/weigh.h"

namespace wiremill::score {
namespace {

class SectorFold {
 public:
  SectorFold(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold)
      : scope_(scope), moment_(moment), context_(context), program_(*context.program),
        fold_(fold), aspects_(program_.aspects().size()),
        touched_(aspects_.size()), impacts_(program_.impacts().size()) {}

  void run() {
    Row spare;
    for (const Scope::Weighed& weighed : scope_.claims()) {
      add(*weighed.claim, row_of(weighed, scope_, moment_, program_, spare));
    }
    publish();
  }

 private:
  /// A claim adds to the mass of facts once, however many aspects it touches.
  void add(const Claim& claim, const Row& row) {
    bool counted = false;
    for (const Share& share : row.shares) {
      if (moment_.slot == Moment::Slot::kNow) telling_.push_back({0, &claim, &share});
      if (share.impact == Share::kTone) {
        text_.add(share.weight, share.strength);
        continue;
      }
      aspects_[share.aspect].add(share.weight, share.strength);
      touched_[share.aspect] = true;
      if (!counted) facts_.add(share.weight, 0);
      counted = true;
      impacts_[share.impact] = true;
    }
  }

  double aspect_weight(std::string_view aspect) const {
    const auto found = program_.weights().aspects.find(aspect);
    return found == program_.weights().aspects.end() ? 0 : found->second;
  }

  /// The mean of the aspects that have evidence, by their named weights.
  std::optional<double> tone_of_facts(double kappa, double& total) {
    double sum = 0;
    for (std::size_t i = 0; i < aspects_.size(); ++i) {
      const std::string& aspect = program_.aspects()[i];
      const auto tone = aspects_[i].mean(kappa);
      if (touched_[i]) fold_.values["tone." + aspect] = tone;
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
    for (Telling& each : telling_) {
      each.contribution = contribution(*each.share, share, total, kappa);
    }
    fold_.evidence = most_telling(telling_, moment_, context_);
    for (std::size_t i = 0; i < impacts_.size(); ++i) {
      const catalog::Impact& impact = program_.impacts()[i];
      if (impacts_[i]) fold_.half_life_days[impact.id] = impact.half_life_days;
    }
    if (text) fold_.half_life_days[std::string(kToneRule)] = weights.tone_half_life_days;
  }

  /// `facts_share` and the rest of one divide the tone between facts and text.
  double contribution(const Share& share, double facts_share, double total, double kappa) const {
    if (share.impact == Share::kTone) {
      return (1 - facts_share) * share.weight * share.strength / (text_.mass() + kappa);
    }
    const double of_aspect = aspect_weight(program_.aspects()[share.aspect]);
    if (of_aspect <= 0) return 0;  // shown as an aspect, no part of the tone
    const double mass = aspects_[share.aspect].mass() + kappa;
    return facts_share * of_aspect / total * share.weight * share.strength / mass;
  }

  const Scope& scope_;
  Moment moment_;
  const FoldContext& context_;
  const Program& program_;
  Fold& fold_;
  std::vector<WeightedMean> aspects_;  ///< by Program::aspects()
  std::vector<bool> touched_;          ///< likewise
  std::vector<bool> impacts_;          ///< which rows of the impact table came in
  WeightedMean facts_;
  WeightedMean text_;
  std::vector<Telling> telling_;
};

}  // namespace

void fold_sector(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  SectorFold(scope, moment, context, fold).run();
}

}  // namespace wiremill::score
