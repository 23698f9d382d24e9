#include "kafka/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

#include "kafka/settings.h"

namespace wiremill::kafka {

namespace {

int ms(std::chrono::milliseconds span) { return static_cast<int>(span.count()); }

using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using NewPartitions =
    std::unique_ptr<rd_kafka_NewPartitions_t, Destroy<rd_kafka_NewPartitions_destroy>>;
using Resource =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroy<rd_kafka_ConfigResource_destroy>>;
using AdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>>;

AdminOptions within(rd_kafka_t* client, rd_kafka_admin_op_t operation,
                    std::chrono::milliseconds span) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), ms(span), why.data(), why.size());
  return options;
}

/// Every topic's error in the answer of creating or growing, in one text; empty when all went well.
std::string failures(const rd_kafka_topic_result_t** results, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    if (code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;  // another process was quicker
    const char* why = rd_kafka_topic_result_error_string(results[i]);
    text += fmt::format("{}topic {}: {}", text.empty() ? "" : "; ",
                        rd_kafka_topic_result_name(results[i]),
                        why == nullptr ? text_of(code) : why);
  }
  return text;
}

void read_entry(stream::TopicPlan& plan, std::string_view name, std::string_view value) {
  const auto number = [&](std::int64_t& into) {
    std::from_chars(value.data(), value.data() + value.size(), into);
  };
  if (name == "cleanup.policy") plan.compacted = value.find("compact") != std::string_view::npos;
  if (name == "retention.ms") number(plan.retention_ms);
  if (name == "max.message.bytes") number(plan.message_bytes_max);
}

}  // namespace

std::string missing_topic(const std::string& topic) {
  return fmt::format("topic {} does not exist: run `wiremill topics apply`", topic);
}

base::Result<std::unique_ptr<Topics>> Topics::connect(const Options& options,
                                                      const std::shared_ptr<Voices>& voices) {
  auto client =
      Client::make(RD_KAFKA_PRODUCER, append_settings(options, kBatchBytesMax), voices, "");
  if (!client) return base::fail(client.error());
  auto ends = Client::make(RD_KAFKA_CONSUMER, ends_settings(options), voices, "");
  if (!ends) return base::fail(ends.error());
  std::unique_ptr<Topics> topics(new Topics(options, *std::move(client), *std::move(ends)));
  auto answered = topics->partitions();
  if (!answered) return base::fail(answered.error());
  return topics;
}

base::Result<std::map<std::string, std::int32_t>> Topics::partitions() {
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code =
      rd_kafka_metadata(client_.get(), 1, nullptr, &metadata, ms(options_.answer_timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const std::string last = client_.ear().voices->last();
    return base::transient(fmt::format("no Kafka broker answers at {} within {} ms: {}{}{}",
                                       options_.brokers, options_.answer_timeout.count(),
                                       text_of(code), last.empty() ? "" : "; ", last));
  }
  const std::unique_ptr<const rd_kafka_metadata_t, Destroy<rd_kafka_metadata_destroy>> owner(
      metadata);
  std::map<std::string, std::int32_t> counts;
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const auto& topic = metadata->topics[i];
    if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR) counts[topic.topic] = topic.partition_cnt;
  }
  return counts;
}

base::Result<std::map<std::string, stream::TopicPlan>> Topics::all() {
  auto counts = partitions();
  if (!counts) return base::fail(counts.error());
  std::set<std::string> names;
  for (const auto& [name, count] : *counts) {
    if (!name.starts_with("__")) names.insert(name);
  }
  return some(names);
}

base::Result<std::map<std::string, stream::TopicPlan>> Topics::some(
    const std::set<std::string>& names) {
  auto counts = partitions();
  if (!counts) return base::fail(counts.error());
  std::map<std::string, stream::TopicPlan> plans;
  for (const std::string& name : names) {
    const auto count = counts->find(name);
    if (count == counts->end()) continue;
    plans[name].topic = name;
    plans[name].partitions = count->second;
  }
  auto described = describe(plans);
  if (!described) return base::fail(described.error());
  return plans;
}

base::Result<Event> Topics::answer(const Queue& queue, const std::string& asked) {
  Event event(rd_kafka_queue_poll(queue.get(), ms(options_.answer_timeout * 2)));
  if (!event) return base::transient(fmt::format("{}: no answer from Kafka", asked));
  const auto code = rd_kafka_event_error(event.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return event;
  const std::string text = fmt::format("{}: {}", asked, rd_kafka_event_error_string(event.get()));
  const bool is_forbidden = code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
                            code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED;
  return is_forbidden ? base::rejected(text) : base::transient(text);
}

base::Result<void> Topics::describe(std::map<std::string, stream::TopicPlan>& plans) {
  if (plans.empty()) return {};
  std::vector<Resource> resources;
  std::vector<rd_kafka_ConfigResource_t*> pointers;
  for (const auto& [name, plan] : plans) {
    resources.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
    pointers.push_back(resources.back().get());
  }
  const Queue queue(rd_kafka_queue_new(client_.get()));
  const auto options =
      within(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, options_.answer_timeout);
  rd_kafka_DescribeConfigs(client_.get(), pointers.data(), pointers.size(), options.get(),
                           queue.get());
  auto event = answer(queue, "asking for the settings of topics");
  if (!event) return base::fail(event.error());
  const auto* result = rd_kafka_event_DescribeConfigs_result(event->get());
  std::size_t count = 0;
  const auto** described = rd_kafka_DescribeConfigs_result_resources(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = rd_kafka_ConfigResource_name(described[i]);
    if (rd_kafka_ConfigResource_error(described[i]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return base::transient(fmt::format("asking for the settings of topic {}: {}", name,
                                         rd_kafka_ConfigResource_error_string(described[i])));
    }
    std::size_t entries = 0;
    const auto** entry = rd_kafka_ConfigResource_configs(described[i], &entries);
    for (std::size_t k = 0; k < entries; ++k) {
      const char* value = rd_kafka_ConfigEntry_value(entry[k]);
      read_entry(plans[name], rd_kafka_ConfigEntry_name(entry[k]), value == nullptr ? "" : value);
    }
  }
  return {};
}

base::Result<std::int64_t> Topics::message_bytes_max(const std::string& topic) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = limits_.find(topic);
    if (known != limits_.end()) return known->second;
  }
  auto plans = some({topic});
  if (!plans) return base::fail(plans.error());
  if (plans->empty()) return base::rejected(missing_topic(topic));
  const std::lock_guard lock(mutex_);
  return limits_[topic] = plans->begin()->second.message_bytes_max;
}

void Topics::forget_limits() {
  const std::lock_guard lock(mutex_);
  limits_.clear();
}

base::Result<Ends> Topics::ends(const stream::Source& source) {
  return ask_ends(ends_, source, options_.answer_timeout);
}

base::Result<void> Topics::create(const std::vector<stream::TopicPlan>& plans) {
  auto existing = all();
  if (!existing) return base::fail(existing.error());
  std::vector<stream::TopicPlan> absent;
  std::vector<stream::TopicPlan> narrow;
  for (const stream::TopicPlan& plan : plans) {
    const auto is = existing->find(plan.topic);
    if (is == existing->end()) {
      absent.push_back(plan);
    } else if (!is->second.compacted && is->second.partitions < plan.partitions) {
      narrow.push_back(plan);
    }
  }
  auto made = make(absent);
  if (!made) return made;
  auto grown = grow(narrow);
  if (!grown) return grown;
  absent.insert(absent.end(), narrow.begin(), narrow.end());
  return await(absent);
}

base::Result<void> Topics::make(const std::vector<stream::TopicPlan>& plans) {
  if (plans.empty()) return {};
  std::vector<NewTopic> topics;
  std::vector<rd_kafka_NewTopic_t*> pointers;
  std::array<char, 256> why{};
  for (const stream::TopicPlan& plan : plans) {
    // -1: as many copies as the cluster makes by default.
    topics.emplace_back(rd_kafka_NewTopic_new(plan.topic.c_str(), plan.partitions, -1, why.data(),
                                              why.size()));
    if (!topics.back()) return base::rejected(fmt::format("topic {}: {}", plan.topic, why.data()));
    auto* topic = topics.back().get();
    pointers.push_back(topic);
    const auto set = [&](const char* key, const std::string& value) {
      rd_kafka_NewTopic_set_config(topic, key, value.c_str());
    };
    set("cleanup.policy", plan.compacted ? "compact" : "delete");
    set("max.message.bytes", std::to_string(plan.message_bytes_max));
    // When the log took a record in, which no sender can claim otherwise.
    set("message.timestamp.type", "LogAppendTime");
    if (!plan.compacted) set("retention.ms", std::to_string(plan.retention_ms));
  }
  const Queue queue(rd_kafka_queue_new(client_.get()));
  const auto options =
      within(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS, options_.answer_timeout);
  rd_kafka_CreateTopics(client_.get(), pointers.data(), pointers.size(), options.get(),
                        queue.get());
  auto event = answer(queue, "creating topics");
  if (!event) return base::fail(event.error());
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event->get());
  const auto text = failures(rd_kafka_CreateTopics_result_topics(result, &count), count);
  if (!text.empty()) return base::rejected(text);
  return {};
}

base::Result<void> Topics::grow(const std::vector<stream::TopicPlan>& plans) {
  if (plans.empty()) return {};
  std::vector<NewPartitions> topics;
  std::vector<rd_kafka_NewPartitions_t*> pointers;
  std::array<char, 256> why{};
  for (const stream::TopicPlan& plan : plans) {
    topics.emplace_back(rd_kafka_NewPartitions_new(
        plan.topic.c_str(), static_cast<std::size_t>(plan.partitions), why.data(), why.size()));
    if (!topics.back()) return base::rejected(fmt::format("topic {}: {}", plan.topic, why.data()));
    pointers.push_back(topics.back().get());
  }
  const Queue queue(rd_kafka_queue_new(client_.get()));
  const auto options =
      within(client_.get(), RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, options_.answer_timeout);
  rd_kafka_CreatePartitions(client_.get(), pointers.data(), pointers.size(), options.get(),
                            queue.get());
  auto event = answer(queue, "adding partitions");
  if (!event) return base::fail(event.error());
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreatePartitions_result(event->get());
  const auto text = failures(rd_kafka_CreatePartitions_result_topics(result, &count), count);
  if (!text.empty()) return base::rejected(text);
  return {};
}

base::Result<void> Topics::await(const std::vector<stream::TopicPlan>& plans) {
  // The controller has answered; the brokers learn of it a moment later.
  const auto deadline = base::Deadline::in(options_.answer_timeout);
  for (const stream::TopicPlan& plan : plans) {
    for (;;) {
      auto counts = partitions();
      if (!counts) return base::fail(counts.error());
      const auto count = counts->find(plan.topic);
      if (count != counts->end() && count->second >= plan.partitions) break;
      if (deadline.passed()) {
        return base::transient(fmt::format("topic {} was made but does not appear within {} ms",
                                           plan.topic, options_.answer_timeout.count()));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  return {};
}

}  // namespace wiremill::kafka
