#include "cli/config.h"

#include <fmt/format.h>

#include "settings/settings.h"

namespace wiremill::cli {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Range;
using settings::Reader;
using std::chrono::milliseconds;

constexpr Range kPositive{1, 1e15};
constexpr Range kSpanMs{0, 86'400'000};
constexpr Range kShards{1, 1024};  // that of score::Options::shards

/// Reads the map under `key` with `read`; nothing when it is absent.
template <class Read>
void section(Reader& parent, const char* key, Mistakes& mistakes, const Read& read) {
  const auto node = parent.node(key);
  if (!node) return;
  Reader reader(*node, key, mistakes);
  read(reader);
  reader.finish();
}

milliseconds span(Reader& reader, std::string_view key, milliseconds fallback) {
  return milliseconds(reader.whole(key, fallback.count(), kSpanMs));
}

std::size_t size(Reader& reader, std::string_view key, std::size_t fallback) {
  return static_cast<std::size_t>(
      reader.whole(key, static_cast<std::int64_t>(fallback), kPositive));
}

std::int32_t count(Reader& reader, std::string_view key, std::int32_t fallback,
                   Range range = {1, 10'000}) {
  return static_cast<std::int32_t>(reader.whole(key, fallback, range));
}

void read_topics(Reader& reader, pipeline::Topics& topics) {
  topics.news = reader.text("news", topics.news);
  topics.filings = reader.text("filings", topics.filings);
  topics.facts = reader.text("facts", topics.facts);
  topics.held = reader.text("held", topics.held);
  topics.signals = reader.text("signals", topics.signals);
  topics.extract_state = reader.text("extract_state", topics.extract_state);
  topics.score_state = reader.text("score_state", topics.score_state);
  topics.dead_letters = reader.text("dead_letters", topics.dead_letters);
}

void read_layout(Reader& reader, pipeline::Layout& layout) {
  layout.input_partitions = count(reader, "input_partitions", layout.input_partitions);
  layout.facts_partitions = count(reader, "facts_partitions", layout.facts_partitions);
  layout.extract_lanes = count(reader, "extract_lanes", layout.extract_lanes);
  layout.score_shards = count(reader, "score_shards", layout.score_shards, kShards);
  layout.retention_ms = reader.whole("retention_ms", layout.retention_ms, {-1, 9e15});
  layout.message_bytes_max =
      reader.whole("message_bytes_max", layout.message_bytes_max, {65'536, 1e9});
}

void read_kafka(Reader& reader, kafka::Options& options) {
  options.brokers = reader.text("brokers", options.brokers);
  options.prefix = reader.text("prefix", options.prefix);
  options.instance_id = reader.text("instance_id", options.instance_id);
  options.session_timeout = span(reader, "session_timeout_ms", options.session_timeout);
  options.transaction_timeout = span(reader, "transaction_timeout_ms", options.transaction_timeout);
  options.gather = span(reader, "gather_ms", options.gather);
  const auto extra = reader.node("librdkafka");
  if (!extra) return;
  for (const auto& [key, value] : extra->entries()) options.extra[key] = value.text();
}

void read_http(Reader& reader, Config& config) {
  config.http_on = reader.flag("enabled", config.http_on);
  config.http.address = reader.text("address", config.http.address);
  config.http.port =
      static_cast<std::uint16_t>(reader.whole("port", config.http.port, {0, 65'535}));
  config.http.hosts = reader.texts("hosts", config.http.hosts);
  config.http.body_bytes_max = size(reader, "body_bytes_max", config.http.body_bytes_max);
  config.ingest_token_file = reader.text("ingest_token_file", config.ingest_token_file);
}

void read_log(Reader& reader, telemetry::LogOptions& log) {
  const std::string level = reader.one_of("level", "info", {"debug", "info", "warning", "error"});
  if (level == "debug") log.level = telemetry::LogLevel::kDebug;
  if (level == "warning") log.level = telemetry::LogLevel::kWarning;
  if (level == "error") log.level = telemetry::LogLevel::kError;
  if (reader.one_of("format", "logfmt", {"logfmt", "json"}) == "json") {
    log.format = telemetry::LogFormat::kJson;
  }
}

void read_limits(Reader& reader, Config& config) {
  config.loop.limit.records = size(reader, "batch_records", config.loop.limit.records);
  config.loop.limit.bytes = size(reader, "batch_bytes", config.loop.limit.bytes);
  config.extract.event_bytes_max = size(reader, "event_bytes_max", config.extract.event_bytes_max);
  config.loop.restarts_until_careful =
      reader.whole("restarts_until_careful", config.loop.restarts_until_careful, kPositive);
  config.loop.attempts_max = reader.whole("attempts_max", config.loop.attempts_max, kPositive);
}

void read_score(Reader& reader, score::Options& options) {
  options.tick = std::chrono::seconds(
      reader.whole("tick_seconds",
                   std::chrono::duration_cast<std::chrono::seconds>(options.tick).count(),
                   {1, 3600}));
  options.lateness = std::chrono::hours(
      24 * reader.whole("lateness_days",
                        std::chrono::duration_cast<std::chrono::hours>(options.lateness).count() /
                            24,
                        {1, 30}));
  options.scope_facts_max = size(reader, "scope_facts_max", options.scope_facts_max);
  options.claim_mentions_max = size(reader, "claim_mentions_max", options.claim_mentions_max);
  options.stories_max = size(reader, "stories_max", options.stories_max);
  options.versions_max = size(reader, "versions_max", options.versions_max);
  options.because_max = size(reader, "because_max", options.because_max);
  options.ledger_max = size(reader, "ledger_max", options.ledger_max);
  options.between_tick_move =
      reader.number("between_tick_move", options.between_tick_move, {0, 1});
}

void read_all(Reader& reader, Config& config, Mistakes& mistakes) {
  const std::string stage = reader.one_of("stage", "all", {"all", "extract", "score"});
  if (stage == "extract") config.stages = Stages::kExtract;
  if (stage == "score") config.stages = Stages::kScore;
  if (reader.one_of("time", "wall", {"wall", "received"}) == "received") {
    config.time = TimeSource::kReceived;
  }
  section(reader, "catalog", mistakes, [&](Reader& at) {
    config.catalog_folder = at.text("folder", config.catalog_folder);
    config.company_files = at.texts("companies", config.company_files);
  });
  section(reader, "input", mistakes, [&](Reader& at) {
    config.watch_folder = at.text("watch_folder", config.watch_folder);
  });
  section(reader, "local", mistakes, [&](Reader& at) {
    config.local.folder = at.text("folder", config.local.folder);
  });
  section(reader, "topics", mistakes, [&](Reader& at) { read_topics(at, config.topics); });
  section(reader, "layout", mistakes, [&](Reader& at) { read_layout(at, config.layout); });
  section(reader, "kafka", mistakes, [&](Reader& at) { read_kafka(at, config.kafka); });
  section(reader, "http", mistakes, [&](Reader& at) { read_http(at, config); });
  section(reader, "log", mistakes, [&](Reader& at) { read_log(at, config.log); });
  section(reader, "limits", mistakes, [&](Reader& at) { read_limits(at, config); });
  section(reader, "score", mistakes, [&](Reader& at) { read_score(at, config.score); });
}

}  // namespace

base::Result<Config> load_config(const std::string& path) {
  const auto root = settings::load(path, path);
  if (!root) return base::fail(root.error());
  Config config;
  Mistakes mistakes;
  Reader reader(*root, "configuration", mistakes);
  read_all(reader, config, mistakes);
  reader.finish();
  if (config.stages != Stages::kAll && config.kafka.brokers.empty()) {
    reader.mistake("stage", "\"stage\": one stage alone needs kafka.brokers: the embedded log "
                            "belongs to one process");
  }
  if (!mistakes.empty()) return base::fail(mistakes.error("configuration"));
  if (auto wrong = score::mistakes_in(config.score)) return base::fail(std::move(*wrong));
  return config;
}

}  // namespace wiremill::cli
