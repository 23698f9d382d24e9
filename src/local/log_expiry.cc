// The part of the log that forgets: retention by age, compaction by key.
#include <algorithm>

#include "local/log.h"

namespace wiremill::local {

base::Result<void> Log::expire(base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (!lock_) return {};
  auto transaction = Transaction::begin(database_);
  if (!transaction) return base::fail(transaction.error());
  Topics topics = topics_;
  for (auto& [name, topic] : topics) {
    base::Result<void> done;
    if (topic.plan.compacted) {
      done = compact(topic);
    } else if (topic.plan.retention_ms >= 0) {
      done = expire(topic, now - std::chrono::milliseconds(topic.plan.retention_ms));
    }
    if (!done) return done;
  }
  auto saved = save_extents(topics);
  if (!saved) return saved;
  auto committed = transaction->commit();
  if (!committed) return committed;
  topics_ = std::move(topics);
  return {};
}

base::Result<void> Log::expire(Topic& topic, base::Instant before) {
  // Up to the first record that is young enough: what follows it stays, as on Kafka.
  auto keep = database_.query(
      "SELECT MIN(offset) FROM records WHERE topic = ?1 AND partition = ?2 AND appended_us >= ?3");
  auto drop =
      database_.query("DELETE FROM records WHERE topic = ?1 AND partition = ?2 AND offset < ?3");
  for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
    Extent& extent = topic.partitions[i];
    keep.bind(1, std::string_view(topic.plan.topic));
    keep.bind(2, static_cast<std::int64_t>(i));
    keep.bind(3, before.time_since_epoch().count());
    auto row = keep.step();
    if (!row) return base::fail(row.error());
    extent.first = keep.is_null(0) ? extent.next : keep.number(0);
    keep.reset();
    drop.bind(1, std::string_view(topic.plan.topic));
    drop.bind(2, static_cast<std::int64_t>(i));
    drop.bind(3, extent.first);
    auto done = drop.run();
    if (!done) return done;
  }
  return {};
}

base::Result<void> Log::compact(const Topic& topic) {
  auto drop = database_.query(
      "DELETE FROM records WHERE topic = ?1 AND (partition, offset) NOT IN "
      "(SELECT partition, MAX(offset) FROM records WHERE topic = ?1 GROUP BY partition, key)");
  drop.bind(1, std::string_view(topic.plan.topic));
  return drop.run();
}

}  // namespace wiremill::local
