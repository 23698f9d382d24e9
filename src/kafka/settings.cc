#include "kafka/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace wiremill::kafka {

namespace {

/// The largest message that librdkafka lets through; the limit that counts is the topic's.
constexpr std::size_t kMessageBytesMax = 48U << 20U;

/// What the promises of this room rest on.
const std::vector<std::string> kOurs = {
    "bootstrap.servers",
    "metadata.broker.list",
    "client.id",
    "group.id",
    "group.instance.id",
    "transactional.id",
    "transaction.timeout.ms",
    "enable.idempotence",
    "enable.auto.commit",
    "enable.auto.offset.store",
    "isolation.level",
    "partition.assignment.strategy",
    "partitioner",
    "session.timeout.ms",
    "max.poll.interval.ms",
    "enable.partition.eof",
    "fetch.wait.max.ms",
    "auto.offset.reset",
    "delivery.report.only.error",
    "acks",
    "batch.size",
    "message.max.bytes",
    "request.required.acks",
    "allow.auto.create.topics",
};

std::string ms(std::chrono::milliseconds span) { return std::to_string(span.count()); }

Settings base_settings(const Options& options) {
  Settings settings = options.extra;
  const Settings ours = {
      {"bootstrap.servers", options.brokers},
      {"client.id", options.client_id},
      {"socket.nagle.disable", "true"},
      {"socket.keepalive.enable", "true"},
      // A broker that comes back is found within a second, not within ten.
      {"reconnect.backoff.ms", "50"},
      {"reconnect.backoff.max.ms", "1000"},
  };
  for (const auto& [key, value] : ours) settings.emplace(key, value);
  // Partitions that are added get records, and are read, this soon.
  settings.emplace("topic.metadata.refresh.interval.ms", ms(options.partition_check));
  return settings;
}

Settings consumer_settings(const Options& options) {
  Settings settings = base_settings(options);
  settings["enable.auto.commit"] = "false";
  settings["enable.auto.offset.store"] = "false";
  settings["allow.auto.create.topics"] = "false";
  return settings;
}

Settings producer_settings(const Options& options, std::size_t batch_bytes) {
  Settings settings = base_settings(options);
  settings["enable.idempotence"] = "true";
  settings["partitioner"] = "murmur2_random";  // where Java's clients put a key
  settings["message.max.bytes"] = std::to_string(kMessageBytesMax);
  settings["batch.size"] = std::to_string(batch_bytes);
  settings["queue.buffering.max.kbytes"] =
      std::to_string(std::max(options.send_queue_bytes, kMessageBytesMax) >> 10U);
  // The broker answers "wait" for a moment after each transaction: ask again soon (measured).
  settings.emplace("retry.backoff.ms", "1");
  settings.emplace("linger.ms", "0");
  // Our records are JSON with many words in common: a fifth of the bytes for broker and readers.
  settings.emplace("compression.codec", "lz4");
  return settings;
}

}  // namespace

base::Result<void> check(const Options& options) {
  std::string wrong;
  const auto add = [&](const std::string& text) { wrong += (wrong.empty() ? "" : "; ") + text; };
  if (options.brokers.empty()) add("kafka brokers: none are named");
  for (const std::string& key : kOurs) {
    if (options.extra.contains(key)) add(fmt::format("kafka setting {}: set by wiremill", key));
  }
  if (options.silence_max < options.session_timeout) {
    add(fmt::format("kafka silence_max {} ms is below session_timeout {} ms",
                    options.silence_max.count(), options.session_timeout.count()));
  }
  if (options.drain_timeout >= options.silence_max) {
    add(fmt::format("kafka drain_timeout {} ms is not below silence_max {} ms",
                    options.drain_timeout.count(), options.silence_max.count()));
  }
  if (options.transaction_timeout < std::chrono::seconds(1)) {
    add(fmt::format("kafka transaction_timeout {} ms is below 1000 ms",
                    options.transaction_timeout.count()));
  }
  if (!wrong.empty()) return base::rejected(wrong);
  return {};
}

std::string group_id(const Options& options, const std::string& stage) {
  return options.prefix + "." + stage;
}

std::string lane_id(const Options& options, const std::string& stage, std::int32_t lane) {
  return group_id(options, stage) + "." + std::to_string(lane);
}

Settings group_settings(const Options& options, const std::string& stage) {
  Settings settings = consumer_settings(options);
  settings["group.id"] = group_id(options, stage);
  if (!options.instance_id.empty()) settings["group.instance.id"] = options.instance_id;
  settings["partition.assignment.strategy"] = "range";
  settings["session.timeout.ms"] = ms(options.session_timeout);
  settings["heartbeat.interval.ms"] =
      ms(std::min(options.session_timeout / 3, std::chrono::milliseconds(1000)));
  settings["max.poll.interval.ms"] = ms(options.silence_max);
  // Its partitions are paused; should a record slip through, it is one.
  settings["queued.min.messages"] = "1";
  settings["queued.max.messages.kbytes"] = "1";
  return settings;
}

Settings reader_settings(const Options& options, const std::string& stage, Reach reach) {
  Settings settings = consumer_settings(options);
  // Assigning by hand needs a group id too; it never joins.
  settings["group.id"] = group_id(options, stage);
  settings["isolation.level"] = "read_committed";
  settings["enable.partition.eof"] = "true";
  settings["auto.offset.reset"] = "error";
  settings["queued.min.messages"] = "100000";
  settings["queued.max.messages.kbytes"] = std::to_string(options.fetch_queue_bytes >> 10U);
  settings.emplace("fetch.max.bytes", std::to_string(options.fetch_queue_bytes));
  settings["message.max.bytes"] = std::to_string(
      std::min(options.fetch_queue_bytes, std::size_t{1} << 20U));
  // The end of a partition is told when a fetch comes back empty, and a rewind waits for it.
  const bool is_short = reach == Reach::kToTheEnd;
  settings["fetch.wait.max.ms"] = is_short ? "5" : "100";
  settings.emplace("fetch.error.backoff.ms", "100");
  return settings;
}

Settings ends_settings(const Options& options) {
  Settings settings = consumer_settings(options);
  settings["isolation.level"] = "read_uncommitted";
  settings.emplace("socket.timeout.ms", ms(options.answer_timeout));
  return settings;
}

Settings writer_settings(const Options& options, const std::string& stage, std::int32_t lane,
                         std::size_t batch_bytes) {
  Settings settings = producer_settings(options, batch_bytes);
  settings["transactional.id"] = lane_id(options, stage, lane);
  settings["transaction.timeout.ms"] = ms(options.transaction_timeout);
  settings.emplace("message.timeout.ms", ms(options.transaction_timeout));
  settings.emplace("socket.timeout.ms", ms(options.transaction_timeout / 2));
  return settings;
}

Settings append_settings(const Options& options, std::size_t batch_bytes) {
  Settings settings = producer_settings(options, batch_bytes);
  settings.emplace("message.timeout.ms", ms(options.answer_timeout));
  return settings;
}

}  // namespace wiremill::kafka
