#include "extract/voices.h"

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::FactKind;
using model::Status;

std::optional<base::Decimal> value_of(const Scene& scene, const std::string& figure) {
  for (const PlacedFigure& placed : scene.figures) {
    if (placed.figure.id == figure) return placed.figure.representative();
  }
  return std::nullopt;
}

}  // namespace

void quote_speaker(const Label& label, const CompiledRule& rule, model::Fact& fact) {
  fact.polarity = model::Polarity::kAffirmed;
  fact.status = rule.status;
  const bool advised = fact.modality == model::Modality::kRecommendation;
  if (advised && !label.recommendation) fact.modality = model::Modality::kAsserted;
}

void analyst_speaks(const Circumstances& how, model::Fact& fact) {
  const bool forward = fact.status == Status::kPlanned || fact.status == Status::kGuided ||
                       fact.status == Status::kEstimated;
  if (!forward || how.claimant == ClaimantType::kCompany) return;
  fact.status = Status::kEstimated;
  fact.claimant.type = ClaimantType::kAnalyst;
  fact.claimant.id.clear();
  fact.claimant.text = how.claimant_text;
}

void own_revision(model::Fact& fact) {
  const bool revised = fact.kind == FactKind::kCapex && fact.comparator &&
                       fact.comparator->relation == model::Comparison::kPreviousGuidance;
  const bool unsaid = fact.claimant.type == ClaimantType::kPress;
  if (!revised || !unsaid || fact.status != Status::kEstimated) return;
  if (fact.subject.type != model::SubjectType::kCompany) return;
  fact.status = Status::kGuided;
  fact.claimant.type = ClaimantType::kCompany;
  fact.claimant.id = fact.subject.id;
  fact.claimant.text = fact.subject.text;
}

void measure_against_consensus(const Scene& scene, model::Fact& fact) {
  const bool judged = fact.kind == FactKind::kGuidance || fact.kind == FactKind::kRevenue ||
                      fact.kind == FactKind::kEarnings;
  if (!judged || fact.surprise || !fact.comparator) return;
  if (fact.comparator->relation != model::Comparison::kConsensus) return;
  const auto is = value_of(scene, fact.figure);
  const auto was = value_of(scene, fact.comparator->figure);
  if (!is || !was) return;
  fact.surprise = *is == *was  ? model::Surprise::kInLine
                  : *is < *was ? model::Surprise::kBelow
                               : model::Surprise::kAbove;
}

}  // namespace wiremill::extract
