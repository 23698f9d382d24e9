#include "extract/particulars.h"

#include <algorithm>

#include "extract/owned_periods.h"
#include "extract/settling.h"

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::Direction;
using model::Fact;
using model::FactKind;
using model::Status;
using model::SubjectType;

constexpr std::size_t kOwnGapBytes = 6;
constexpr std::size_t kVariantReachBytes = 60;
constexpr std::size_t kSentencesBack = 3;
constexpr std::size_t kComparedReachBytes = 24;
/// No figure is longer, so none that begins earlier reaches a place.
constexpr std::size_t kFigureBytesMax = 400;
/// A period that another figure has is taken where there is no other.
constexpr std::size_t kOwnedElsewhere = 1000;

const PeriodMention* nearest_period(const Scene& scene, const std::vector<PeriodMention>& mentions,
                                    const ByteRange& range, const ByteRange& anchor) {
  const PeriodMention* best = owned_period(scene, mentions, anchor);
  if (best != nullptr && best->has_date()) return best;
  best = nullptr;
  for (const PeriodMention& mention : mentions) {
    if (!range.contains(mention.span.begin) || !mention.has_date()) continue;
    // A period in front of an amount is the usual place; one behind must be nearer.
    const auto cost = [&](const PeriodMention& one) {
      return distance(one.span, anchor) + (one.span.begin > anchor.begin ? 12U : 0U) +
             (end_of_owner(scene, one) ? kOwnedElsewhere : 0U);
    };
    if (best == nullptr || cost(mention) < cost(*best)) best = &mention;
  }
  return best;
}

bool is_inside_figure(const Scene& scene, const PeriodMention& mention) {
  const std::size_t begin = mention.span.begin;
  const std::size_t from = begin > kFigureBytesMax ? begin - kFigureBytesMax : 0;
  const auto near = scene.figures_in({from, mention.span.end});
  return std::any_of(near.begin(), near.end(), [&](std::size_t index) {
    const PlacedFigure& one = scene.figures[index];
    return begin < one.span.end && one.figure.kind != model::FigureKind::kDuration;
  });
}

/// "down from 2.7% in December", "compared with $18 billion in the first quarter of 2025": a figure
/// that ends here is what another one is measured against.
bool is_starting_point(const Scene& scene, std::size_t end) {
  const std::string_view lower = scene.field.normal.lower;
  const std::size_t from = end > kFigureBytesMax ? end - kFigureBytesMax : 0;
  const auto near = scene.figures_in({from, end});
  return std::any_of(near.begin(), near.end(), [&](std::size_t index) {
    const PlacedFigure& one = scene.figures[index];
    if (one.span.end != end) return false;
    return scene.lexis.beside.start_before.end(lower.substr(0, one.span.begin));
  });
}

/// "전년 대비", "지난해보다": what is compared with, not the time of the statement.
bool is_compared_with(const Scene& scene, const PeriodMention& mention) {
  const std::string_view lower = scene.field.normal.lower;
  const std::string_view before = lower.substr(0, mention.span.begin);
  if (scene.lexis.beside.not_time_before.end(before)) return true;  // "notes due 2031"
  if (before.ends_with(" in ") && is_starting_point(scene, before.size() - 4)) return true;
  std::string_view behind = scene.field.text().substr(mention.span.end);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  if (scene.lexis.beside.compared_behind.begin(behind)) return true;
  // "지난해 목표보다"
  const std::size_t than = behind.substr(0, kComparedReachBytes).find("보다");
  return than != std::string_view::npos &&
         behind.substr(0, than).find_first_of("0123456789,.") == std::string_view::npos;
}

const std::vector<PeriodMention>& periods_in(const Place& place, const ByteRange& sentence) {
  return place.scene.periods(sentence.begin, [&] {
    auto found = place.setting.periods.read(place.scene.field.cut(sentence), sentence.begin);
    std::erase_if(found, [&](const PeriodMention& m) {
      return is_inside_figure(place.scene, m) || is_compared_with(place.scene, m);
    });
    return found;
  });
}

/// "작년 2조9000억원에서 1조7000억원으로": the year right in front of another amount is that amount's.
bool is_of_another(const Scene& scene, const PeriodMention& mention, const ByteRange& anchor) {
  const auto ahead = scene.figures_in({mention.span.end, mention.span.end + kOwnGapBytes});
  const auto here = scene.figures_in({anchor.begin, anchor.begin + 1});
  if (ahead.empty() || here.empty() || ahead.front() == here.front()) return false;
  const PlacedFigure& other = scene.figures[ahead.front()];
  const PlacedFigure& own = scene.figures[here.front()];
  const std::string_view gap = scene.field.cut({mention.span.end, other.span.begin});
  return other.figure.kind == own.figure.kind && scene.lexis.beside.own_time_gap.are(gap);
}

/// What happens on a day, whatever plans and estimates the sentence goes on to.
bool is_event(FactKind kind) {
  return kind == FactKind::kProduct || kind == FactKind::kCredit || kind == FactKind::kLegal ||
         kind == FactKind::kRegulation || kind == FactKind::kAnalystView ||
         kind == FactKind::kFlows || kind == FactKind::kUtilisation;
}

bool is_firm_or_forecast(Status status) {
  return status == Status::kEstimated || status == Status::kPlanned ||
         status == Status::kGuided || status == Status::kContracted ||
         status == Status::kOrdered || status == Status::kDelivered || status == Status::kActual;
}

/// "It plans to spend $200bn.": the year (for a print the month, for a result the quarter or the
/// year) stands in a sentence before, in the same paragraph.
bool carries(const CompiledRule& rule, model::Basis basis) {
  if (rule.is_tagged("print")) return basis == model::Basis::kMonth;
  return basis == model::Basis::kAnnual ||
         (rule.is_tagged("over") && basis == model::Basis::kQuarter);
}

template <class Resolve>
std::optional<model::Period> period_before(const Place& place, const CompiledRule& rule,
                                           const Resolve& resolved) {
  const std::size_t first = place.sentence > kSentencesBack ? place.sentence - kSentencesBack : 0;
  for (std::size_t i = place.sentence; i-- > first;) {
    const text::Sentence& before = place.scene.sentences()[i];
    if (before.line != place.scene.sentences()[place.sentence].line) break;
    const auto& earlier = periods_in(place, before.span);
    for (auto at = earlier.rbegin(); at != earlier.rend(); ++at) {
      if (carries(rule, at->basis) && at->has_date()) return resolved(*at);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string metric_of(const Scene& scene, const CompiledRule& rule, const ByteRange& clause,
                      const ByteRange& measure) {
  std::string best = rule.rule->metric;
  std::optional<std::size_t> nearest;
  for (const auto& [words, metric] : rule.metrics) {
    for (const ByteRange& range : {measure, clause}) {
      for (const Hit& hit : scene.field.hits_in(range)) {
        if (hit.term != Term::kWord || hit.index != words || hit.end > range.end) continue;
        const std::size_t away = distance({hit.begin, hit.end}, measure);
        if (nearest && away >= *nearest) continue;
        nearest = away;
        best = metric;
      }
    }
  }
  return best;
}

std::optional<model::Period> period_of(const Place& place, const ByteRange& clause,
                                       const ByteRange& anchor,
                                       std::optional<std::uint32_t> company,
                                       const CompiledRule& rule) {
  const int year_end =
      company ? place.setting.lexis.catalogue.companies[*company].fiscal_year_end_month : 12;
  const auto resolved = [&](const PeriodMention& mention) {
    return resolve(mention, place.scene.field.span(mention.span).text,
                   place.setting.event.published_at, year_end);
  };
  const ByteRange sentence = place.scene.sentences()[place.sentence].span;
  auto mentions = periods_in(place, sentence);
  std::erase_if(mentions, [&](const PeriodMention& mention) {
    return is_of_another(place.scene, mention, anchor);
  });
  for (const ByteRange& range : {clause, sentence}) {
    if (const auto* const mention = nearest_period(place.scene, mentions, range, anchor)) {
      return resolved(*mention);
    }
  }
  if (rule.is_tagged("carry") || rule.is_tagged("print")) {
    if (auto earlier = period_before(place, rule, resolved)) return earlier;
  }
  // "연간 1,250억 달러": a year, without saying which.
  for (const PeriodMention& mention : mentions) {
    if (!mention.has_date()) return resolved(mention);
  }
  return std::nullopt;
}
model::Qualifier qualifier_of(const Scene& scene, const CompiledRule& rule,
                              const ByteRange& clause, const ByteRange& anchor) {
  model::Qualifier qualifier;
  const std::size_t from =
      anchor.begin > kVariantReachBytes ? anchor.begin - kVariantReachBytes : 0;
  const ByteRange near{std::max(clause.begin, from),
                       std::min(clause.end, anchor.end + kVariantReachBytes)};
  const Named& variants = rule.is_tagged("print") ? scene.lexis.paces : scene.lexis.variants;
  qualifier.variant = std::string(scene.nearest_named(variants, near, anchor).second);
  if (rule.is_tagged("site")) {
    qualifier.location =
        std::string(scene.nearest_named(scene.lexis.locations, clause, anchor).second);
  }
  return qualifier;
}

std::optional<model::Role> role_of(const Scene& scene, const CompiledRule& rule,
                                   const ByteRange& clause) {
  const bool buys = rule.kind == FactKind::kContract && scene.field.has(scene.lexis.buys, clause);
  return buys ? model::Role::kCustomer : rule.role;
}

model::Modality settled_modality(const CompiledRule& rule, const Circumstances& how) {
  const bool open = how.status == Status::kRumoured || how.status == Status::kConsidered ||
                    how.status == Status::kInTalks;
  const bool asserted = how.modality == model::Modality::kAsserted;
  // What the market gives a chance to is a reading of the market, not a supposition.
  if (rule.kind == FactKind::kRateProbability && how.modality == model::Modality::kHypothetical) {
    return model::Modality::kAsserted;
  }
  return rule.status == Status::kCancelled && open && asserted ? model::Modality::kHypothetical
                                                               : how.modality;
}

/// Several companies plan nothing: someone adds up what they said. "SK그룹" is one that plans.
bool is_sum_of_many(const model::Subject& subject) {
  return subject.type == SubjectType::kGroup && !subject.id.ends_with("-group");
}

Status settled_status(const CompiledRule& rule, const Circumstances& how, const Fact& fact) {
  if (!how.status) {
    if (is_sum_of_many(fact.subject) && rule.status == Status::kPlanned) {
      return Status::kEstimated;
    }
    return rule.status;
  }
  if (is_sum_of_many(fact.subject) && *how.status == Status::kPlanned) {
    return Status::kEstimated;
  }
  // A company's own forecast of its spending is its guidance.
  const bool own = fact.subject.type == SubjectType::kCompany &&
                   how.claimant == model::ClaimantType::kCompany;
  if (rule.kind == FactKind::kCapex && *how.status == Status::kEstimated &&
      (own || !rule.leads_with_figure())) {
    return Status::kGuided;
  }
  // What is to be raised is planned; what has been earned was not estimated by those who compare.
  if (rule.kind == FactKind::kFunding && *how.status == Status::kGuided) return Status::kPlanned;
  const bool result = rule.kind == FactKind::kRevenue || rule.kind == FactKind::kEarnings ||
                      rule.kind == FactKind::kCash || is_event(rule.kind);
  if (result && is_firm_or_forecast(*how.status)) return rule.status;
  // What is still to be delivered is a backlog as it stands.
  if (rule.kind == FactKind::kBacklog &&
      (*how.status == Status::kDelivered || *how.status == Status::kOrdered ||
       *how.status == Status::kContracted)) {
    return rule.status;
  }
  // "Was the customer behind a contract": a contract is no less one for being told in the past.
  const bool agreed = rule.kind == FactKind::kContract || rule.kind == FactKind::kPower ||
                      rule.kind == FactKind::kLease;
  if (agreed && *how.status == Status::kActual) return rule.status;
  // A contract or a backlog stands beside guidance; it is none.
  const bool stands = rule.kind == FactKind::kBacklog || is_commitment(rule.kind);
  if (stands && *how.status == Status::kGuided) return rule.status;
  // Guidance is guidance, whichever verb of forecasting carries it.
  if (rule.kind == FactKind::kGuidance && is_firm_or_forecast(*how.status)) return rule.status;
  // What a rule knows to be over stays over, unless it is denied.
  if (rule.status == Status::kCancelled && *how.status != Status::kDenied) return rule.status;
  // A print or a statement has happened, whatever verbs of planning stand around it.
  const bool happened = rule.kind == FactKind::kReading || rule.kind == FactKind::kCentralBank ||
                        rule.kind == FactKind::kGeopolitics ||
                        rule.kind == FactKind::kExportControl;
  return happened && *how.status != Status::kDenied ? rule.status : *how.status;
}

model::Claimant claimant_of(const Setting& setting, const Circumstances& how, const Fact& fact) {
  model::Claimant claimant;
  claimant.via = setting.via;
  claimant.text = how.claimant_text;
  const bool company = fact.subject.type == SubjectType::kCompany;
  const bool own = fact.status == Status::kPlanned || fact.status == Status::kGuided ||
                   fact.status == Status::kActual || fact.status == Status::kContracted ||
                   fact.status == Status::kDenied;
  ClaimantType type = how.claimant.value_or(company && own ? ClaimantType::kCompany
                                                           : ClaimantType::kPress);
  if (type == ClaimantType::kCompany && !company) type = ClaimantType::kPress;
  // Whoever reports a denial, the company is who denies.
  if (company && fact.status == Status::kDenied) type = ClaimantType::kCompany;
  if (fact.kind == FactKind::kCentralBank) type = ClaimantType::kPolicymaker;
  if (fact.kind == FactKind::kAnalystView) type = ClaimantType::kAnalyst;
  if (fact.kind == FactKind::kGuidance && type == ClaimantType::kAnalyst) {
    type = ClaimantType::kCompany;  // the analysts' number is the comparator
  }
  if (fact.status == Status::kRumoured && type == ClaimantType::kCompany) {
    type = ClaimantType::kUnnamedSource;
  }
  claimant.type = type;
  if (type == ClaimantType::kCompany) {
    claimant.id = fact.subject.id;
    claimant.text = fact.subject.text;
  }
  return claimant;
}

void add_measures(const Scene& scene, const ByteRange& clause, std::size_t figure, Fact& fact) {
  for (const std::size_t other : scene.figures_in(clause)) {
    if (other == figure) continue;
    const model::Figure& candidate = scene.figures[other].figure;
    std::string_view name;
    switch (candidate.kind) {
      case model::FigureKind::kPower: name = "capacity"; break;
      case model::FigureKind::kQuantity: name = "units"; break;
      case model::FigureKind::kDuration: name = "term"; break;
      case model::FigureKind::kPercent:
        if (candidate.role == model::FigureRole::kChange) name = "change";
        break;
      case model::FigureKind::kMoney: case model::FigureKind::kPercentagePoints:
      case model::FigureKind::kBasisPoints: case model::FigureKind::kMultiple:
      case model::FigureKind::kEnergy: case model::FigureKind::kCount:
        break;
    }
    if (!name.empty()) fact.measures.push_back({std::string(name), candidate.id});
  }
}

}  // namespace wiremill::extract
