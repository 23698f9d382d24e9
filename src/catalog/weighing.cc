#include "catalog/weighing.h"

#include <algorithm>
#include <set>

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

void read_reference(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "reference", mistakes);
    Reference reference;
    reference.subject = reader.text("subject");
    reference.metrics = reader.texts("metrics", {});
    reference.period = reader.text("period");
    reference.unit = reader.text("unit");
    reference.source = reader.text("source");
    const auto value = reader.decimal("value");
    const auto as_of = reader.date("as_of");
    if (reference.metrics.empty()) reader.mistake("metrics", "reference: \"metrics\" is missing");
    if (!value || value->is_zero() || value->is_negative()) {
      reader.mistake("value", "reference: \"value\" must be a decimal number above 0");
    }
    if (!as_of) reader.mistake("as_of", "reference: \"as_of\" is missing");
    reader.finish();
    if (!value || !as_of) continue;
    reference.value = *value;
    reference.as_of = *as_of;
    catalogue.weighing.references.push_back(std::move(reference));
  }
}

/// Names of one file that stand in another.
class CrossCheck {
 public:
  CrossCheck(const Catalogue& catalogue, Mistakes& mistakes)
      : catalogue_(catalogue), mistakes_(mistakes) {
    for (const Sector& sector : catalogue.sectors) sectors_.insert(sector.id);
    for (const Metric& metric : catalogue.reading.metrics) metrics_.insert(metric.id);
  }

  void condition(const Condition& when, const std::string& where) {
    for (const std::string& group : when.groups) {
      if (catalogue_.group(group) == nullptr) unknown(where, "group", group);
    }
    for (const std::string& name : when.sectors) sector(name, where);
    for (const std::string& name : when.metrics) metric(name, where);
  }
  void sector(const std::string& name, const std::string& where) {
    if (!sectors_.contains(name)) unknown(where, "sector", name);
  }
  void metric(const std::string& name, const std::string& where) {
    if (!metrics_.contains(name)) unknown(where, "metric", name);
  }
  void aspect(const std::string& name, const std::string& where) {
    if (!catalogue_.weighing.weights.aspects.contains(name)) unknown(where, "aspect", name);
  }
  void once(std::set<std::string>& seen, const std::string& id, const std::string& where) {
    if (!seen.insert(id).second) say(fmt::format("{} \"{}\" stands twice", where, id));
  }
  void unknown(const std::string& where, std::string_view what, const std::string& name) {
    say(fmt::format("{}: {} \"{}\" does not exist", where, what, name));
  }
  void say(std::string text) { mistakes_.add({"catalogue", 0}, std::move(text)); }

 private:
  const Catalogue& catalogue_;
  Mistakes& mistakes_;
  std::set<std::string> sectors_;
  std::set<std::string> metrics_;
};

void check_pack(const Pack& pack, CrossCheck& check) {
  const std::string where = fmt::format("pack \"{}\"", pack.id);
  std::set<std::string> triggers;
  std::set<std::string> scenarios;
  for (const Scenario& scenario : pack.scenarios) {
    check.once(scenarios, scenario.id, where + ": scenario");
  }
  for (const Trigger& trigger : pack.triggers) {
    check.once(triggers, trigger.id, where + ": trigger");
    for (const TriggerRow& row : trigger.rows) {
      check.condition(row.when, where + ", trigger " + trigger.id);
    }
  }
  if (pack.silence && !triggers.contains(pack.silence->trigger)) {
    check.unknown(where + ", silence", "trigger", pack.silence->trigger);
  }
}

}  // namespace

const std::vector<Section>& weighing_sections() {
  static const std::vector<Section> sections{{"weights", read_weights},
                                             {"impacts", read_impacts},
                                             {"reference", read_reference},
                                             {"pack", read_pack}};
  return sections;
}

void cross_check_weighing(const Catalogue& catalogue, settings::Mistakes& mistakes) {
  CrossCheck check(catalogue, mistakes);
  const Weighing& weighing = catalogue.weighing;
  if (weighing.weights.novelty.empty()) check.say("the section \"weights\" is missing");
  for (const char* tier : {"filing", "company", "wire", "daily", "aggregator", "column"}) {
    if (!weighing.weights.credibility.contains(tier)) check.unknown("credibility", "tier", tier);
  }
  std::set<std::string> seen;
  for (const Impact& impact : weighing.impacts) {
    const std::string where = fmt::format("impact \"{}\"", impact.id);
    check.once(seen, impact.id, "impact");
    check.condition(impact.when, where);
    for (const Strength& strength : impact.strengths) {
      check.sector(strength.sector, where);
      check.aspect(strength.aspect, where);
    }
    if (impact.own) check.aspect(impact.own->aspect, where);
  }
  for (const Reference& reference : weighing.references) {
    const std::string where = fmt::format("reference of \"{}\"", reference.subject);
    if (catalogue.company(reference.subject) == nullptr &&
        catalogue.group(reference.subject) == nullptr) {
      check.unknown(where, "company or group", reference.subject);
    }
    for (const std::string& metric : reference.metrics) check.metric(metric, where);
  }
  for (const std::string& metric : weighing.weights.total_metrics) check.metric(metric, "ledger");
  std::set<std::string> packs;
  for (const Pack& pack : weighing.packs) {
    check.once(packs, pack.id, "pack");
    check_pack(pack, check);
  }
}

}  // namespace wiremill::catalog
