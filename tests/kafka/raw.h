#pragma once
// librdkafka without our room: what another program on the same cluster may do.
//
//   RawProducer other(address, "some.id");
//   other.begin();  other.put("facts", 0, "key", "value");  other.commit();

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace wiremill::tests {

/// Threads: one. Owns: its client.
class RawProducer {
 public:
  /// With a transactional id it takes that id over.
  RawProducer(const std::string& address, const std::string& transactional_id) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", address);
    set(conf, "log_level", "0");
    if (!transactional_id.empty()) {
      set(conf, "transactional.id", transactional_id);
      set(conf, "transaction.timeout.ms", "30000");
    }
    std::array<char, 256> why{};
    client_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
    EXPECT_NE(client_, nullptr) << why.data();
    if (transactional_id.empty()) return;
    EXPECT_EQ(text(rd_kafka_init_transactions(client_, 20000)), "");
  }
  ~RawProducer() { rd_kafka_destroy(client_); }
  RawProducer(const RawProducer&) = delete;
  RawProducer& operator=(const RawProducer&) = delete;

  rd_kafka_t* get() const { return client_; }
  void begin() { EXPECT_EQ(text(rd_kafka_begin_transaction(client_)), ""); }
  /// Empty when it went well.
  std::string commit() { return text(rd_kafka_commit_transaction(client_, -1)); }
  std::string abort() { return text(rd_kafka_abort_transaction(client_, -1)); }

  /// Writes and waits until the broker has it.
  void put(const std::string& topic, std::int32_t partition, const std::string& key,
           const std::string& value) {
    rd_kafka_topic_t* handle = rd_kafka_topic_new(client_, topic.c_str(), nullptr);
    std::string bytes = value;
    EXPECT_EQ(rd_kafka_produce(handle, partition, RD_KAFKA_MSG_F_COPY, bytes.data(), bytes.size(),
                               key.data(), key.size(), nullptr),
              0);
    EXPECT_EQ(rd_kafka_flush(client_, 20000), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_topic_destroy(handle);
  }

  /// Changes one setting of a topic.
  void set_topic(const std::string& topic, const std::string& key, const std::string& value) {
    auto* resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
    rd_kafka_ConfigResource_set_config(resource, key.c_str(), value.c_str());
    rd_kafka_queue_t* queue = rd_kafka_queue_new(client_);
    rd_kafka_AlterConfigs(client_, &resource, 1, nullptr, queue);
    expect_answer(queue);
    rd_kafka_ConfigResource_destroy(resource);
  }

  /// Makes a topic with settings that our own plans do not have.
  void make_topic(const std::string& topic, int partitions,
                  const std::vector<std::pair<std::string, std::string>>& settings) {
    auto* plan = rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, nullptr, 0);
    for (const auto& [key, value] : settings) {
      rd_kafka_NewTopic_set_config(plan, key.c_str(), value.c_str());
    }
    rd_kafka_queue_t* queue = rd_kafka_queue_new(client_);
    rd_kafka_CreateTopics(client_, &plan, 1, nullptr, queue);
    expect_answer(queue);
    rd_kafka_NewTopic_destroy(plan);
    await_topic(topic);
  }

  /// Drops the records before an offset, as retention would.
  void drop_before(const std::string& topic, std::int32_t partition, std::int64_t offset) {
    auto* partitions = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(partitions, topic.c_str(), partition)->offset = offset;
    auto* request = rd_kafka_DeleteRecords_new(partitions);
    rd_kafka_queue_t* queue = rd_kafka_queue_new(client_);
    rd_kafka_DeleteRecords(client_, &request, 1, nullptr, queue);
    expect_answer(queue);
    rd_kafka_DeleteRecords_destroy(request);
    rd_kafka_topic_partition_list_destroy(partitions);
  }

  static void set(rd_kafka_conf_t* conf, const char* key, const std::string& value) {
    std::array<char, 256> why{};
    EXPECT_EQ(rd_kafka_conf_set(conf, key, value.c_str(), why.data(), why.size()),
              RD_KAFKA_CONF_OK)
        << why.data();
  }

 private:
  /// The broker answers for a new topic a moment after it was made.
  void await_topic(const std::string& topic) {
    rd_kafka_topic_t* handle = rd_kafka_topic_new(client_, topic.c_str(), nullptr);
    bool is_there = false;
    for (int i = 0; i < 1000 && !is_there; ++i) {
      const rd_kafka_metadata_t* metadata = nullptr;
      if (rd_kafka_metadata(client_, 0, handle, &metadata, 5000) != 0) continue;
      is_there = metadata->topics[0].err == 0 && metadata->topics[0].partition_cnt > 0;
      rd_kafka_metadata_destroy(metadata);
    }
    EXPECT_TRUE(is_there) << topic;
    rd_kafka_topic_destroy(handle);
  }

  static std::string text(rd_kafka_error_t* error) {
    if (error == nullptr) return "";
    std::string name = rd_kafka_error_name(error);
    rd_kafka_error_destroy(error);
    return name;
  }

  static void expect_answer(rd_kafka_queue_t* queue) {
    rd_kafka_event_t* event = rd_kafka_queue_poll(queue, 20000);
    EXPECT_NE(event, nullptr);
    EXPECT_EQ(rd_kafka_event_error(event), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
  }

  rd_kafka_t* client_ = nullptr;
};

/// The offset that a group has committed for a partition; -1001 when none.
inline std::int64_t group_offset(const std::string& address, const std::string& group,
                                 const std::string& topic, std::int32_t partition) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  RawProducer::set(conf, "bootstrap.servers", address);
  RawProducer::set(conf, "group.id", group);
  rd_kafka_t* client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0);
  auto* partitions = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(partitions, topic.c_str(), partition);
  EXPECT_EQ(rd_kafka_committed(client, partitions, 20000), RD_KAFKA_RESP_ERR_NO_ERROR);
  const auto offset = partitions->elems[0].offset;
  rd_kafka_topic_partition_list_destroy(partitions);
  rd_kafka_destroy(client);
  return offset;
}

}  // namespace wiremill::tests
