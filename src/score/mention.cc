#include "score/mention.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/digest.h"

namespace wiremill::score {
namespace {

using model::Fact;
using model::FactsRecord;
using model::Figure;

std::string date_text(const std::chrono::year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string subject_text(const model::Subject& subject) {
  return fmt::format("{}:{}", model::name_of(subject.type),
                     subject.id.empty() ? subject.text : subject.id);
}

std::string parties_text(const Fact& fact) {
  std::vector<std::string> parties;
  for (const model::Party& party : fact.parties) {
    parties.push_back(fmt::format("{}:{}", model::name_of(party.role),
                                  party.id.empty() ? party.text : party.id));
  }
  std::sort(parties.begin(), parties.end());
  return fmt::format("{}", fmt::join(parties, ","));
}

std::string qualifier_text(const model::Qualifier& q) {
  return fmt::format("{};{};{};{};{};{}", q.variant, q.segment, q.location, q.product, q.agreement,
                     q.part_of);
}

std::string claim_text(const Fact& fact, std::string_view period) {
  const bool outside = fact.claimant.type == model::ClaimantType::kAnalyst;
  return fmt::format("{}|{}|{}|{}|{}|{}|{}", model::name_of(fact.kind),
                     subject_text(fact.subject), parties_text(fact), fact.metric,
                     qualifier_text(fact.qualifier), period, outside ? "analyst" : "");
}

std::uint64_t unit_of(const Figure& figure) {
  return base::digest64(fmt::format("{}|{}|{}|{}", model::name_of(figure.kind), figure.currency,
                                    figure.unit, figure.per));
}

std::optional<double> value_of(const Figure* figure) {
  if (figure == nullptr) return std::nullopt;
  const auto value = figure->representative();
  return value ? std::optional(value->approximate()) : std::nullopt;
}

Standing standing_of(const Fact& fact) {
  if (fact.held) return Standing::kHeld;
  return fact.is_evidence() ? Standing::kEvidence : Standing::kCoverage;
}

/// Points against consensus: from the figures when both are there, else from the word.
std::optional<double> surprise_of(const Fact& fact, const FactsRecord& record,
                                  const catalog::Weights& weights) {
  if (fact.comparator && fact.comparator->relation == model::Comparison::kConsensus) {
    const Figure* const figure = record.figure(fact.figure);
    const Figure* const consensus = record.figure(fact.comparator->figure);
    if (figure != nullptr && consensus != nullptr && unit_of(*figure) == unit_of(*consensus)) {
      const auto value = figure->representative();
      const auto expected = consensus->representative();
      // In decimals: 0.2 against 0.3 is a tenth below, not a little less than a tenth.
      const auto points = value && expected ? value->minus(*expected) : std::nullopt;
      if (points) return points->approximate();
    }
  }
  if (!fact.surprise) return std::nullopt;
  switch (*fact.surprise) {
    case model::Surprise::kAbove: return weights.surprise_word;
    case model::Surprise::kBelow: return -weights.surprise_word;
    case model::Surprise::kInLine: return 0;
  }
  return std::nullopt;
}

/// The stated move in basis points, signed by the direction when the figure is not.
std::optional<double> move_of(const Fact& fact, const FactsRecord& record) {
  const auto in_points = [&](const std::string& id) -> std::optional<double> {
    const Figure* const figure = record.figure(id);
    if (figure == nullptr || figure->kind != model::FigureKind::kBasisPoints) return std::nullopt;
    return value_of(figure);
  };
  auto move = in_points(fact.figure);
  for (const model::Measure& measure : fact.measures) {
    if (!move && measure.name == "change") move = in_points(measure.figure);
  }
  const bool down = fact.direction == model::Direction::kDown;
  if (move && down && *move > 0) return -*move;
  return move;
}

void compare(Mention& mention, const Fact& fact, const FactsRecord& record) {
  if (!fact.comparator) return;
  const Figure* const figure = record.figure(fact.comparator->figure);
  if (figure == nullptr || unit_of(*figure) != mention.unit) return;
  using model::Comparison;
  const Comparison relation = fact.comparator->relation;
  mention.compared_same_period =
      relation == Comparison::kPreviousGuidance || relation == Comparison::kPreviousTotal;
  if (mention.compared_same_period || relation == Comparison::kPriorYear) {
    mention.compared_value = value_of(figure);
  }
}

double relevance_of(const Fact& fact, const FactsRecord& record, const catalog::Weights& weights) {
  if (fact.subject.type != model::SubjectType::kCompany) return 1;
  for (const model::CompanyInText& company : record.companies) {
    if (company.id == fact.subject.id) return std::clamp(company.relevance, 0.0, 1.0);
  }
  return weights.relevance_default;
}

Mention of_event(const FactsRecord& record, base::Duration tick) {
  Mention mention;
  const model::EventHeader& event = record.event;
  mention.record = &record;
  mention.published = event.published_at;
  mention.scored = event.scored_at;
  // Within a tick news counts at once; what is under embargo counts from the first tick past it.
  mention.counts_from = base::floor_to(event.scored_at, tick);
  if (event.embargo_until && mention.counts_from < *event.embargo_until) {
    mention.counts_from = base::floor_to(*event.embargo_until + tick - base::Duration(1), tick);
  }
  mention.lead = event.lead_digest.empty() ? 0 : base::digest64(event.lead_digest);
  return mention;
}

Mention of_fact(const FactsRecord& record, const Fact& fact, const Program& program,
                base::Duration tick) {
  Mention mention = of_event(record, tick);
  const std::string family = program.family(record.event, fact.claimant.via);
  mention.fact = &fact;
  mention.claim = claim_text(fact, period_label(fact.period));
  const std::string prior = period_label(fact.period, 1);
  if (!prior.empty()) mention.prior_claim = claim_text(fact, prior);
  mention.key = base::digest64(mention.claim);
  mention.expires = mention.scored + program.keep(fact.kind);
  mention.standing = standing_of(fact);
  mention.denied = fact.polarity == model::Polarity::kNegated ||
                   fact.status == model::Status::kDenied;
  mention.status = fact.status;
  if (const Figure* const figure = record.figure(fact.figure)) {
    mention.value = value_of(figure);
    mention.unit = unit_of(*figure);
  }
  mention.words = {fact.direction, fact.surprise, fact.stance};
  mention.family = base::digest64(family);
  mention.credibility = program.credibility(record.event, family);
  mention.relevance = relevance_of(fact, record, program.weights());
  mention.surprise_points = surprise_of(fact, record, program.weights());
  mention.move_points = move_of(fact, record);
  compare(mention, fact, record);
  return mention;
}

Mention of_tone(const FactsRecord& record, const model::CompanyInText& company,
                const Program& program, base::Duration tick) {
  Mention mention = of_event(record, tick);
  const std::string family = program.family(record.event, "");
  const std::string& lead =
      record.event.lead_digest.empty() ? record.event.story_id : record.event.lead_digest;
  mention.company = &company;
  mention.claim = fmt::format("tone|company:{}|{}", company.id, lead);
  mention.key = base::digest64(mention.claim);
  mention.expires = mention.scored + program.keep_tone();
  mention.family = base::digest64(family);
  mention.credibility = program.credibility(record.event, family);
  mention.relevance = std::clamp(company.relevance, 0.0, 1.0);
  return mention;
}

/// "Raised its guidance" beside "raised its guidance to 65 billion" in one text says the same once:
/// the words alone are coverage then.
void let_figures_speak(std::vector<Mention>& mentions) {
  for (Mention& words : mentions) {
    if (words.fact == nullptr || words.value || words.standing != Standing::kEvidence) continue;
    const bool told_with_figure =
        std::any_of(mentions.begin(), mentions.end(), [&](const Mention& other) {
          return other.key == words.key && other.value && other.denied == words.denied &&
                 other.status == words.status && other.standing == Standing::kEvidence;
        });
    if (told_with_figure) words.standing = Standing::kCoverage;
  }
}

}  // namespace

bool before(const Mention& a, const Mention& b) {
  return std::tie(a.scored, a.story(), a.id()) < std::tie(b.scored, b.story(), b.id());
}

std::string period_label(const std::optional<model::Period>& period, int years_back) {
  if (!period) return {};
  static constexpr unsigned kMonthsInQuarter = 3;
  static constexpr unsigned kMonthsInHalf = 6;
  if (period->end) {
    const int year = static_cast<int>(period->end->year()) - years_back;
    const unsigned month = static_cast<unsigned>(period->end->month()) - 1;
    using model::Basis;
    if (period->basis == Basis::kAnnual) return fmt::format("FY{}", year);
    if (period->basis == Basis::kHalf) return fmt::format("{}H{}", year, month / kMonthsInHalf + 1);
    if (period->basis == Basis::kMonth) return fmt::format("{}-{:02}", year, month + 1);
    if (period->basis == Basis::kQuarter) {
      return fmt::format("{}Q{}", year, month / kMonthsInQuarter + 1);
    }
  }
  if (years_back != 0) return {};
  if (!period->start && !period->end) return period->text;
  return fmt::format("{} {}..{}", model::name_of(period->basis),
                     period->start ? date_text(*period->start) : "",
                     period->end ? date_text(*period->end) : "");
}

std::vector<Mention> mentions_of(const FactsRecord& record, const Program& program,
                                 base::Duration tick) {
  std::vector<Mention> mentions;
  if (record.event.synthetic || record.event.action == model::Action::kWithdraw) return mentions;
  mentions.reserve(record.facts.size() + record.companies.size());
  for (const Fact& fact : record.facts) {
    if (fact.modality != model::Modality::kAsserted && !fact.held) continue;
    mentions.push_back(of_fact(record, fact, program, tick));
  }
  for (const model::CompanyInText& company : record.companies) {
    if (program.catalogue().company(company.id) == nullptr) continue;
    if (company.tone.confidence <= 0) continue;  // says nothing about it, weighs nothing
    mentions.push_back(of_tone(record, company, program, tick));
  }
  let_figures_speak(mentions);
  return mentions;
}

Topic topic_of(const Mention& mention, int years_back) {
  Topic topic;
  if (mention.fact == nullptr) {
    topic.tone = true;
    topic.subject_type = model::SubjectType::kCompany;
    topic.subject = mention.company->id;
    return topic;
  }
  const Fact& fact = *mention.fact;
  topic.kind = fact.kind;
  topic.subject_type = fact.subject.type;
  topic.subject = fact.subject.id.empty() ? fact.subject.text : fact.subject.id;
  topic.metric = fact.metric;
  const model::Qualifier& q = fact.qualifier;
  topic.plain = q.segment.empty() && q.location.empty() && q.product.empty() && q.part_of.empty();
  topic.outside = fact.claimant.type == model::ClaimantType::kAnalyst;
  topic.period = period_label(fact.period, years_back);
  topic.period_before = period_label(fact.period, years_back + 1);
  return topic;
}

}  // namespace wiremill::score
