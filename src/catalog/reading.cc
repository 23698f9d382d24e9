#include "catalog/reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/names.h"
#include "catalog/sections.h"
#include "model/fact.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Reader;

template <class Enum>
std::vector<std::string> names_of() {
  const auto& names = model::NameTable<Enum>::kNames;
  return {names.begin(), names.end()};
}

template <class Enum>
std::vector<std::string> names_or_none() {
  auto names = names_of<Enum>();
  names.emplace_back("");
  return names;
}

void read_publishers(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "publisher", mistakes);
    Publisher publisher;
    publisher.place = settings::to_text(item.place());
    publisher.family = reader.text("family");
    publisher.name = reader.text("name");
    publisher.tier = reader.one_of(
        "tier", "daily", {"filing", "company", "wire", "daily", "aggregator", "column"});
    publisher.names = reader.texts("names", {});
    publisher.quoted = reader.texts("quoted", {});
    publisher.domains = reader.texts("domains", {});
    reader.finish();
    catalogue.reading.publishers.push_back(std::move(publisher));
  }
}

void read_metrics(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "metric", mistakes);
    Metric metric;
    metric.place = settings::to_text(item.place());
    metric.id = reader.text("id");
    metric.name = reader.text("name");
    metric.name_ko = reader.text("name_ko", "");
    metric.unit = reader.text("unit", "");
    metric.low = reader.number("low", metric.low);
    metric.high = reader.number("high", metric.high);
    if (metric.low > metric.high) reader.mistake("low", "metric: \"low\" is above \"high\"");
    reader.finish();
    catalogue.reading.metrics.push_back(std::move(metric));
  }
}

void read_instruments(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "instrument", mistakes);
    Instrument instrument;
    instrument.place = settings::to_text(item.place());
    instrument.id = reader.text("id");
    instrument.name = reader.text("name");
    instrument.name_ko = reader.text("name_ko", "");
    instrument.unit = reader.text("unit", "");
    instrument.aliases = reader.texts("aliases", {});
    reader.finish();
    catalogue.reading.instruments.push_back(std::move(instrument));
  }
}

void read_words(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const auto& [id, list] : node.entries()) {
    WordClass words{id, {}, settings::to_text(list.place())};
    for (const Node& word : list.items()) {
      if (word.text().empty()) mistakes.add(word.place(), fmt::format("words \"{}\": empty", id));
      words.words.push_back(word.text());
    }
    if (words.words.empty()) mistakes.add(list.place(), fmt::format("words \"{}\": none", id));
    catalogue.reading.words.push_back(std::move(words));
  }
}

void read_currencies(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "currency", mistakes);
    Currency currency;
    currency.code = reader.text("code");
    currency.code_in_text =
        reader.one_of("code_in_text", "always", {"always", "with_magnitude", "never"});
    currency.before = reader.texts("before", {});
    currency.after = reader.texts("after", {});
    currency.one_in_a_hundred = reader.texts("one_in_a_hundred", {});
    currency.with_magnitude = reader.texts("with_magnitude", {});
    currency.doubtful = reader.texts("doubtful", {});
    currency.others = reader.texts("others", {});
    reader.finish();
    catalogue.reading.currencies.push_back(std::move(currency));
  }
}

void read_units(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "unit", mistakes);
    Unit unit;
    unit.kind = reader.one_of("kind", "quantity", names_of<model::FigureKind>());
    unit.unit = reader.text("unit", "");
    unit.large = reader.flag("large", false);
    unit.words = reader.texts("words", {});
    reader.finish();
    catalogue.reading.units.push_back(std::move(unit));
  }
}

void read_ambiguities(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "ambiguity", mistakes);
    Ambiguity ambiguity;
    ambiguity.place = settings::to_text(item.place());
    ambiguity.word = reader.text("word");
    ambiguity.company = reader.text("company");
    ambiguity.near = reader.texts("near", {});
    reader.finish();
    catalogue.reading.ambiguities.push_back(std::move(ambiguity));
  }
}

void read_guards(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "guard", mistakes);
    Guard guard;
    guard.alias = reader.text("alias");
    guard.before = reader.texts("before", {});
    guard.after = reader.texts("after", {});
    reader.finish();
    catalogue.reading.guards.push_back(std::move(guard));
  }
}

RuleTest read_rule_test(const Node& node, Mistakes& mistakes) {
  Reader reader(node, "rule test", mistakes);
  RuleTest test;
  test.text = reader.text("text", "");
  test.headline = reader.text("headline", "");
  test.place = settings::to_text(node.place());
  if (const auto facts = reader.node("facts")) {
    for (const Node& fact : facts->items()) {
      auto& expected = test.facts.emplace_back();
      for (const auto& [key, value] : fact.entries()) expected[key] = value.text();
    }
  }
  if (test.text.empty() && test.headline.empty()) reader.mistake("text", "rule test: no text");
  reader.finish();
  return test;
}

/// "all" is a list whose entries are a word class or a list of word classes.
std::vector<std::vector<std::string>> read_all(const std::optional<Node>& node) {
  std::vector<std::vector<std::string>> all;
  if (!node) return all;
  for (const Node& entry : node->items()) {
    auto& any = all.emplace_back();
    if (entry.is_text()) any.push_back(entry.text());
    for (const Node& one : entry.items()) any.push_back(one.text());
  }
  return all;
}

void read_rule_shape(Reader& reader, Rule& rule) {
  rule.all = read_all(reader.node("all"));
  rule.none = reader.texts("none", {});
  rule.reach = reader.one_of("reach", "clause", {"clause", "sentence"});
  rule.within = static_cast<int>(reader.whole("within", 0, {0, 1000}));
  rule.pattern = reader.text("pattern", "");
  rule.subject = reader.one_of("subject", "company",
                               {"company", "group", "company_or_group", "instrument",
                                "institution", "country", "unknown"});
  rule.subject_id = reader.text("subject_id", "");
  if (const auto metrics = reader.node("metrics")) {
    for (const Node& item : metrics->items()) {
      for (const auto& [word, metric] : item.entries()) {
        rule.metrics.emplace_back(word, metric.text());
      }
    }
  }
  rule.figure = reader.one_of("figure", "optional", {"required", "optional", "none"});
  rule.figure_kinds = reader.texts("figure_kinds", {"money"});
  for (const std::string& name : rule.figure_kinds) {
    if (model::parse_name<model::FigureKind>(name)) continue;
    reader.mistake("figure_kinds",
                   fmt::format("rule: \"figure_kinds\" has \"{}\", must be one of: {}", name,
                               model::all_names<model::FigureKind>()));
  }
  rule.least = reader.text("least", "");
  if (!rule.least.empty() && !base::Decimal::parse(rule.least)) {
    reader.mistake("least", fmt::format("rule: \"least\" is \"{}\", must be a decimal number",
                                        rule.least));
  }
}

Rule read_rule(const Node& node, Mistakes& mistakes) {
  Reader reader(node, "rule", mistakes);
  Rule rule;
  rule.place = settings::to_text(node.place());
  rule.id = reader.text("id");
  rule.kind = reader.one_of("kind", "", names_of<model::FactKind>());
  read_rule_shape(reader, rule);
  rule.metric = reader.text("metric", "");
  rule.role = reader.one_of("role", "", names_or_none<model::Role>());
  rule.status = reader.one_of("status", "estimated", names_of<model::Status>());
  rule.direction = reader.one_of("direction", "", names_or_none<model::Direction>());
  rule.surprise = reader.one_of("surprise", "", names_or_none<model::Surprise>());
  rule.stance = reader.one_of("stance", "", names_or_none<model::Stance>());
  rule.confidence = reader.number("confidence", 0.7, {0, 1});
  rule.priority = static_cast<int>(reader.whole("priority", 0, {0, 100}));
  rule.tags = reader.texts("tags", {});
  if (const auto tests = reader.node("tests")) {
    for (const Node& test : tests->items()) rule.tests.push_back(read_rule_test(test, mistakes));
  }
  reader.finish();
  return rule;
}

void read_rules(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    catalogue.reading.rules.push_back(read_rule(item, mistakes));
  }
}

/// Names that a rule takes from elsewhere, and whether anything shows what it is for.
void check_rule(const Rule& rule, Names& names) {
  const std::string user = fmt::format("rule \"{}\"", rule.id);
  names.once("rule", rule.id, rule.place);
  const auto word_class = [&](const std::string& id) {
    names.used("word class", id, rule.place, user);
  };
  for (const auto& any : rule.all) std::for_each(any.begin(), any.end(), word_class);
  std::for_each(rule.none.begin(), rule.none.end(), word_class);
  if (!rule.metric.empty()) names.used("metric", rule.metric, rule.place, user);
  for (const auto& [words, metric] : rule.metrics) {
    word_class(words);
    if (!metric.empty()) names.used("metric", metric, rule.place, user);
  }
  const bool fixed = rule.subject == "instrument" || rule.subject == "country";
  if (fixed && !rule.subject_id.empty()) {
    names.used(rule.subject, rule.subject_id, rule.place, user);
  }
  const auto expects = [](const RuleTest& test) { return !test.facts.empty(); };
  if (rule.tests.empty()) {
    names.mistake(rule.place, user + ": no test; give a text and the facts that it must yield");
  } else if (std::none_of(rule.tests.begin(), rule.tests.end(), expects)) {
    names.mistake(rule.place, user + ": no test expects a fact; give a text that yields one");
  }
}

}  // namespace

const Publisher* Reading::publisher(std::string_view family) const {
  const auto found = std::find_if(publishers.begin(), publishers.end(),
                                  [&](const Publisher& one) { return one.family == family; });
  return found == publishers.end() ? nullptr : &*found;
}

const std::vector<Section>& reading_sections() {
  static const std::vector<Section> sections{
      {"publishers", read_publishers}, {"metrics", read_metrics},
      {"instruments", read_instruments}, {"words", read_words, false},
      {"currencies", read_currencies},
      {"units", read_units}, {"ambiguities", read_ambiguities},
      {"guards", read_guards}, {"rules", read_rules},
      {"lexicon", read_tone_phrases}, {"tone_measures", read_tone_measures},
      {"tone_moves", read_tone_moves}};
  return sections;
}

void cross_check_reading(const Catalogue& catalogue, Names& names) {
  const Reading& reading = catalogue.reading;
  for (const Publisher& one : reading.publishers) names.once("publisher", one.family, one.place);
  for (const Metric& one : reading.metrics) names.once("metric", one.id, one.place);
  for (const Instrument& one : reading.instruments) names.once("instrument", one.id, one.place);
  for (const Rule& rule : reading.rules) check_rule(rule, names);
  cross_check_tone(reading, names);
  for (const Ambiguity& one : reading.ambiguities) {
    names.used("company", one.company, one.place, fmt::format("ambiguity \"{}\"", one.word));
  }
}

}  // namespace wiremill::catalog
