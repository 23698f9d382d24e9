#include "extract/holding.h"

#include <algorithm>

#include "extract/fitting.h"

namespace wiremill::extract {
namespace {

/// An amount below this is bare: no thousand, million or 만 stands behind it.
const base::Decimal kBareAmount = base::Decimal::of(100'000);

bool is_own_word(const Setting& setting) {
  const model::Form form = setting.header.form;
  return form == model::Form::kFiling || form == model::Form::kPressRelease;
}

bool is_below_least(const Setting& setting, const model::FactsRecord& record,
                    const model::Fact& fact) {
  const model::Figure* const figure = record.figure(fact.figure);
  if (figure == nullptr || !figure->per.empty()) return false;
  const auto value = figure->representative();
  const CompiledRule* const rule = setting.index.find(fact.rule);
  return value && rule != nullptr && rule->leads_with_figure() && rule->least &&
         value->magnitude() < *rule->least;
}

}  // namespace

bool may_lead(const Scene& scene, const Setting& setting, const ByteRange& sentence,
              const CompiledRule& rule, const model::Figure& figure) {
  if (fits(rule, figure)) return true;
  const auto value = figure.representative();
  if (!value || value->is_zero() || value->magnitude() >= kBareAmount) return false;
  if (figure.kind != model::FigureKind::kMoney || !fits_but_for_size(rule, figure)) return false;
  const auto actors = scene.actors_in(sentence);
  return std::any_of(actors.begin(), actors.end(), [&](const Actor& actor) {
    return actor.type == model::SubjectType::kCompany &&
           setting.plausibility.knows(setting.lexis.catalogue.companies[actor.index].id,
                                      rule.rule->metric);
  });
}

void hold_implausible(const Setting& setting, const model::FactsRecord& record,
                      std::vector<PlacedFact>& facts) {
  for (PlacedFact& placed : facts) {
    const auto doubt = setting.plausibility.doubt(record, placed.fact);
    if (!doubt) continue;
    auto& flags = placed.fact.flags;
    if (std::find(flags.begin(), flags.end(), doubt->flag) == flags.end()) {
      flags.push_back(doubt->flag);
    }
    placed.because = doubt->because;
    placed.fact.held = placed.fact.held || (doubt->holds && !is_own_word(setting));
  }
  std::erase_if(facts, [&](const PlacedFact& placed) {
    return !placed.fact.held && is_below_least(setting, record, placed.fact);
  });
}

}  // namespace wiremill::extract
