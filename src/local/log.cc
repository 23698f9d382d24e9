#include "local/log.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "base/digest.h"
#include "local/headers_blob.h"
#include "stream/stored_bytes.h"

namespace wiremill::local {

namespace {

constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS topics (
  name TEXT PRIMARY KEY, compacted INTEGER, lanes INTEGER, retention_ms INTEGER,
  message_bytes_max INTEGER);
CREATE TABLE IF NOT EXISTS partitions (
  topic TEXT, partition INTEGER, first INTEGER, next INTEGER,
  PRIMARY KEY (topic, partition)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
  topic TEXT, partition INTEGER, offset INTEGER, appended_us INTEGER,
  key BLOB, value BLOB, headers BLOB, PRIMARY KEY (topic, partition, offset)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (
  state_topic TEXT, lane INTEGER, key BLOB, value BLOB,
  PRIMARY KEY (state_topic, lane, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS positions (
  state_topic TEXT, lane INTEGER, topic TEXT, partition INTEGER, next INTEGER,
  PRIMARY KEY (state_topic, lane, topic, partition)) WITHOUT ROWID;
)";

/// Logs of folders that are open in this process, so that streams share one.
struct OpenLogs {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<Log>> by_folder;
};

OpenLogs& open_logs() {
  static OpenLogs logs;
  return logs;
}

}  // namespace

base::Result<std::shared_ptr<Log>> Log::open(const std::string& folder) {
  const bool in_memory = folder == ":memory:";
  OpenLogs& logs = open_logs();
  const std::lock_guard lock(logs.mutex);
  std::string place;
  std::optional<FolderLock> folder_lock;
  if (!in_memory) {
    std::error_code failure;
    place = std::filesystem::weakly_canonical(folder, failure).string();
    if (failure) place = folder;
    if (auto shared = logs.by_folder[place].lock()) return shared;
    auto taken = FolderLock::take(place);
    if (!taken) return base::fail(taken.error());
    folder_lock = *std::move(taken);
  }
  auto database = Database::open(in_memory ? folder : place + "/log.sqlite3");
  if (!database) return base::fail(database.error());
  auto made = database->run(kSchema);
  if (!made) return base::fail(made.error());
  std::shared_ptr<Log> log(new Log(*std::move(database), std::move(folder_lock)));
  auto loaded = log->load_topics();
  if (!loaded) return base::fail(loaded.error());
  if (!in_memory) logs.by_folder[place] = log;
  return log;
}

base::Result<void> Log::load_topics() {
  auto topics = database_.query(
      "SELECT name, compacted, lanes, retention_ms, message_bytes_max FROM topics ORDER BY name");
  base::Result<bool> row;
  while ((row = topics.step()) && *row) {
    stream::TopicPlan plan{.topic = topics.bytes(0),
                           .partitions = 0,
                           .compacted = topics.number(1) != 0,
                           .lanes = topics.number(2) != 0,
                           .retention_ms = topics.number(3),
                           .message_bytes_max = topics.number(4)};
    const std::string name = plan.topic;
    topics_.emplace(name, Topic{std::move(plan), {}});
  }
  if (!row) return base::fail(row.error());
  auto partitions = database_.query(
      "SELECT topic, first, next FROM partitions ORDER BY topic, partition");
  while ((row = partitions.step()) && *row) {
    Topic& topic = topics_.at(partitions.bytes(0));
    topic.partitions.push_back({partitions.number(1), partitions.number(2)});
    ++topic.plan.partitions;
  }
  if (!row) return base::fail(row.error());
  return {};
}

std::map<std::string, stream::TopicPlan> Log::topics() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, stream::TopicPlan> plans;
  for (const auto& [name, topic] : topics_) plans.emplace(name, topic.plan);
  return plans;
}

Extent Log::extent(const stream::Source& source) const {
  const std::lock_guard lock(mutex_);
  const auto topic = topics_.find(source.topic);
  if (topic == topics_.end()) return {};
  const auto place = static_cast<std::size_t>(source.partition);
  return place < topic->second.partitions.size() ? topic->second.partitions[place] : Extent{};
}

base::Result<void> Log::create(const std::vector<stream::TopicPlan>& plans) {
  const std::lock_guard lock(mutex_);
  auto transaction = Transaction::begin(database_);
  if (!transaction) return base::fail(transaction.error());
  Topics topics = topics_;
  for (const stream::TopicPlan& plan : plans) {
    if (plan.partitions < 1) {
      return base::rejected(fmt::format("topic {} cannot have {} partitions: at least 1",
                                        plan.topic, plan.partitions));
    }
    const auto [at, is_new] = topics.try_emplace(plan.topic, Topic{plan, {}});
    Topic& topic = at->second;
    const auto wanted = static_cast<std::size_t>(plan.partitions);
    const bool grows = !topic.plan.compacted && topic.partitions.size() < wanted;
    if (!is_new && !grows) continue;
    topic.partitions.resize(wanted);
    topic.plan.partitions = plan.partitions;
    auto saved = save_topic(topic);
    if (!saved) return saved;
  }
  auto saved = save_extents(topics);
  if (!saved) return saved;
  auto committed = transaction->commit();
  if (!committed) return committed;
  topics_ = std::move(topics);
  grown_.notify_all();
  return {};
}

base::Result<void> Log::save_topic(const Topic& topic) {
  auto query = database_.query("INSERT OR REPLACE INTO topics VALUES (?1, ?2, ?3, ?4, ?5)");
  query.bind(1, std::string_view(topic.plan.topic));
  query.bind(2, topic.plan.compacted ? 1 : 0);
  query.bind(3, topic.plan.lanes ? 1 : 0);
  query.bind(4, topic.plan.retention_ms);
  query.bind(5, topic.plan.message_bytes_max);
  return query.run();
}

base::Result<void> Log::save_extents(const Topics& topics) {
  auto query = database_.query("INSERT OR REPLACE INTO partitions VALUES (?1, ?2, ?3, ?4)");
  for (const auto& [name, topic] : topics) {
    const auto known = topics_.find(name);
    for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
      const Extent& extent = topic.partitions[i];
      const bool is_new = known == topics_.end() || i >= known->second.partitions.size();
      if (!is_new && known->second.partitions[i].first == extent.first &&
          known->second.partitions[i].next == extent.next) {
        continue;
      }
      query.bind(1, std::string_view(name));
      query.bind(2, static_cast<std::int64_t>(i));
      query.bind(3, extent.first);
      query.bind(4, extent.next);
      auto done = query.run();
      if (!done) return done;
    }
  }
  return {};
}

base::Result<void> Log::check_size(const stream::Output& output) const {
  const auto topic = topics_.find(output.topic);
  if (topic == topics_.end()) {
    return base::rejected(fmt::format("topic {} does not exist: run `wiremill topics apply`",
                                      output.topic));
  }
  const auto bytes = stream::stored_bytes(output);
  const auto bytes_max = topic->second.plan.message_bytes_max;
  if (std::cmp_greater(bytes, bytes_max)) {
    return base::malformed(
        "output_too_large", fmt::format("a record for topic {} with key '{}' is {} bytes; the "
                                        "topic takes {}",
                                        output.topic, output.key, bytes, bytes_max));
  }
  return {};
}

base::Result<void> Log::insert(Topics& topics, const stream::Output& output, base::Instant now) {
  Topic& topic = topics.at(output.topic);
  std::uint64_t choice = 0;
  if (output.key.empty()) {
    // Any partition will do: all in turn.
    for (const Extent& extent : topic.partitions) choice += static_cast<std::uint64_t>(extent.next);
  } else {
    choice = base::digest64(output.key);
  }
  const auto partition = choice % topic.partitions.size();
  auto query = database_.query("INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  query.bind(1, std::string_view(output.topic));
  query.bind(2, static_cast<std::int64_t>(partition));
  query.bind(3, topic.partitions[partition].next++);
  query.bind(4, now.time_since_epoch().count());
  query.bind(5, std::string_view(output.key));
  query.bind(6, output.value);
  query.bind(7, std::string_view(to_blob(output.headers)));
  return query.run();
}

base::Result<void> Log::append(const std::vector<stream::Output>& records, base::Instant now) {
  const std::lock_guard lock(mutex_);
  for (const stream::Output& record : records) {
    auto fits = check_size(record);
    if (!fits) return fits;
  }
  auto transaction = Transaction::begin(database_);
  if (!transaction) return base::fail(transaction.error());
  Topics topics = topics_;
  for (const stream::Output& record : records) {
    auto inserted = insert(topics, record, now);
    if (!inserted) return inserted;
  }
  auto saved = save_extents(topics);
  if (!saved) return saved;
  auto committed = transaction->commit();
  if (!committed) return committed;
  topics_ = std::move(topics);
  grown_.notify_all();
  return {};
}

}  // namespace wiremill::local
