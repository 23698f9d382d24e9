#include "cli/logs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "cli/knowledge.h"
#include "wire/event.h"

namespace wiremill::cli {
namespace {

const std::string kFolder = WIREMILL_SOURCE_DIR "/deploy/";

/// Those lines of the samples that are events; some are none on purpose.
std::vector<model::Event> sample_events() {
  std::vector<model::Event> events;
  for (const char* name : {"news-en", "news-ko", "filings-en", "filings-ko"}) {
    std::ifstream in(kFolder + "sample/" + name + ".ndjson", std::ios::binary);
    for (std::string line; std::getline(in, line);) {
      const auto decoded = wire::decode_event(line);
      if (decoded) events.push_back(decoded->event);
    }
  }
  return events;
}

/// Labels are closed sets: a rule that telemetry does not know would vanish into "other".
TEST(TelemetryOptions, KnowEveryRuleThatAFactNames) {
  Config config;
  config.catalog_folder = kFolder + "catalog";
  const auto knowledge = load_knowledge(config);
  ASSERT_TRUE(knowledge) << knowledge.error().text;
  base::SimulatedClock clock(base::Instant{});
  telemetry::Telemetry telemetry(telemetry_options(config, *knowledge->catalogue), clock);

  std::set<std::string> fired;
  for (const model::Event& event : sample_events()) {
    for (const auto& fact : knowledge->extractor->extract(event, event.published_at).facts) {
      fired.insert(fact.rule);
      telemetry.record(telemetry::RuleHit{.rule = fact.rule, .hits = 1});
    }
  }
  for (const char* rule : {"odds.text", "odds.table", "price.by_name", "price.named"}) {
    EXPECT_TRUE(fired.contains(rule)) << rule;
  }
  const std::string page = telemetry.exposition();
  for (const std::string& rule : fired) {
    EXPECT_NE(page.find("wiremill_rule_matches_total{rule=\"" + rule + "\"}"), std::string::npos)
        << rule;
  }
  EXPECT_NE(page.find("wiremill_rule_matches_total{rule=\"other\"} 0\n"), std::string::npos);
}

}  // namespace
}  // namespace wiremill::cli
