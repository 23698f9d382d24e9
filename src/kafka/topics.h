#pragma once
// Topics as the cluster has them: layout, limits, ends; creating and growing them.
//
//   auto limit = topics.message_bytes_max("wiremill.facts");

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "kafka/client.h"
#include "kafka/kafka.h"
#include "kafka/reader.h"

namespace wiremill::kafka {

/// What a batch holds at most where all topics take so much.
inline constexpr std::size_t kBatchBytesMax = 1'000'000;

/// Threads: any. Owns: one client to ask, one to look at ends.
class Topics {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<Topics>> connect(
      const Options& options, const std::shared_ptr<Voices>& voices);

  /// All topics but Kafka's own.
  [[nodiscard]] base::Result<std::map<std::string, stream::TopicPlan>> all();
  /// The named ones that exist.
  [[nodiscard]] base::Result<std::map<std::string, stream::TopicPlan>> some(
      const std::set<std::string>& names);
  [[nodiscard]] base::Result<void> create(const std::vector<stream::TopicPlan>& plans);
  /// The number of partitions of each topic that exists. Asks the cluster.
  [[nodiscard]] base::Result<std::map<std::string, std::int32_t>> partitions();

  /// What a topic takes, asked once and remembered until forget_limits().
  /// Errors: rejected (no such topic), transient.
  [[nodiscard]] base::Result<std::int64_t> message_bytes_max(const std::string& topic);
  void forget_limits();

  /// Asks the cluster; records of open transactions count.
  [[nodiscard]] base::Result<Ends> ends(const stream::Source& source);

 private:
  Topics(Options options, Client client, Client ends)
      : options_(std::move(options)), client_(std::move(client)), ends_(std::move(ends)) {}
  [[nodiscard]] base::Result<Event> answer(const Queue& queue, const std::string& asked);
  [[nodiscard]] base::Result<void> describe(std::map<std::string, stream::TopicPlan>& plans);
  [[nodiscard]] base::Result<void> make(const std::vector<stream::TopicPlan>& plans);
  [[nodiscard]] base::Result<void> grow(const std::vector<stream::TopicPlan>& plans);
  [[nodiscard]] base::Result<void> await(const std::vector<stream::TopicPlan>& plans);

  Options options_;
  Client client_;
  Client ends_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> limits_;
};

/// "topic X does not exist: run `wiremill topics apply`".
std::string missing_topic(const std::string& topic);

}  // namespace wiremill::kafka
