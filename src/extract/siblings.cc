#include "extract/siblings.h"

#include <algorithm>
#include <optional>

#include "extract/settling.h"

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

/// Of two statements of one claim whose values differ by less, the later words are no new value.
constexpr std::int64_t kSameValuePercent = 2;

bool is_near(const std::optional<base::Decimal>& a, const std::optional<base::Decimal>& b) {
  if (!a || !b) return false;
  const auto hundred = base::Decimal::of(100);
  const auto gap = a->plus(b->negated());
  const auto scaled = gap ? gap->times(hundred) : std::nullopt;
  const auto limit = b->times(base::Decimal::of(kSameValuePercent));
  return scaled && limit && scaled->magnitude() <= limit->magnitude();
}

/// "7% 급등" in the headline is 7.17% in the body.
bool is_rounded(const model::Figure& round, const model::Figure& full) {
  const auto value = round.representative();
  const auto exact = full.representative();
  if (!value || !exact || value->text().find('.') != std::string::npos) return false;
  const auto gap = value->plus(exact->negated());
  return gap && gap->magnitude() < base::Decimal::of(1);
}

/// "최대 1350억" is the top of 1150억~1350억, 8천억 육박 is 7,870억, 270조 is what 1850억 달러 are.
/// The same value in the same words is no restatement, unless of a metric named more exactly.
bool restates(const model::FactsRecord& record, const model::Figure& round,
              const model::Figure& full, bool other_metric) {
  if (round.kind == full.kind && round.currency == full.currency) {
    const bool differs = other_metric || round.low != full.low || round.high != full.high ||
                         round.bound != full.bound;
    const bool range = full.bound == model::Bound::kRange && round.bound != model::Bound::kRange;
    const auto value = round.representative();
    const bool edge = range && (is_near(value, full.low) || is_near(value, full.high));
    const bool whole = round.kind == model::FigureKind::kPercent && is_rounded(round, full);
    return differs && (edge || whole || is_near(value, full.representative()));
  }
  return std::any_of(record.figures.begin(), record.figures.end(), [&](const auto& other) {
    return other.converts == full.id && other.currency == round.currency &&
           (is_near(round.representative(), other.low) ||
            is_near(round.representative(), other.high));
  });
}

/// A variant says more of the same metric.
bool is_metric_of(const Fact& round, const Fact& full) {
  return round.metric == full.metric || full.metric.starts_with(round.metric + "_") ||
         round.kind == model::FactKind::kBacklog;
}

/// A headline says in round words what the body says in full: one statement, the body's.
void drop_restated(const model::FactsRecord& record, std::vector<PlacedFact>& facts) {
  const auto is_restated = [&](const PlacedFact& placed) {
    const Fact& round = placed.fact;
    const model::Figure* const figure = record.figure(round.figure);
    if (!is_in(round, model::Field::kHeadline) || figure == nullptr) return false;
    for (PlacedFact& other : facts) {
      Fact& full = other.fact;
      const model::Figure* const exact = record.figure(full.figure);
      if (!is_in(full, model::Field::kBody) || exact == nullptr || full.kind != round.kind ||
          full.subject.id.empty() || full.subject.id != round.subject.id ||
          !is_metric_of(round, full) || full.modality != round.modality ||
          full.polarity != round.polarity || full.newness == model::Newness::kBackground ||
          !restates(record, *figure, *exact, round.metric != full.metric)) {
        continue;
      }
      if (!full.direction) full.direction = round.direction;
      if (!has_dates(full)) full.period = round.period;
      return true;
    }
    return false;
  };
  std::vector<bool> restated;
  for (const PlacedFact& placed : facts) restated.push_back(is_restated(placed));
  std::size_t at = 0;
  std::erase_if(facts, [&](const PlacedFact&) { return restated[at++]; });
}

bool is_open(model::Status status) {
  return status == model::Status::kRumoured || status == model::Status::kConsidered ||
         status == model::Status::kInTalks || status == model::Status::kNonBinding;
}

/// Headline and body tell the same value: what one of them leaves out, the other says. A headline
/// is no firmer than its body: "18억 달러에 인수" of a letter of intent.
void share_course(const model::FactsRecord& record, Fact& headline, Fact& body) {
  const model::Figure* const a = record.figure(headline.figure);
  const model::Figure* const b = record.figure(body.figure);
  if (a == nullptr || b == nullptr || !a->representative() || headline.kind != body.kind ||
      headline.metric != body.metric || a->representative() != b->representative() ||
      headline.polarity != body.polarity || headline.modality != body.modality) {
    return;
  }
  // A country that the headline leaves out.
  const bool country = headline.subject.type == model::SubjectType::kCountry;
  if (country && headline.subject.text.empty()) headline.subject = body.subject;
  if (headline.subject.id != body.subject.id) return;
  if (is_commitment(headline.kind) && is_open(body.status)) headline.status = body.status;
  if (!headline.direction) headline.direction = body.direction;
  if (!body.direction) body.direction = headline.direction;
  if (!headline.surprise) headline.surprise = body.surprise;
  if (!body.surprise) body.surprise = headline.surprise;
}

/// "가이던스로 65억달러를 제시했다. 예상치를 웃돈다.": the surprise is that of the figure.
void share_surprise(std::vector<PlacedFact>& facts, Fact& fact) {
  const bool open = fact.kind == model::FactKind::kGuidance && !fact.surprise &&
                    !fact.figure.empty() && !fact.subject.id.empty();
  if (!open) return;
  for (const PlacedFact& other : facts) {
    const bool said = other.fact.kind == fact.kind && other.fact.surprise &&
                      other.fact.subject.id == fact.subject.id && other.fact.figure.empty() &&
                      other.fact.modality == fact.modality &&
                      (other.fact.metric.empty() || other.fact.metric == fact.metric);
    if (said) fact.surprise = other.fact.surprise;
  }
}

}  // namespace

void share_particulars(const model::FactsRecord& record, std::vector<PlacedFact>& facts) {
  drop_restated(record, facts);
  for (PlacedFact& placed : facts) share_period(record, facts, placed.fact);
  for (PlacedFact& placed : facts) {
    for (PlacedFact& other : facts) {
      const bool pair = is_in(placed.fact, model::Field::kHeadline) &&
                        is_in(other.fact, model::Field::kBody);
      if (pair) share_course(record, placed.fact, other.fact);
    }
    share_surprise(facts, placed.fact);
  }
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
