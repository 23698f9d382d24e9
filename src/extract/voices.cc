#include "extract/voices.h"

#include <algorithm>

#include "extract/comparators.h"

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::FactKind;
using model::Status;

const model::Figure* figure_named(const Scene& scene, const std::string& id) {
  for (const PlacedFigure& placed : scene.figures) {
    if (placed.figure.id == id) return &placed.figure;
  }
  return nullptr;
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

namespace {

constexpr std::size_t kSaidBehindBytes = 40;

/// "Revenue rose to $3 billion, beating expectations": said behind the figure, before the next one.
std::optional<model::Surprise> said_behind(const Scene& scene, const std::string& figure) {
  for (const PlacedFigure& placed : scene.figures) {
    if (placed.figure.id != figure) continue;
    std::size_t to = std::min(placed.span.end + kSaidBehindBytes, scene.field.text().size());
    for (const std::size_t next : scene.figures_in({placed.span.end, to})) {
      to = std::min(to, scene.figures[next].span.begin);
    }
    const std::string_view gap = scene.field.cut({placed.span.end, to});
    to = placed.span.end + std::min(gap.find(". "), gap.size());
    return model::parse_name<model::Surprise>(
        scene.first_named(scene.lexis.surprises, {placed.span.end, to}).second);
  }
  return std::nullopt;
}

}  // namespace

void measure_against_consensus(const Scene& scene, model::Fact& fact) {
  const bool result =
      fact.kind == FactKind::kRevenue || fact.kind == FactKind::kEarnings;
  if (result && !fact.surprise && !fact.comparator) {
    fact.surprise = said_behind(scene, fact.figure);
  }
  const bool judged = fact.kind == FactKind::kGuidance || fact.kind == FactKind::kRevenue ||
                      fact.kind == FactKind::kEarnings || fact.kind == FactKind::kOrder ||
                      fact.kind == FactKind::kCapex;
  if (!judged || fact.surprise || !fact.comparator) return;
  if (fact.comparator->relation != model::Comparison::kConsensus) return;
  const model::Figure* const is = figure_named(scene, fact.figure);
  const model::Figure* const was = figure_named(scene, fact.comparator->figure);
  if (is != nullptr && was != nullptr) fact.surprise = against(*is, *was);
}

bool is_forecaster(const Scene& scene, const ByteRange& sentence, const Actor& actor,
                   const std::vector<Actor>& actors) {
  const auto behind = std::string_view(scene.field.normal.lower).substr(actor.span.end);
  if (scene.lexis.beside.forecaster_behind.begin(behind)) return true;
  constexpr std::string_view kBanks = "financials";
  const auto is_bank = [&](const Actor& one) {
    if (one.type != model::SubjectType::kCompany) return false;
    const auto& sectors = scene.lexis.catalogue.companies[one.index].sectors;
    return std::find(sectors.begin(), sectors.end(), kBanks) != sectors.end();
  };
  if (!is_bank(actor) || std::all_of(actors.begin(), actors.end(), is_bank)) return false;
  return scene.has_named(scene.lexis.statuses, "estimated", sentence) ||
         scene.has_named(scene.lexis.measures, "value", sentence) ||
         scene.has_named(scene.lexis.claimants, "analyst", sentence);
}

}  // namespace wiremill::extract
