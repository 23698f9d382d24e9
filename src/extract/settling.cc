#include "extract/settling.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::Direction;
using model::Fact;
using model::FactKind;
using model::Status;

/// A company speaks of a quarter for about a month after its end.
constexpr std::chrono::days kNewsAfterPeriod{40};
/// What was agreed in a month is news until shortly after its end.
constexpr std::chrono::days kNewsAfterMonth{10};
/// What was spent in a year is news until the next year has been reported.
constexpr std::chrono::days kNewsOfYear{366};

/// The period of a statement ended long ago: "last quarter's weak guidance", "raised in October".
bool is_long_over(const Setting& setting, const model::Period& period) {
  return period.end && std::chrono::sys_days(*period.end) + kNewsAfterPeriod <
                           std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

/// "Signed a $38 billion agreement in November", told in December; "2016년 인수했지만".
bool is_told_again(const Setting& setting, const Fact& fact) {
  const bool agreed = fact.kind == FactKind::kContract || fact.kind == FactKind::kOrder ||
                      fact.kind == FactKind::kDeal || fact.kind == FactKind::kFunding ||
                      fact.kind == FactKind::kLease || fact.kind == FactKind::kPower;
  if (!agreed || !fact.period || !fact.period->end) return false;
  const bool month = fact.period->basis == model::Basis::kMonth;
  const bool year = fact.period->basis == model::Basis::kAnnual;
  return (month || year) && std::chrono::sys_days(*fact.period->end) +
                                    (month ? kNewsAfterMonth : kNewsOfYear) <
                                std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

/// "3분기 자본지출은 11억 달러였다", told in February: the last third quarter and not the coming one.
void recall_quarter(const Setting& setting, Fact& fact) {
  const bool past = fact.status == Status::kActual && fact.period && fact.period->start &&
                    fact.period->end && fact.period->basis == model::Basis::kQuarter;
  if (!past || fact.period->text.find("20") != std::string::npos) return;
  const auto today = std::chrono::floor<std::chrono::days>(setting.event.published_at);
  if (std::chrono::sys_days(*fact.period->start) <= today) return;
  const std::chrono::years year{1};
  fact.period->start = *fact.period->start - year;
  fact.period->end = *fact.period->end - year;
}

/// "In 2023 its capital spending was $48 billion", told in 2026.
bool is_history(const Setting& setting, const Fact& fact) {
  return fact.status == Status::kActual && fact.period && fact.period->end &&
         std::chrono::sys_days(*fact.period->end) + kNewsOfYear <
             std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

/// "The cause was one line: capital expenditures of $200 billion in 2026", told in February: a year
/// that has hardly begun has not been spent.
bool is_mostly_ahead(const Setting& setting, const Fact& fact) {
  constexpr std::chrono::days kHalfYear{182};
  return fact.status == Status::kActual && fact.period->basis == model::Basis::kAnnual &&
         fact.period->start &&
         std::chrono::sys_days(*fact.period->start) + kHalfYear >
             std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

/// "Spent $1.1 billion in the third quarter", told in February: the last one, not the next.
void turn_back(const Setting& setting, Fact& fact) {
  if (fact.status != Status::kActual || !fact.period || !fact.period->start ||
      !fact.period->end || fact.period->basis != model::Basis::kQuarter) {
    return;
  }
  const auto now = std::chrono::floor<std::chrono::days>(setting.event.published_at);
  if (std::chrono::sys_days(*fact.period->start) <= now) return;
  const auto year_before = [](const std::chrono::year_month_day& date) {
    const auto month = date.year() / date.month() - std::chrono::years(1);
    const bool closes = date == std::chrono::year_month_day(date.year() / date.month() /
                                                            std::chrono::last);
    return closes ? std::chrono::year_month_day(month / std::chrono::last) : month / date.day();
  };
  fact.period->start = year_before(*fact.period->start);
  fact.period->end = year_before(*fact.period->end);
}

}  // namespace

bool is_commitment(FactKind kind) {
  return kind == FactKind::kContract || kind == FactKind::kOrder || kind == FactKind::kDeal ||
         kind == FactKind::kFunding || kind == FactKind::kLease;
}

void go_on(const Scene& scene, std::size_t sentence, const model::Figure& figure, Fact& fact) {
  const bool told = fact.kind == FactKind::kCapex || fact.kind == FactKind::kGuidance ||
                    fact.kind == FactKind::kRevenue || fact.kind == FactKind::kEarnings ||
                    fact.kind == FactKind::kOrder;
  if (!told) return;
  const Sequel sequel = sequel_of(scene, sentence, figure);
  if (!fact.comparator) fact.comparator = sequel.prior_year;
  if (!fact.surprise) fact.surprise = sequel.surprise;
  if (fact.direction) return;
  fact.direction = sequel.direction;
  for (const PlacedFigure& one : scene.figures) {
    if (!sequel.prior_year || one.figure.id != sequel.prior_year->figure) continue;
    const auto now = figure.representative();
    const auto then = one.figure.representative();
    if (now && then && *now != *then) {
      fact.direction = *now > *then ? Direction::kUp : Direction::kDown;
    }
  }
}

void settle_bound(const Scene& scene, const CompiledRule& rule, Fact& fact) {
  if (!is_commitment(rule.kind)) return;
  for (const PlacedFigure& one : scene.figures) {
    if (one.figure.id != fact.figure || one.figure.id.empty()) continue;
    const bool open = one.figure.bound == model::Bound::kAtMost;
    if (open && fact.status == Status::kContracted) fact.status = Status::kNonBinding;
  }
}

void own_beside_consensus(const Setting& setting, const std::vector<FigurePart>& parts,
                          Fact& fact) {
  const bool consensus = std::any_of(parts.begin(), parts.end(), [](const FigurePart& part) {
    return part.relation == model::Comparison::kConsensus;
  });
  if (!consensus || fact.claimant.type != model::ClaimantType::kAnalyst ||
      fact.subject.type != model::SubjectType::kCompany) {
    return;
  }
  fact.claimant = {model::ClaimantType::kCompany, fact.subject.id, fact.subject.text, setting.via};
}

bool is_over(const Setting& setting, const Fact& fact) {
  return fact.period && fact.period->end &&
         std::chrono::sys_days(*fact.period->end) <
             std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

/// "3분기 매출은 570억 달러였다": a quarter without its year that lies ahead is the last one.
bool may_turn_back(const Setting& setting, const CompiledRule& rule, const Fact& fact) {
  return rule.status == Status::kActual && fact.period->start &&
         fact.period->basis == model::Basis::kQuarter &&
         fact.period->text.find("20") == std::string::npos &&
         std::chrono::sys_days(*fact.period->start) >
             std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

bool is_out_of_time(const Setting& setting, const CompiledRule& rule, const Fact& fact) {
  if (rule.is_tagged("ahead")) return is_over(setting, fact);
  return rule.is_tagged("over") && fact.period && fact.period->end && !is_over(setting, fact) &&
         !may_turn_back(setting, rule, fact);
}

void settle_time(const Setting& setting, Fact& fact) {
  turn_back(setting, fact);
  const bool spoken_of = fact.kind == FactKind::kGuidance ||
                         (fact.kind == FactKind::kCapex && fact.status != Status::kActual &&
                          fact.period && fact.period->basis == model::Basis::kMonth);
  if (spoken_of && fact.period && is_long_over(setting, *fact.period)) {
    fact.newness = model::Newness::kBackground;
  }
  recall_quarter(setting, fact);
  if (is_told_again(setting, fact)) fact.newness = model::Newness::kBackground;
  if (fact.kind != FactKind::kCapex || !fact.period || !fact.period->end) return;
  if (is_history(setting, fact)) fact.newness = model::Newness::kBackground;
  if (fact.period->basis != model::Basis::kAnnual &&
      fact.period->basis != model::Basis::kQuarter) {
    return;
  }
  if (is_mostly_ahead(setting, fact)) fact.status = Status::kPlanned;
  // An open quarter is still a plan, and one that is over is news of what was spent.
  const bool quarter = fact.period->basis == model::Basis::kQuarter;
  const bool over = is_over(setting, fact);
  // What a group spent in a year that is over is no estimate either.
  const bool added_up = fact.subject.type == model::SubjectType::kGroup &&
                        fact.status == Status::kEstimated;
  const bool planned =
      fact.status == Status::kPlanned || fact.status == Status::kGuided || added_up;
  if (!over || !planned) return;
  fact.status = Status::kActual;
  if (!quarter) fact.newness = model::Newness::kBackground;
}

}  // namespace wiremill::extract
