#include "catalog/weighing.h"

#include <algorithm>

#include "catalog/names.h"
#include "catalog/weighing_parts.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Range;
using settings::Reader;

constexpr Range kShare{0, 1};
constexpr Range kSigned{-1, 1};
constexpr Range kPositive{1e-9, 1e9};

/// A map with one number for each name of an enumeration; `default` fills the rest when allowed.
template <class Enum>
std::vector<double> by_name(const Node& node, std::string_view what, Range range, bool defaults,
                            Mistakes& mistakes) {
  Reader reader(node, std::string(what), mistakes);
  const double fallback = defaults ? reader.number("default", range) : 0;
  std::vector<double> values;
  for (const std::string_view name : model::NameTable<Enum>::kNames) {
    values.push_back(defaults ? reader.number(name, fallback, range) : reader.number(name, range));
  }
  reader.finish();
  return values;
}

std::map<std::string, double, std::less<>> number_map(const Node& node, std::string_view what,
                                                      Range range, Mistakes& mistakes) {
  Reader reader(node, std::string(what), mistakes);
  std::map<std::string, double, std::less<>> values;
  for (const auto& [key, value] : node.entries()) values[key] = reader.number(key, range);
  reader.finish();
  return values;
}

void read_formulas(const Node& node, Weights& weights, Mistakes& mistakes) {
  Reader reader(node, "magnitude", mistakes);
  weights.magnitude_low = reader.number("low", kPositive);
  weights.magnitude_high = reader.number("high", kPositive);
  weights.magnitude_unknown = reader.number("unknown", kPositive);
  weights.revision_unit = reader.number("revision_unit", kPositive);
  weights.contract_unit = reader.number("contract_unit", kPositive);
  weights.bonds_unit = reader.number("bonds_unit", kPositive);
  weights.inflation_unit = reader.number("inflation_unit", kPositive);
  weights.surprise_word = reader.number("surprise_word", kPositive);
  reader.finish();
}

void read_scenario_caps(const Node& node, Weights& weights, Mistakes& mistakes) {
  Reader reader(node, "scenario_caps", mistakes);
  weights.claim_spread = reader.number("claim_spread", {1, 100});
  weights.official_spread = reader.number("official_spread", {1, 100});
  weights.family_spread = reader.number("family_spread", {1, 100});
  weights.diminishing = reader.number("diminishing", kShare);
  reader.finish();
}

void read_tone(const Node& node, Weights& weights, Mistakes& mistakes) {
  Reader reader(node, "tone", mistakes);
  weights.tone_keep_days = reader.number("keep_days", kDayRange);
  weights.tone_half_life_days = reader.number("half_life_days", kDayRange);
  weights.company_kappa = reader.number("company_kappa", {0, 100});
  weights.sector_kappa = reader.number("sector_kappa", {0, 100});
  weights.facts_share = reader.number("facts_share", kShare);
  reader.finish();
}

void read_ledger(const Node& node, Weights& weights, Mistakes& mistakes) {
  Reader reader(node, "ledger", mistakes);
  weights.ledger_kinds = names<model::FactKind>(reader, "kinds");
  weights.prior_period_kinds = names<model::FactKind>(reader, "prior_period_kinds");
  weights.total_metrics = reader.texts("total_metrics", {});
  reader.finish();
}

void read_weights(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  Reader reader(node, "weights", mistakes);
  Weights& weights = catalogue.weighing.weights;
  weights.place = settings::to_text(node.place());
  const auto part = [&](std::string_view key, auto read) {
    if (const auto found = reader.node(key)) {
      read(*found);
    } else {
      reader.mistake(key, fmt::format("weights: \"{}\" is missing", key));
    }
  };
  part("credibility", [&](const Node& n) {
    weights.credibility = number_map(n, "credibility", kShare, mistakes);
  });
  part("status", [&](const Node& n) {
    weights.status = by_name<model::Status>(n, "status", kShare, false, mistakes);
  });
  part("keep_days", [&](const Node& n) {
    weights.keep_days = by_name<model::FactKind>(n, "keep_days", kDayRange, true, mistakes);
  });
  part("tolerance", [&](const Node& n) {
    weights.tolerance = by_name<model::FactKind>(n, "tolerance", {0, 0.5}, true, mistakes);
  });
  part("aspects", [&](const Node& n) {
    const auto read = number_map(n, "aspects", kShare, mistakes);
    weights.aspects.insert(read.begin(), read.end());
  });
  part("tone", [&](const Node& n) { read_tone(n, weights, mistakes); });
  part("magnitude", [&](const Node& n) { read_formulas(n, weights, mistakes); });
  part("scenario_caps", [&](const Node& n) { read_scenario_caps(n, weights, mistakes); });
  part("ledger", [&](const Node& n) { read_ledger(n, weights, mistakes); });
  weights.denial = reader.number("denial", kShare);
  weights.novelty = reader.numbers("novelty", {});
  weights.story_days = reader.number("story_days", kDayRange);
  weights.correction_window_days = reader.number("correction_window_days", kDayRange);
  weights.relevance_default = reader.number("relevance_default", kShare);
  if (weights.novelty.empty()) reader.mistake("novelty", "weights: \"novelty\" is empty");
  reader.finish();
}

void read_strengths(const Node& node, Impact& impact, Mistakes& mistakes) {
  for (const auto& [sector, aspects] : node.entries()) {
    Reader reader(aspects, "strengths of " + sector, mistakes);
    for (const auto& [aspect, value] : aspects.entries()) {
      impact.strengths.push_back({sector, aspect, reader.number(aspect, kSigned)});
    }
    reader.finish();
  }
}

Magnitude read_magnitude(Reader& reader) {
  static const std::vector<std::string> kNames{"revision", "contract", "bonds", "inflation",
                                               "unknown"};
  const std::string name = reader.one_of("magnitude", "unknown", kNames);
  return static_cast<Magnitude>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

void read_impacts(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "impact", mistakes);
    Impact impact;
    impact.place = settings::to_text(item.place());
    impact.id = reader.text("id");
    impact.magnitude = read_magnitude(reader);
    impact.half_life_days = reader.number("half_life_days", kDayRange);
    impact.when = read_when(reader, mistakes);
    if (const auto strengths = reader.node("strengths")) {
      read_strengths(*strengths, impact, mistakes);
    }
    if (const auto own = reader.node("own")) {
      Reader own_reader(*own, "own", mistakes);
      impact.own = Strength{"", own_reader.text("aspect"), own_reader.number("strength", kSigned)};
      own_reader.finish();
    }
    if (impact.strengths.empty() && !impact.own) {
      reader.mistake("strengths", fmt::format("impact \"{}\" moves nothing", impact.id));
    }
    reader.finish();
    catalogue.weighing.impacts.push_back(std::move(impact));
  }
}

/// Names in a condition, and kinds that no text can ever give.
void check_condition(const Condition& when, const std::string& place, const std::string& user,
                     Names& names) {
  for (const std::string& group : when.groups) names.used("group", group, place, user);
  for (const std::string& sector : when.sectors) names.used("sector", sector, place, user);
  for (const std::string& metric : when.metrics) names.used("metric", metric, place, user);
  for (const std::string& subject : when.subjects) names.used("subject", subject, place, user);
  for (const model::FactKind kind : when.kinds) {
    if (!names.is_complete() || names.is_read(kind)) continue;
    names.mistake(place, fmt::format("{}: no rule yields facts of the kind \"{}\"", user,
                                     model::name_of(kind)));
  }
}

void check_pack(const Pack& pack, Names& names) {
  const std::string user = fmt::format("pack \"{}\"", pack.id);
  names.once("pack", pack.id, pack.place);
  bool has_silent = false;
  for (const Scenario& scenario : pack.scenarios) {
    names.once(user + ": scenario", scenario.id, pack.place);
  }
  for (const Trigger& trigger : pack.triggers) {
    names.once(user + ": trigger", trigger.id, trigger.place);
    has_silent = has_silent || (pack.silence && pack.silence->trigger == trigger.id);
    const std::string row_user = fmt::format("{}, trigger \"{}\"", user, trigger.id);
    for (const TriggerRow& row : trigger.rows) {
      check_condition(row.when, row.place, row_user, names);
    }
  }
  if (pack.silence && !has_silent) {
    names.mistake(pack.place, fmt::format("{}: silence: trigger \"{}\" does not exist", user,
                                          pack.silence->trigger));
  }
}

void check_impact(const Impact& impact, Names& names) {
  const std::string user = fmt::format("impact \"{}\"", impact.id);
  names.once("impact", impact.id, impact.place);
  check_condition(impact.when, impact.place, user, names);
  for (const Strength& strength : impact.strengths) {
    names.used("sector", strength.sector, impact.place, user);
    names.used("aspect", strength.aspect, impact.place, user);
  }
  if (impact.own) names.used("aspect", impact.own->aspect, impact.place, user);
}

}  // namespace

const std::vector<Section>& weighing_sections() {
  static const std::vector<Section> sections{{"weights", read_weights, false},
                                             {"impacts", read_impacts},
                                             {"reference", read_reference},
                                             {"plausible", read_plausible},
                                             {"rates", read_rates},
                                             {"pack", read_pack, false}};
  return sections;
}

void cross_check_weighing(const Catalogue& catalogue, Names& names) {
  const Weighing& weighing = catalogue.weighing;
  const Weights& weights = weighing.weights;
  if (weights.place.empty() && names.is_complete()) {
    names.mistake("weights.yaml", "the section \"weights\" is missing");
  }
  for (const char* tier : {"filing", "company", "wire", "daily", "aggregator", "column"}) {
    if (weights.place.empty() || weights.credibility.contains(tier)) continue;
    names.mistake(weights.place, fmt::format("credibility: tier \"{}\" is missing", tier));
  }
  for (const std::string& metric : weights.total_metrics) {
    names.used("metric", metric, weights.place, "ledger");
  }
  for (const Impact& impact : weighing.impacts) check_impact(impact, names);
  cross_check_reference(weighing, names);
  for (const Pack& pack : weighing.packs) check_pack(pack, names);
}

}  // namespace wiremill::catalog
