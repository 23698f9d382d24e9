#include "extract/rule_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/spelling.h"

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

/// The keys of everything that a fact may show.
base::Words keys_of_facts() {
  FactsRecord record;
  record.figures.emplace_back().id = "f1";
  Fact fact;
  fact.figure = "f1";
  fact.comparator.emplace();
  fact.parties.emplace_back();
  fact.measures.emplace_back();
  fact.period.emplace();
  base::Words keys;
  for (const auto& [key, value] : show(record, fact)) keys.insert(key);
  return keys;
}

/// Which of the facts meets most of what is expected; nullptr when there is none.
const Shown* nearest_to(const Shown& expected, const std::vector<Shown>& all) {
  const Shown* nearest = nullptr;
  std::ptrdiff_t most = -1;
  for (const Shown& shown : all) {
    const auto met = std::count_if(expected.begin(), expected.end(), [&](const auto& want) {
      return meets(shown, {want});
    });
    if (met > most) nearest = &shown;
    most = std::max(most, met);
  }
  return nearest;
}

/// "value: 180, not 200" for each key of the nearest fact that is not as expected.
std::string difference(const Shown& expected, const Shown& shown) {
  std::string text;
  for (const auto& [key, value] : expected) {
    if (meets(shown, {{key, value}})) continue;
    const auto found = shown.find(key);
    const std::string got = found == shown.end() || found->second.empty() ? "none" : found->second;
    text += fmt::format("{}{}: {}, not {}", text.empty() ? "" : "; ", key, got, value);
  }
  return text;
}

/// One test of a rule with the facts that came out.
class TestRun {
 public:
  TestRun(const Extractor& extractor, const catalog::Rule& rule, const catalog::RuleTest& test)
      : rule_(rule), test_(test) {
    model::Event event;
    event.id = event.story_id = rule.id;
    event.published_at = *base::parse_rfc3339(kPublished);
    event.headline = test.headline;
    event.body = test.text;
    const FactsRecord record = extractor.extract(event, event.published_at);
    for (const Fact& fact : record.facts) facts_.push_back(show(record, fact));
  }

  void judge(std::vector<std::string>& failures) const {
    for (const Shown& expected : test_.facts) {
      if (any_meets(expected)) continue;
      std::string text = head() + "\n  expected  " + line_of(expected);
      if (const Shown* const nearest = nearest_to(expected, facts_)) {
        text += "\n  differs   " + difference(expected, *nearest);
      }
      failures.push_back(text + came_out());
    }
    const Shown evidence{{"kind", rule_.kind}, {"modality", "asserted"}, {"newness", "new"},
                         {"polarity", "affirmed"}, {"held", "false"}};
    if (test_.facts.empty() && any_meets(evidence)) {
      failures.push_back(fmt::format("{}\n  expected  no new, asserted fact of the kind {}{}",
                                     head(), rule_.kind, came_out()));
    }
  }

 private:
  bool any_meets(const Shown& expected) const {
    return std::any_of(facts_.begin(), facts_.end(),
                       [&](const Shown& shown) { return meets(shown, expected); });
  }

  std::string head() const {
    return fmt::format("{}: rule \"{}\": the test does not hold\n  text      {}{}{}", test_.place,
                       rule_.id, test_.headline,
                       test_.headline.empty() || test_.text.empty() ? "" : " / ", test_.text);
  }

  std::string came_out() const {
    if (facts_.empty()) return "\n  got       no facts";
    std::string lines;
    for (const Shown& shown : facts_) lines += "\n  got       " + line_of(shown);
    return lines;
  }

  const catalog::Rule& rule_;
  const catalog::RuleTest& test_;
  std::vector<Shown> facts_;
};

}  // namespace

std::vector<catalog::Mistake> mistakes_in_rule_tests(const std::vector<catalog::Rule>& rules) {
  const base::Words keys = keys_of_facts();
  const auto& names = model::NameTable<model::FactKind>::kNames;
  const base::Words kinds(names.begin(), names.end());
  std::vector<catalog::Mistake> mistakes;
  for (const catalog::Rule& rule : rules) {
    for (const catalog::RuleTest& test : rule.tests) {
      for (const auto& fact : test.facts) {
        for (const auto& [key, value] : fact) {
          if (!keys.contains(key)) {
            mistakes.push_back({test.place, fmt::format("rule \"{}\": a test expects \"{}\", which "
                                                        "no fact has{}", rule.id, key,
                                                        base::did_you_mean(key, keys))});
          } else if (key == "kind" && !kinds.contains(value)) {
            mistakes.push_back({test.place, fmt::format("rule \"{}\": a test expects the kind "
                                                        "\"{}\", which does not exist{}", rule.id,
                                                        value, base::did_you_mean(value, kinds))});
          }
        }
      }
    }
  }
  return mistakes;
}

std::vector<std::string> run_rule_tests(const Extractor& extractor,
                                        const catalog::Catalogue& catalogue) {
  std::vector<std::string> failures;
  for (const catalog::Rule& rule : catalogue.reading.rules) {
    for (const catalog::RuleTest& test : rule.tests) {
      TestRun(extractor, rule, test).judge(failures);
    }
  }
  return failures;
}

}  // namespace wiremill::extract
