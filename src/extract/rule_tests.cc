#include "extract/rule_tests.h"

#include <fmt/format.h>

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::Fact;
using model::FactsRecord;
using Shown = std::map<std::string, std::string>;

constexpr std::string_view kPublished = "2026-02-13T00:00:00Z";

std::string date_text(const std::optional<std::chrono::year_month_day>& date) {
  if (!date) return {};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date->year()),
                     static_cast<unsigned>(date->month()), static_cast<unsigned>(date->day()));
}

template <class Enum>
std::string name_or_empty(const std::optional<Enum>& value) {
  return value ? std::string(model::name_of(*value)) : std::string();
}

void show_figure(const model::Figure& figure, Shown& shown) {
  const auto value = figure.representative();
  shown["value"] = value ? value->text() : "";
  shown["low"] = figure.low ? figure.low->text() : "";
  shown["high"] = figure.high ? figure.high->text() : "";
  shown["bound"] = model::name_of(figure.bound);
  shown["currency"] = figure.currency;
}

/// Everything of a fact that an expectation may name, as text.
Shown show(const FactsRecord& record, const Fact& fact) {
  Shown shown{{"kind", std::string(model::name_of(fact.kind))},
              {"subject", fact.subject.id},
              {"metric", fact.metric},
              {"status", std::string(model::name_of(fact.status))},
              {"modality", std::string(model::name_of(fact.modality))},
              {"newness", std::string(model::name_of(fact.newness))},
              {"polarity", std::string(model::name_of(fact.polarity))},
              {"claimant", std::string(model::name_of(fact.claimant.type))},
              {"via", fact.claimant.via},
              {"direction", name_or_empty(fact.direction)},
              {"surprise", name_or_empty(fact.surprise)},
              {"stance", name_or_empty(fact.stance)},
              {"location", fact.qualifier.location},
              {"variant", fact.qualifier.variant},
              {"rule", fact.rule},
              {"held", fact.held ? "true" : "false"}};
  if (const model::Figure* const figure = record.figure(fact.figure)) show_figure(*figure, shown);
  if (fact.comparator) shown["comparator"] = model::name_of(fact.comparator->relation);
  if (!fact.parties.empty()) shown["party"] = fact.parties.front().id;
  if (!fact.measures.empty()) shown["measure"] = fact.measures.front().name;
  if (fact.period) {
    shown["period_start"] = date_text(fact.period->start);
    shown["period_end"] = date_text(fact.period->end);
  }
  return shown;
}

bool meets(const Shown& shown, const Shown& expected) {
  return std::all_of(expected.begin(), expected.end(), [&](const auto& want) {
    const auto found = shown.find(want.first);
    return found != shown.end() && found->second == want.second;
  });
}

std::string line_of(const Shown& shown) {
  std::string line;
  for (const auto& [key, value] : shown) {
    if (!value.empty()) line += fmt::format("{}{}: {}", line.empty() ? "" : ", ", key, value);
  }
  return line;
}

}  // namespace

std::vector<std::string> run_rule_tests(const Extractor& extractor,
                                        const catalog::Catalogue& catalogue) {
  std::vector<std::string> failures;
  for (const catalog::Rule& rule : catalogue.reading.rules) {
    for (const catalog::RuleTest& test : rule.tests) {
      model::Event event;
      event.id = event.story_id = rule.id;
      event.published_at = *base::parse_rfc3339(kPublished);
      event.headline = test.headline;
      event.body = test.text;
      const FactsRecord record = extractor.extract(event, event.published_at);
      std::vector<Shown> all;
      for (const Fact& fact : record.facts) all.push_back(show(record, fact));
      const auto fail = [&](const std::string& what) {
        std::string line = fmt::format("{}: rule \"{}\": {}; got", test.place, rule.id, what);
        for (const Shown& shown : all) line += "\n    " + line_of(shown);
        failures.push_back(all.empty() ? line + " no facts" : line);
      };
      for (const Shown& expected : test.facts) {
        const bool met = std::any_of(all.begin(), all.end(),
                                     [&](const Shown& shown) { return meets(shown, expected); });
        if (!met) fail("no fact with " + line_of(expected));
      }
      const Shown evidence{{"kind", rule.kind}, {"modality", "asserted"}, {"newness", "new"},
                           {"polarity", "affirmed"}, {"held", "false"}};
      const bool any = std::any_of(all.begin(), all.end(),
                                   [&](const Shown& shown) { return meets(shown, evidence); });
      if (test.facts.empty() && any) fail("expected no evidence");
    }
  }
  return failures;
}

}  // namespace wiremill::extract
