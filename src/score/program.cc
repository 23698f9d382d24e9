#include "score/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/assert.h"
#include "score/scorer.h"

namespace wiremill::score {
namespace {

constexpr double kMicrosecondsPerDay = 86'400e6;
constexpr std::string_view kRevenueMetric = "revenue";
constexpr std::string_view kTrailing = "trailing";

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// An empty list asks nothing.
template <class List, class Value>
bool allows(const List& list, const Value& value) {
  return list.empty() || holds(list, value);
}

std::string reference_key(std::string_view subject, std::string_view metric,
                          std::string_view period) {
  return fmt::format("{}|{}|{}", subject, metric, period);
}

}  // namespace

base::Duration days(double count) {
  return base::Duration(static_cast<std::int64_t>(count * kMicrosecondsPerDay));
}

double bounded(double magnitude, const catalog::Weights& weights) {
  return std::clamp(magnitude, weights.magnitude_low, weights.magnitude_high);
}

Program::Program(std::shared_ptr<const catalog::Catalogue> catalogue)
    : catalogue_(std::move(catalogue)) {
  const catalog::Weights& w = weights();
  for (const catalog::Publisher& publisher : catalogue_->reading.publishers) {
    const auto tier = w.credibility.find(publisher.tier);
    if (tier != w.credibility.end()) credibility_[publisher.family] = tier->second;
    for (const auto* names : {&publisher.names, &publisher.quoted}) {
      for (const std::string& name : *names) {
        family_of_name_.emplace(base::lower_ascii(name), publisher.family);
      }
    }
    family_of_name_.emplace(base::lower_ascii(publisher.name), publisher.family);
  }
  for (const catalog::Reference& reference : catalogue_->weighing.references) {
    for (const std::string& metric : reference.metrics) {
      references_[reference_key(reference.subject, metric, reference.period)].push_back(&reference);
    }
  }
  for (auto& [key, all] : references_) {
    std::stable_sort(all.begin(), all.end(),
                     [](const auto* a, const auto* b) { return a->as_of < b->as_of; });
  }
  std::set<std::string> aspects;
  for (const catalog::Impact& impact : impacts()) {
    for (const catalog::Strength& strength : impact.strengths) aspects.insert(strength.aspect);
    if (impact.own) aspects.insert(impact.own->aspect);
  }
  aspects_.assign(aspects.begin(), aspects.end());
  for (const double keep : w.keep_days) keep_.push_back(days(keep));
  keep_tone_ = days(w.tone_keep_days);
  keep_longest_ = std::max(keep_tone_, days(w.story_days));
  for (const base::Duration keep : keep_) keep_longest_ = std::max(keep_longest_, keep);
}

std::uint32_t Program::aspect(std::string_view name) const {
  const auto at = std::lower_bound(aspects_.begin(), aspects_.end(), name);
  WIREMILL_ASSERT(at != aspects_.end() && *at == name);
  return static_cast<std::uint32_t>(at - aspects_.begin());
}

bool Program::looks_at(const catalog::Condition& when, const Topic& topic) const {
  if (topic.tone || !allows(when.kinds, topic.kind) || !allows(when.metrics, topic.metric)) {
    return false;
  }
  if (!allows(when.subjects, topic.subject)) return false;
  if (!when.groups.empty()) {
    const bool inside = std::any_of(when.groups.begin(), when.groups.end(), [&](const auto& id) {
      const catalog::Group* const group = catalogue_->group(id);
      return id == topic.subject || (group != nullptr && holds(group->members, topic.subject));
    });
    if (!inside) return false;
  }
  if (when.sectors.empty()) return true;
  const catalog::Company* const company = catalogue_->company(topic.subject);
  return company != nullptr &&
         std::any_of(company->sectors.begin(), company->sectors.end(),
                     [&](const std::string& sector) { return holds(when.sectors, sector); });
}

void Program::add_sectors(const Topic& topic, Audience& audience) const {
  const catalog::Company* const company = catalogue_->company(topic.subject);
  if (topic.tone && company != nullptr) {
    for (const std::string& sector : company->sectors) {
      audience.scopes.push_back("sector/" + sector);
    }
  }
  for (std::uint32_t i = 0; i < impacts().size(); ++i) {
    const catalog::Impact& impact = impacts()[i];
    if (!looks_at(impact.when, topic)) continue;
    audience.impacts.push_back(i);
    for (const catalog::Strength& strength : impact.strengths) {
      audience.scopes.push_back("sector/" + strength.sector);
    }
    if (impact.own && !audience.main_sector.empty()) {
      audience.scopes.push_back("sector/" + std::string(audience.main_sector));
    }
  }
}

void Program::add_groups(const Topic& topic, Audience& audience) const {
  if (topic.tone) return;
  const bool summed = topic.plain && !topic.outside && holds(weights().total_metrics, topic.metric);
  for (const catalog::Group& group : catalogue_->groups) {
    const bool itself = topic.subject_type == model::SubjectType::kGroup &&
                        group.id == topic.subject;
    if (itself || (summed && holds(group.members, topic.subject))) {
      audience.scopes.push_back("group/" + group.id);
    }
  }
}

void Program::add_packs(const Topic& topic, Audience& audience) const {
  if (topic.outside) return;  // an estimate from outside is not what happened
  for (std::uint32_t p = 0; p < packs().size(); ++p) {
    const auto& triggers = packs()[p].triggers;
    for (std::uint32_t i = 0; i < triggers.size(); ++i) {
      const auto& rows = triggers[i].rows;
      const bool looks = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
        return looks_at(row.when, topic);
      });
      if (!looks) continue;
      audience.watches.push_back({p, i});
      audience.scopes.push_back("scenario/" + packs()[p].id);
    }
  }
}

Audience Program::audience(const Topic& topic) const {
  Audience audience;
  if (const catalog::Company* const company = catalogue_->company(topic.subject)) {
    audience.scopes.push_back("company/" + topic.subject);
    if (!company->sectors.empty()) audience.main_sector = company->sectors.front();
  }
  add_sectors(topic, audience);
  add_groups(topic, audience);
  add_packs(topic, audience);
  if (!topic.tone) {
    audience.revenue = references(topic.subject, kRevenueMetric, kTrailing);
    audience.year_before = references(topic.subject, topic.metric, topic.period_before);
  }
  std::sort(audience.scopes.begin(), audience.scopes.end());
  audience.scopes.erase(std::unique(audience.scopes.begin(), audience.scopes.end()),
                        audience.scopes.end());
  return audience;
}

std::string Program::family(const model::EventHeader& event, std::string_view via) const {
  if (!via.empty()) {
    const auto known = family_of_name_.find(base::lower_ascii(via));
    return known == family_of_name_.end() ? base::lower_ascii(via) : known->second;
  }
  if (!event.family.empty()) return event.family;
  if (!event.publisher.empty()) return base::lower_ascii(event.publisher);
  return event.source.empty() ? event.story_id : base::lower_ascii(event.source);
}

double Program::credibility(const model::EventHeader& event, std::string_view family) const {
  const auto tier = [&](std::string_view name) {
    const auto found = weights().credibility.find(name);
    return found == weights().credibility.end() ? 0.0 : found->second;
  };
  if (event.form == model::Form::kFiling) return tier("filing");
  if (event.form == model::Form::kPressRelease) return tier("company");
  if (event.form == model::Form::kColumn) return tier("column");
  const auto known = credibility_.find(family);
  return known == credibility_.end() ? tier("unknown") : known->second;
}

base::Duration Program::keep(model::FactKind kind) const {
  return keep_[static_cast<std::size_t>(kind)];
}

const References* Program::references(std::string_view subject, std::string_view metric,
                                      std::string_view period) const {
  const auto found = references_.find(reference_key(subject, metric, period));
  return found == references_.end() ? nullptr : &found->second;
}

std::vector<catalog::Mistake> mistakes_in(const catalog::Weights& w) {
  std::vector<catalog::Mistake> mistakes;
  const auto check = [&](bool right, std::string text) {
    if (!right) mistakes.push_back({w.place, std::move(text)});
  };
  check(w.status.size() == model::NameTable<model::Status>::kNames.size(),
        "weights: \"status\" must have one number for each status");
  check(w.keep_days.size() == model::NameTable<model::FactKind>::kNames.size(),
        "weights: \"keep_days\" must have one number for each kind of fact");
  check(!w.novelty.empty(), "weights: \"novelty\" must have at least one number");
  check(std::is_sorted(w.novelty.rbegin(), w.novelty.rend()),
        "weights: \"novelty\" must not rise from one family to the next");
  check(w.credibility.contains("unknown"), "weights: credibility \"unknown\" is missing");
  check(w.magnitude_low <= w.magnitude_high, "weights: magnitude \"low\" is above \"high\"");
  check(w.claim_spread <= w.official_spread && w.official_spread <= w.family_spread,
        "weights: the spreads of claim, official and family must not fall in that order");
  return mistakes;
}

base::Result<std::shared_ptr<const Program>> compile(
    std::shared_ptr<const catalog::Catalogue> catalogue) {
  const auto mistakes = mistakes_in(catalogue->weighing.weights);
  if (mistakes.empty()) return std::make_shared<const Program>(std::move(catalogue));
  std::string text;
  for (const catalog::Mistake& one : mistakes) {
    text += fmt::format("{}{}", text.empty() ? "" : "\n", one.text);
  }
  return base::rejected(std::move(text));
}

}  // namespace wiremill::score
