#pragma once
// The start that the tests of this room share: a prefix of their own, topics, a stage, options that
// fit a test, and what the stream counted.

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "broker/broker.h"
#include "kafka/kafka.h"
#include "stream/world.h"

namespace wiremill::stream {

class Scene : public testing::Test {
 protected:
  explicit Scene(tests::Broker& broker) : broker_(broker) {
    static std::atomic<int> scenes{0};
    prefix_ = "s" + std::to_string(getpid()) + "-" + std::to_string(++scenes);
    options_.brokers = broker.address();
    options_.prefix = prefix_;
    stage_ = {"work", topic("state"), {topic("in")}, Reading::kShare};
  }
  Scene() : Scene(tests::Broker::shared()) {}

  std::string topic(const std::string& name) const { return prefix_ + "." + name; }

  std::unique_ptr<Stream> join() {
    auto stream = kafka::open(options_, events());
    if (!stream) ADD_FAILURE() << stream.error().text;
    return stream ? *std::move(stream) : nullptr;
  }

  StreamEvents events() {
    return {.counted =
                [this](std::string_view, std::string_view what) {
                  const std::lock_guard lock(mutex_);
                  ++counted_[std::string(what)];
                },
            .noted =
                [this](std::string_view, std::string_view what, std::string_view text) {
                  const std::lock_guard lock(mutex_);
                  noted_ += std::string(what) + ": " + std::string(text) + "\n";
                }};
  }

  int counted(const std::string& what) {
    const std::lock_guard lock(mutex_);
    return counted_[what];
  }

  void make_topics(Stream& stream, std::int32_t inputs = 1) {
    auto made = stream.create(
        {{.topic = topic("in"), .partitions = inputs},
         {.topic = topic("out"), .partitions = 1},
         {.topic = topic("state"), .partitions = 1, .compacted = true, .lanes = true}});
    ASSERT_TRUE(made) << made.error().text;
  }

  void feed(Stream& stream, int count) {
    std::vector<Output> records;
    for (int i = 0; i < count; ++i) records.push_back({topic("in"), std::to_string(i), "v", {}});
    auto appended = stream.append(records);
    ASSERT_TRUE(appended) << appended.error().text;
  }

  Output out(const std::string& key) const { return {topic("out"), key, "v", {}}; }

  tests::Broker& broker_;
  std::string prefix_;
  kafka::Options options_;
  Stage stage_;
  std::mutex mutex_;
  std::map<std::string, int> counted_;
  std::string noted_;
};

}  // namespace wiremill::stream
