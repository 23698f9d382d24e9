#include "catalog/weighing_parts.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Range;
using settings::Reader;

constexpr double kPriorSumTolerance = 1e-9;

std::vector<double> read_ratios(Reader& reader, std::string_view key, std::size_t scenarios,
                                Range range) {
  auto ratios = reader.numbers(key, {});
  if (ratios.size() != scenarios) {
    reader.mistake(key, fmt::format("\"{}\" has {} numbers, must have one for each of the {} "
                                    "scenarios", key, ratios.size(), scenarios));
  }
  for (const double ratio : ratios) {
    if (ratio < range.low || ratio > range.high) {
      reader.mistake(key, fmt::format("\"{}\" has {}, must be in {}…{}", key, ratio, range.low,
                                      range.high));
    }
  }
  return ratios;
}

Trigger read_trigger(const Node& node, const Pack& pack, double half_life, Mistakes& mistakes) {
  Reader reader(node, "trigger", mistakes);
  Trigger trigger;
  trigger.place = settings::to_text(node.place());
  trigger.id = reader.text("id");
  trigger.name = reader.text("name", trigger.id);
  trigger.name_ko = reader.text("name_ko", trigger.name);
  trigger.type = reader.one_of("type", "event", {"state", "event"}) == "state"
                     ? TriggerType::kState
                     : TriggerType::kEvent;
  trigger.family = reader.text("family", trigger.id);
  trigger.half_life_days = reader.number("half_life_days", half_life, kDayRange);
  trigger.official = reader.flag("official", false);
  if (reader.node("baseline")) trigger.baseline = reader.number("baseline", {-1000, 1000});
  const auto rows = reader.node("rows");
  for (const Node& item : rows ? rows->items() : std::vector<Node>{}) {
    Reader row_reader(item, "row of trigger " + trigger.id, mistakes);
    TriggerRow row;
    row.place = settings::to_text(item.place());
    row.id = row_reader.text("id");
    row.ratios = read_ratios(row_reader, "ratios", pack.scenarios.size(), {0.05, 20});
    row.when = read_when(row_reader, mistakes);
    row_reader.finish();
    trigger.rows.push_back(std::move(row));
  }
  if (trigger.rows.empty()) reader.mistake("rows", "trigger: \"rows\" is missing or empty");
  reader.finish();
  return trigger;
}

void read_scenarios(Reader& reader, Pack& pack, Mistakes& mistakes) {
  const auto scenarios = reader.node("scenarios");
  double sum = 0;
  for (const Node& item : scenarios ? scenarios->items() : std::vector<Node>{}) {
    Reader one(item, "scenario", mistakes);
    Scenario scenario;
    scenario.id = one.text("id");
    scenario.name = one.text("name");
    scenario.name_ko = one.text("name_ko");
    scenario.prior = one.number("prior", {0.001, 0.999});
    one.finish();
    sum += scenario.prior;
    pack.scenarios.push_back(std::move(scenario));
  }
  const double off = sum - 1;
  if (off > kPriorSumTolerance || off < -kPriorSumTolerance) {
    reader.mistake("scenarios", fmt::format("the priors sum to {}, must sum to 1", sum));
  }
}

}  // namespace

void read_pack(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  Reader reader(node, "pack", mistakes);
  Pack pack;
  pack.place = settings::to_text(node.place());
  pack.id = reader.text("id");
  pack.name = reader.text("name");
  pack.name_ko = reader.text("name_ko");
  const auto opens = reader.date("opens");
  const auto closes = reader.date("closes");
  const auto from = reader.date("evidence_from");
  if (!opens || !closes || *closes <= *opens) {
    reader.mistake("closes", "pack: \"opens\" and \"closes\" must be dates in that order");
  }
  pack.opens = opens.value_or(base::Instant());
  pack.closes = closes.value_or(pack.opens);
  pack.evidence_from = from.value_or(pack.opens);
  if (pack.opens < pack.closes && pack.evidence_from > pack.closes) {
    reader.mistake("evidence_from", "pack: \"evidence_from\" must not be later than \"closes\"");
  }
  pack.prior_basis = reader.one_of("prior_basis", "unpublished",
                                   {"published", "midpoint", "unpublished"});
  pack.forms_excluded = names<model::Form>(reader, "forms_excluded");
  const double half_life = reader.number("half_life_days", kDayRange);
  read_scenarios(reader, pack, mistakes);
  const auto triggers = reader.node("triggers");
  for (const Node& item : triggers ? triggers->items() : std::vector<Node>{}) {
    pack.triggers.push_back(read_trigger(item, pack, half_life, mistakes));
  }
  if (const auto silence = reader.node("silence")) {
    Reader one(*silence, "silence", mistakes);
    pack.silence = Silence{one.text("trigger"),
                           read_ratios(one, "quiet", pack.scenarios.size(), {0, 0.99}),
                           one.number("span_days", kDayRange)};
    one.finish();
  }
  reader.finish();
  catalogue.weighing.packs.push_back(std::move(pack));
}

}  // namespace wiremill::catalog
