#include "extract/siblings.h"

#include <algorithm>
#include <optional>

namespace wiremill::extract {
namespace {

using model::Fact;

bool has_dates(const Fact& fact) { return fact.period && (fact.period->start || fact.period->end); }

void share_period(const model::FactsRecord& record, std::vector<PlacedFact>& facts, Fact& bare) {
  const auto value = [&](const Fact& fact) -> std::optional<base::Decimal> {
    const model::Figure* const figure = record.figure(fact.figure);
    return figure != nullptr ? figure->representative() : std::nullopt;
  };
  if (has_dates(bare) || !value(bare)) return;
  const auto full = std::find_if(facts.begin(), facts.end(), [&](const PlacedFact& other) {
    return has_dates(other.fact) && other.fact.kind == bare.kind &&
           other.fact.subject.id == bare.subject.id && other.fact.metric == bare.metric &&
           value(other.fact) == value(bare);
  });
  if (full != facts.end()) bare.period = full->fact.period;
}

bool is_in(const Fact& fact, model::Field field) { return fact.quotes.front().field == field; }

/// The same thing is said of the same subject in the same way.
bool says_the_same(const Fact& a, const Fact& b) {
  return a.kind == b.kind && !a.subject.id.empty() && a.subject.id == b.subject.id &&
         a.direction == b.direction && a.surprise == b.surprise && a.stance == b.stance &&
         a.polarity == b.polarity && a.modality == b.modality &&
         (a.metric.empty() || b.metric.empty() || a.metric == b.metric);
}

void complete(Fact& headline, const Fact& body) {
  if (headline.metric.empty()) headline.metric = body.metric;
  if (!has_dates(headline)) headline.period = body.period;
  if (!headline.figure.empty()) return;
  headline.figure = body.figure;
  if (!headline.comparator) headline.comparator = body.comparator;
  for (const std::string& flag : body.flags) {
    if (body.held) headline.flags.push_back(flag);
  }
  headline.held = headline.held || body.held;
}

}  // namespace

void share_particulars(const model::FactsRecord& record, std::vector<PlacedFact>& facts) {
  for (PlacedFact& placed : facts) share_period(record, facts, placed.fact);
  for (PlacedFact& placed : facts) {
    Fact& fact = placed.fact;
    if (!is_in(fact, model::Field::kHeadline)) continue;
    const auto body = std::find_if(facts.begin(), facts.end(), [&](const PlacedFact& other) {
      return is_in(other.fact, model::Field::kBody) && says_the_same(fact, other.fact);
    });
    if (body != facts.end()) complete(fact, body->fact);
  }
}

}  // namespace wiremill::extract
