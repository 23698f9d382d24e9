#pragma once
// Appends records outside any lane: idempotent, acknowledged by all copies, no transaction.
//
//   appender.append({{"news", "key", "value", {}}});

#include <memory>
#include <mutex>
#include <vector>

#include "kafka/client.h"
#include "kafka/kafka.h"
#include "kafka/topics.h"

namespace wiremill::kafka {

/// Threads: any; one append at a time, others wait. Owns: the client, made at the first append.
class Appender {
 public:
  Appender(Options options, std::shared_ptr<Voices> voices, std::shared_ptr<Topics> topics)
      : options_(std::move(options)), voices_(std::move(voices)), topics_(std::move(topics)) {}

  /// Returns when all records are durable. Errors: malformed (one is too large: nothing was
  /// written), rejected (no such topic: nothing was written), transient (some may be written).
  [[nodiscard]] base::Result<void> append(const std::vector<stream::Output>& records);

 private:
  [[nodiscard]] base::Result<std::size_t> least_limit(const std::vector<stream::Output>& records);
  [[nodiscard]] base::Result<void> open(std::size_t batch_bytes);
  [[nodiscard]] base::Result<void> send(const std::vector<stream::Output>& records);

  Options options_;
  std::shared_ptr<Voices> voices_;
  std::shared_ptr<Topics> topics_;
  std::mutex mutex_;
  std::optional<Client> client_;
  std::size_t batch_bytes_ = 0;
};

}  // namespace wiremill::kafka
