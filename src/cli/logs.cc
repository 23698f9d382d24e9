#include "cli/logs.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/versions.h"
#include "extract/extract.h"
#include "kafka/kafka.h"
#include "local/local.h"

namespace wiremill::cli {

stream::StreamEvents told_to(telemetry::Telemetry& telemetry) {
  stream::StreamEvents events;
  events.counted = [&telemetry](std::string_view stage, std::string_view what) {
    if (what == "rebalances") {
      telemetry.record(telemetry::Rebalanced{.stage = stage, .event = "assign", .text = ""});
    } else if (what == "revokes") {
      telemetry.record(telemetry::Rebalanced{.stage = stage, .event = "revoke", .text = ""});
    } else if (what == "lanes_lost") {
      telemetry.record(telemetry::Rebalanced{.stage = stage, .event = "lost", .text = ""});
    } else if (what == "fenced") {
      telemetry.record(telemetry::Fenced{.stage = stage, .text = ""});
    } else if (what == "rebuilds") {
      telemetry.record(telemetry::ProducerRebuilt{.stage = stage, .text = ""});
    } else if (what == "recycles") {
      telemetry.record(telemetry::ProducerRecycled{.stage = stage, .text = ""});
    }
  };
  events.noted = [&telemetry](std::string_view stage, std::string_view what,
                              std::string_view text) {
    telemetry.record(telemetry::StreamFailed{.stage = stage, .code = what, .text = text});
  };
  return events;
}

base::Result<std::unique_ptr<stream::Stream>> open_log(const Config& config,
                                                       const base::Clock& clock,
                                                       telemetry::Telemetry& telemetry) {
  if (!config.kafka.brokers.empty()) return kafka::open(config.kafka, told_to(telemetry));
  auto log = local::open(config.local, clock, told_to(telemetry));
  if (!log) return log;
  auto made = (*log)->create(pipeline::plan(config.topics, config.layout));
  if (!made) return base::fail(made.error());
  return log;
}

bool has_log(const std::string& folder) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(folder) / "log.sqlite3", error);
}

base::Result<std::unique_ptr<stream::Stream>> open_to_read(const Config& config,
                                                           const base::Clock& clock,
                                                           telemetry::Telemetry& telemetry) {
  if (config.kafka.brokers.empty() && !has_log(config.local.folder)) {
    return base::rejected(fmt::format("there is no log in {}; --data names the folder of one, "
                                      "--brokers a Kafka cluster", config.local.folder));
  }
  return open_log(config, clock, telemetry);
}

telemetry::Options telemetry_options(const Config& config, const catalog::Catalogue& catalogue) {
  telemetry::Options options;
  options.log = config.log;
  if (!config.http.ingest_token.empty()) options.log.secrets.push_back(config.http.ingest_token);
  const pipeline::Topics& topics = config.topics;
  options.topics = {topics.news, topics.filings, topics.facts, topics.held};
  options.outputs = {topics.facts, topics.held, topics.signals, topics.dead_letters};
  options.rules = extract::rule_ids(catalogue);
  for (const auto& sector : catalogue.sectors) options.sectors.push_back(sector.id);
  options.revision = source_revision();
  options.libraries = library_versions();
  return options;
}

std::unique_ptr<telemetry::Telemetry> quiet_telemetry(const base::Clock& clock) {
  telemetry::Options options;
  options.log.level = telemetry::LogLevel::kError;
  return std::make_unique<telemetry::Telemetry>(std::move(options), clock);
}

}  // namespace wiremill::cli
