#include "score/render.h"

#include <fmt/format.h>

#include "score/core.h"
#include "score/ledger.h"

namespace wiremill::score {
namespace {

std::map<std::string, double> factors_of(const Evidence& evidence) {
  const Factors& f = evidence.factors;
  std::map<std::string, double> named{
      {"relevance", f.relevance},   {"credibility", f.credibility}, {"status", f.status},
      {"novelty", f.novelty},       {"magnitude", f.magnitude},     {"confidence", f.confidence},
      {"decay", f.decay},           {"weight", evidence.weight}};
  for (const auto& [name, value] : evidence.details) named[name] = value;
  return named;
}

void describe_fact(const Mention& first, const Evidence& evidence, model::Because& out) {
  const model::Fact& fact = *first.fact;
  const model::Figure* const figure = first.record->figure(fact.figure);
  out.kind = model::name_of(fact.kind);
  out.subject = fact.subject;
  out.value = value_text(figure);
  if (evidence.earlier && figure != nullptr) {
    const std::string unit = figure->currency.empty()
                                 ? std::string(model::name_of(figure->kind))
                                 : figure->currency;
    out.previous = fmt::format("{} {}", *evidence.earlier, unit);
  }
  out.status = first.denied ? "denied" : std::string(model::name_of(first.status));
  out.claimant = fact.claimant.text.empty() ? std::string(model::name_of(fact.claimant.type))
                                            : fact.claimant.text;
  if (!fact.quotes.empty()) out.quote = fact.quotes.front();
}

void describe_tone(const Mention& first, model::Because& out) {
  out.kind = "tone";
  out.subject = {model::SubjectType::kCompany, first.company->id, first.company->id};
  out.value = fmt::format("{} tone", first.company->tone.score);
  if (!first.company->mentions.empty()) out.quote = first.company->mentions.front().span;
}

model::Because because_of(const Evidence& evidence) {
  const Mention& first = *evidence.statement->first;
  const model::EventHeader& event = first.record->event;
  model::Because out;
  out.fact = evidence_id(evidence);
  out.claim = evidence.claim->text();
  out.aspect = evidence.aspect;
  out.rule = evidence.rule;
  out.sign = evidence.strength;
  out.contribution = evidence.contribution;
  out.factors = factors_of(evidence);
  out.story = event.story_id;
  out.revision = event.revision;
  out.headline = event.headline;
  out.url = event.url;
  out.families = evidence.statement->families;
  out.mentions = evidence.statement->mentions;
  out.at = first.scored;
  if (first.fact != nullptr) {
    describe_fact(first, evidence, out);
  } else {
    describe_tone(first, out);
  }
  return out;
}

model::Values difference(const model::Values& now, const model::Values& earlier) {
  model::Values change;
  for (const auto& [name, value] : now) {
    const auto before = earlier.find(name);
    const bool known = value && before != earlier.end() && before->second;
    change[name] = known ? std::optional(*value - *before->second) : std::nullopt;
  }
  return change;
}

}  // namespace

model::Signal render(const Scope& scope, const Fold& now, const Changes& changes,
                     const Program& program) {
  model::Signal signal;
  signal.type = scope.type();
  signal.scope = scope.name();
  signal.values = now.values;
  signal.change_1h = difference(now.values, changes.an_hour_ago);
  signal.change_24h = difference(now.values, changes.a_day_ago);
  signal.scenario = now.scenario;
  for (const auto& line : now.ledger) signal.ledger.push_back(line->entry);
  for (const Evidence& evidence : now.evidence) {
    (evidence.contribution < 0 ? signal.against : signal.because).push_back(because_of(evidence));
  }
  signal.held_count = now.held;
  signal.held_reasons.assign(now.held_reasons.begin(), now.held_reasons.end());
  signal.coverage = now.coverage;
  signal.saturated = now.saturated;
  signal.valid_until = now.valid_until;
  signal.half_life_days = now.half_life_days;
  signal.catalog = program.catalogue().stamp;
  return signal;
}

}  // namespace wiremill::score
