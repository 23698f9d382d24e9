// The part of the log that lanes use: holds, state, positions, reading and committing.
#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "local/headers_blob.h"
#include "local/log.h"
#include "stream/stored_bytes.h"

namespace wiremill::local {

std::uint64_t Log::register_stream() {
  const std::lock_guard lock(mutex_);
  return ++streams_;
}

std::optional<Hold> Log::claim(const std::string& state_topic, std::uint64_t stream_number,
                               base::Deadline until) {
  std::unique_lock lock(mutex_);
  for (;;) {
    auto hold = take_free(state_topic, stream_number);
    if (hold || until.passed()) return hold;
    grown_.wait_for(lock, until.left());
  }
}

std::optional<Hold> Log::take_free(const std::string& state_topic, std::uint64_t stream_number) {
  const auto topic = topics_.find(state_topic);
  if (topic == topics_.end()) return std::nullopt;
  for (std::int32_t lane = 0; lane < topic->second.plan.partitions; ++lane) {
    Holder& holder = holders_[{state_topic, lane}];
    if (holder.stream_number >= stream_number) continue;
    holder = {stream_number, ++holds_};
    grown_.notify_all();  // an earlier holder that waits for records has lost the lane
    return Hold{state_topic, lane, holder.hold_number};
  }
  return std::nullopt;
}

bool Log::holds(const Hold& hold) const {
  const auto holder = holders_.find({hold.state_topic, hold.lane});
  return holder != holders_.end() && holder->second.hold_number == hold.number;
}

bool Log::is_current(const Hold& hold) const {
  const std::lock_guard lock(mutex_);
  return holds(hold);
}

void Log::release(const Hold& hold) {
  const std::lock_guard lock(mutex_);
  if (!holds(hold)) return;
  holders_.erase({hold.state_topic, hold.lane});
  grown_.notify_all();
}

base::Result<LaneState> Log::state_of(const std::string& state_topic, std::int32_t lane) {
  const std::lock_guard lock(mutex_);
  LaneState state;
  auto entries = database_.query(
      "SELECT key, value FROM state WHERE state_topic = ?1 AND lane = ?2 ORDER BY key");
  entries.bind(1, std::string_view(state_topic));
  entries.bind(2, lane);
  base::Result<bool> row;
  while ((row = entries.step()) && *row) {
    state.entries.emplace_back(entries.bytes(0), entries.bytes(1));
  }
  if (!row) return base::fail(row.error());

  auto positions = database_.query(
      "SELECT topic, partition, next FROM positions WHERE state_topic = ?1 AND lane = ?2");
  positions.bind(1, std::string_view(state_topic));
  positions.bind(2, lane);
  while ((row = positions.step()) && *row) {
    const auto partition = static_cast<std::int32_t>(positions.number(1));
    state.positions[{positions.bytes(0), partition}] = positions.number(2);
  }
  if (!row) return base::fail(row.error());
  return state;
}

base::Result<bool> Log::anything_after(const stream::Positions& from) const {
  bool anything = false;
  for (const auto& [source, next] : from) {
    const Extent& extent =
        topics_.at(source.topic).partitions.at(static_cast<std::size_t>(source.partition));
    if (next < extent.first || next > extent.next) {
      return base::rejected(fmt::format(
          "{} partition {} is to be read from offset {}, but the log holds offsets {} to {}",
          source.topic, source.partition, next, extent.first, extent.next));
    }
    anything = anything || next < extent.next;
  }
  return anything;
}

base::Result<std::vector<stream::Record>> Log::read(const Hold& hold,
                                                    const stream::Positions& from,
                                                    std::size_t turn, const stream::Limit& limit,
                                                    base::Deadline until) {
  std::unique_lock lock(mutex_);
  std::vector<stream::Record> records;
  while (holds(hold)) {
    auto ready = anything_after(from);
    if (!ready) return base::fail(ready.error());
    if (*ready) break;
    if (until.passed()) return records;
    grown_.wait_for(lock, until.left());
  }
  if (!holds(hold)) return records;
  std::size_t bytes_left = limit.bytes;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (records.size() >= limit.records || bytes_left == 0) break;
    const auto at = std::next(from.begin(), static_cast<std::ptrdiff_t>((turn + i) % from.size()));
    auto filled =
        fill(records, at->first, at->second, limit.records - records.size(), bytes_left);
    if (!filled) return base::fail(filled.error());
  }
  return records;
}

base::Result<void> Log::fill(std::vector<stream::Record>& records, const stream::Source& source,
                             std::int64_t from, std::size_t count, std::size_t& bytes_left) {
  auto query = database_.query(
      "SELECT offset, appended_us, key, value, headers FROM records "
      "WHERE topic = ?1 AND partition = ?2 AND offset >= ?3 ORDER BY offset LIMIT ?4");
  query.bind(1, std::string_view(source.topic));
  query.bind(2, source.partition);
  query.bind(3, from);
  query.bind(4, static_cast<std::int64_t>(count));
  base::Result<bool> row;
  while (bytes_left > 0 && (row = query.step()) && *row) {
    stream::Record record;
    record.from = source;
    record.offset = query.number(0);
    record.appended = base::Instant(base::Duration(query.number(1)));
    record.key = query.bytes(2);
    if (!query.is_null(3)) record.value = query.bytes(3);
    record.headers = from_blob(query.bytes(4));
    const auto size = record.key.size() + (record.value ? record.value->size() : 0);
    if (size > bytes_left && !records.empty()) {
      bytes_left = 0;  // it waits for the next batch
      break;
    }
    bytes_left -= std::min(bytes_left, size);
    records.push_back(std::move(record));
  }
  if (!row) return base::fail(row.error());
  return {};
}

base::Result<std::vector<stream::Record>> Log::range(const stream::Source& source,
                                                     std::int64_t from, int count) {
  const std::lock_guard lock(mutex_);
  std::vector<stream::Record> records;
  std::size_t bytes_left = stream::Limit{}.bytes;
  auto filled = fill(records, source, from, static_cast<std::size_t>(count), bytes_left);
  if (!filled) return base::fail(filled.error());
  return records;
}

base::Result<stream::Outcome> Log::commit(const Hold& hold, const stream::Unit& unit,
                                          base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (!holds(hold)) return stream::Outcome::kLost;
  for (const stream::Output& output : unit.outputs) {
    auto fits = check_size(output);
    if (!fits) return base::fail(fits.error());
  }
  for (const stream::Change& change : unit.state) {
    auto fits = check_size({hold.state_topic, change.key, change.value, {}});
    if (!fits) return base::fail(fits.error());
  }
  auto transaction = Transaction::begin(database_);
  if (!transaction) return base::fail(transaction.error());
  Topics topics = topics_;
  for (const stream::Output& output : unit.outputs) {
    auto inserted = insert(topics, output, now);
    if (!inserted) return base::fail(inserted.error());
  }
  auto changed = change_state(hold, unit);
  if (!changed) return base::fail(changed.error());
  auto saved = save_extents(topics);
  if (!saved) return base::fail(saved.error());
  auto committed = transaction->commit();
  if (!committed) return base::fail(committed.error());
  topics_ = std::move(topics);
  grown_.notify_all();
  return stream::Outcome::kCommitted;
}

base::Result<void> Log::change_state(const Hold& hold, const stream::Unit& unit) {
  auto put = database_.query("INSERT OR REPLACE INTO state VALUES (?1, ?2, ?3, ?4)");
  auto drop =
      database_.query("DELETE FROM state WHERE state_topic = ?1 AND lane = ?2 AND key = ?3");
  for (const stream::Change& change : unit.state) {
    Query& query = change.value ? put : drop;
    query.bind(1, std::string_view(hold.state_topic));
    query.bind(2, hold.lane);
    query.bind(3, std::string_view(change.key));
    if (change.value) query.bind(4, change.value);
    auto done = query.run();
    if (!done) return done;
  }
  auto move = database_.query("INSERT OR REPLACE INTO positions VALUES (?1, ?2, ?3, ?4, ?5)");
  for (const auto& [source, next] : unit.next) {
    move.bind(1, std::string_view(hold.state_topic));
    move.bind(2, hold.lane);
    move.bind(3, std::string_view(source.topic));
    move.bind(4, source.partition);
    move.bind(5, next);
    auto done = move.run();
    if (!done) return done;
  }
  return {};
}

}  // namespace wiremill::local
