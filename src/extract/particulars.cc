#include "extract/particulars.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::Direction;
using model::Fact;
using model::FactKind;
using model::Status;
using model::SubjectType;

constexpr std::size_t kVariantReachBytes = 60;
constexpr std::size_t kSentencesBack = 2;
/// No figure is longer, so none that begins earlier reaches a place.
constexpr std::size_t kFigureBytesMax = 400;
/// A company speaks of a quarter for about a month after its end.
constexpr std::chrono::days kNewsAfterPeriod{40};
constexpr std::size_t kOddsReachBytes = 16;
constexpr std::size_t kOddsNameBytes = 90;

const PeriodMention* nearest_period(const std::vector<PeriodMention>& mentions,
                                    const ByteRange& range, const ByteRange& anchor) {
  const PeriodMention* best = nullptr;
  for (const PeriodMention& mention : mentions) {
    if (!range.contains(mention.span.begin) || !mention.has_date()) continue;
    // A period in front of an amount is the usual place; one behind must be nearer.
    const auto cost = [&](const PeriodMention& one) {
      return distance(one.span, anchor) + (one.span.begin > anchor.begin ? 12U : 0U);
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

/// "전년 대비", "지난해보다": what is compared with, not the time of the statement.
bool is_compared_with(const Scene& scene, const PeriodMention& mention) {
  std::string_view behind = scene.field.text().substr(mention.span.end);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  for (const std::string_view word : {"대비", "동기", "동월", "비 ", "보다", "에 비해", "比", "의 두",
                                      "의 2", "의 3", "의 세", "의 절반", "수준"}) {
    if (behind.starts_with(word)) return true;
  }
  return false;
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

/// Another measure stands between: "2천억 달러 CapEx 발표 직후 주가가 급락" is not about capex.
bool crosses_measure(const Scene& scene, const ByteRange& anchor, const Hit& word) {
  const ByteRange gap{std::min<std::size_t>(anchor.end, word.end),
                      std::max<std::size_t>(anchor.begin, word.begin)};
  std::string_view first;
  for (const Hit& hit : scene.field.hits_in(gap)) {
    const auto name = Lexis::name_in(scene.lexis.measures, hit);
    if (name.empty() || name == first) continue;
    if (!first.empty() || name == "share_price") return true;
    first = name;
  }
  return false;
}

/// The period of a statement ended long ago: "last quarter's weak guidance", "raised in October".
bool is_long_over(const Setting& setting, const model::Period& period) {
  return period.end && std::chrono::sys_days(*period.end) + kNewsAfterPeriod <
                           std::chrono::floor<std::chrono::days>(setting.event.published_at);
}

bool is_firm_or_forecast(Status status) {
  return status == Status::kEstimated || status == Status::kPlanned ||
         status == Status::kGuided || status == Status::kContracted ||
         status == Status::kOrdered || status == Status::kDelivered || status == Status::kActual;
}

bool is_commitment(FactKind kind) {
  return kind == FactKind::kContract || kind == FactKind::kOrder || kind == FactKind::kDeal ||
         kind == FactKind::kFunding || kind == FactKind::kLease;
}

/// "It plans to spend $200bn.": the year (for a print, the month) stands in a sentence before, in
/// the same paragraph.
template <class Resolve>
std::optional<model::Period> period_before(const Place& place, model::Basis basis,
                                           const Resolve& resolved) {
  const std::size_t first = place.sentence > kSentencesBack ? place.sentence - kSentencesBack : 0;
  for (std::size_t i = place.sentence; i-- > first;) {
    const text::Sentence& before = place.scene.sentences()[i];
    if (before.line != place.scene.sentences()[place.sentence].line) break;
    const auto& earlier = periods_in(place, before.span);
    for (auto at = earlier.rbegin(); at != earlier.rend(); ++at) {
      if (at->basis == basis && at->has_date()) return resolved(*at);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string metric_of(const Scene& scene, const CompiledRule& rule, const ByteRange& clause,
                      const ByteRange& measure) {
  for (const auto& [words, metric] : rule.metrics) {
    if (scene.field.has(words, clause) || scene.field.has(words, measure)) return metric;
  }
  return rule.rule->metric;
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
  const auto& mentions = periods_in(place, sentence);
  for (const ByteRange& range : {clause, sentence}) {
    if (const auto* const mention = nearest_period(mentions, range, anchor)) {
      return resolved(*mention);
    }
  }
  if (rule.is_tagged("carry") || rule.is_tagged("print")) {
    const auto basis = rule.is_tagged("print") ? model::Basis::kMonth : model::Basis::kAnnual;
    if (auto earlier = period_before(place, basis, resolved)) return earlier;
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

std::optional<Direction> direction_of(const Scene& scene, const ByteRange& clause,
                                      const ByteRange& anchor, const Fact& fact) {
  if (fact.comparator && fact.comparator->relation != model::Comparison::kConsensus) {
    const auto by_id = [&](const std::string& id) -> std::optional<base::Decimal> {
      for (const PlacedFigure& one : scene.figures) {
        if (one.figure.id == id) return one.figure.representative();
      }
      return std::nullopt;
    };
    const auto now = by_id(fact.figure);
    const auto then = by_id(fact.comparator->figure);
    if (now && then && *now != *then) return *now > *then ? Direction::kUp : Direction::kDown;
  }
  const auto [hit, name] = scene.nearest_named(scene.lexis.directions, clause, anchor);
  if (hit == nullptr || crosses_measure(scene, anchor, *hit)) return std::nullopt;
  return model::parse_name<Direction>(name);
}

Status settled_status(const CompiledRule& rule, const Circumstances& how, const Fact& fact) {
  if (!how.status) {
    // A group plans nothing: someone adds up what its members said.
    if (fact.subject.type == SubjectType::kGroup && rule.status == Status::kPlanned) {
      return Status::kEstimated;
    }
    return rule.status;
  }
  if (fact.subject.type == SubjectType::kGroup && *how.status == Status::kPlanned) {
    return Status::kEstimated;
  }
  // A company's own forecast of its spending is its guidance.
  const bool own = fact.subject.type == SubjectType::kCompany &&
                   how.claimant == model::ClaimantType::kCompany;
  if (rule.kind == FactKind::kCapex && *how.status == Status::kEstimated &&
      (own || !rule.leads_with_figure())) {
    return Status::kGuided;
  }
  // A contract stands beside guidance; it is none.
  if (rule.kind == FactKind::kContract && *how.status == Status::kGuided) return rule.status;
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

void hold_contradictions(const model::Figure& figure, Fact& fact) {
  for (const std::string_view flag : {"inconsistent_figure", "fx_off"}) {
    if (std::find(figure.flags.begin(), figure.flags.end(), flag) == figure.flags.end()) continue;
    fact.held = true;
    fact.flags.emplace_back(flag);
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

void settle_time(const Setting& setting, Fact& fact) {
  const bool spoken_of = fact.kind == FactKind::kGuidance ||
                         (fact.kind == FactKind::kCapex && fact.status != Status::kActual &&
                          fact.period && fact.period->basis == model::Basis::kMonth);
  if (spoken_of && fact.period && is_long_over(setting, *fact.period)) {
    fact.newness = model::Newness::kBackground;
  }
  if (fact.kind != FactKind::kCapex || !fact.period || !fact.period->end) return;
  if (fact.period->basis != model::Basis::kAnnual &&
      fact.period->basis != model::Basis::kQuarter) {
    return;
  }
  // An open quarter is still a plan, and one that is over is news of what was spent.
  const bool quarter = fact.period->basis == model::Basis::kQuarter;
  const bool over = std::chrono::sys_days(*fact.period->end) <
                    std::chrono::floor<std::chrono::days>(setting.event.published_at);
  const bool planned = fact.status == Status::kPlanned || fact.status == Status::kGuided;
  if (!over || !planned) return;
  fact.status = Status::kActual;
  if (!quarter) fact.newness = model::Newness::kBackground;
}

std::optional<BoundSubject> fixed_subject(const Scene& scene, const catalog::Rule& rule,
                                          const ByteRange& sentence, const ByteRange& anchor) {
  BoundSubject bound;
  if (rule.subject == "institution") {
    bound.subject = {SubjectType::kInstitution, rule.subject_id, ""};
  } else if (rule.subject == "country") {
    // Whoever curbs exports stands in front of whom it hits.
    const bool first = rule.kind == model::name_of(FactKind::kExportControl);
    const auto [hit, name] = first ? scene.first_named(scene.lexis.countries, sentence)
                                   : scene.nearest_named(scene.lexis.countries, sentence, anchor);
    const std::string id = name.empty() ? rule.subject_id : std::string(name);
    bound.subject = {SubjectType::kCountry, id, ""};
    if (hit != nullptr) bound.subject.text = scene.field.span({hit->begin, hit->end}).text;
  } else {
    bound.subject = {SubjectType::kUnknown, rule.subject_id, ""};
  }
  return bound;
}

namespace {

/// "확률 40%", "(약 55~65% 확률)": the word stands next to the number.
bool stands_beside_odds(const Scene& scene, const ByteRange& sentence, const ByteRange& figure) {
  const std::size_t from = figure.begin > kOddsReachBytes ? figure.begin - kOddsReachBytes : 0;
  return scene.has_named(scene.lexis.labels, "odds",
                         {std::max(sentence.begin, from), figure.begin}) ||
         scene.has_named(scene.lexis.labels, "odds",
                         {figure.end, std::min(sentence.end, figure.end + kOddsReachBytes)});
}

/// What the odds are of: the row of the table, or the words in front of the bracket or colon.
ByteRange odds_of_what(const Scene& scene, const text::Sentence& sentence) {
  if (!sentence.row.empty()) return sentence.row;
  const std::size_t stop = scene.field.cut(sentence.span).find_first_of("(:");
  if (stop == std::string_view::npos || stop == 0 || stop > kOddsNameBytes) return sentence.span;
  return {sentence.span.begin, sentence.span.begin + stop};
}

}  // namespace

void build_odds(const Scene& scene, const Setting& setting, std::size_t index,
                std::vector<PlacedFact>& facts) {
  const text::Sentence& sentence = scene.sentences()[index];
  const bool table = scene.label(index).odds;
  if (!table && !scene.has_named(scene.lexis.labels, "odds", sentence.span)) return;
  for (const std::size_t number : scene.figures_in(sentence.span)) {
    const PlacedFigure& placed = scene.figures[number];
    if (placed.figure.kind != model::FigureKind::kPercent) continue;
    if (!table && !stands_beside_odds(scene, sentence.span, placed.span)) continue;
    const ByteRange what = odds_of_what(scene, sentence);
    PlacedFact out;
    out.anchor = placed.span;
    out.fact.kind = FactKind::kStatedProbability;
    out.fact.subject = {SubjectType::kUnknown, "", scene.field.span(what).text};
    out.fact.metric = "probability";
    out.fact.figure = placed.figure.id;
    out.fact.status = Status::kEstimated;
    out.fact.modality = model::Modality::kOpinion;
    out.fact.claimant = {ClaimantType::kPress, "", "", setting.via};
    out.fact.confidence = 0.8;
    out.fact.rule = table ? "odds.table" : "odds.text";
    out.fact.quotes = {scene.field.span(what)};
    if (table) out.fact.quotes.push_back(scene.field.span(sentence.span));
    facts.push_back(std::move(out));
  }
}

}  // namespace wiremill::extract
