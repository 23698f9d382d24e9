#pragma once
// A log under test as several processes would see it, and short words for what the contract suite
// says often.
//
//   auto lane = hold(*stream, stage);           // the next lane, waiting as long as it takes
//   auto records = read(*lane, 3);              // three records, in one or several polls

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "stream/stream.h"

namespace wiremill::stream {

using namespace std::chrono_literals;

/// How soon a process that holds a lane and stops asking for lanes counts as gone.
enum class Eviction { kNormal, kQuick };

class World {
 public:
  virtual ~World() = default;
  /// A stream as a process of its own would open it. Later ones take over from earlier ones.
  virtual std::unique_ptr<Stream> join(Eviction eviction) = 0;
};

using MakeWorld = std::function<std::unique_ptr<World>()>;

inline constexpr auto kLongEnough = 30s;

/// The next lane of the stage; fails the test when none comes.
inline std::unique_ptr<Lane> hold(Stream& stream, const Stage& stage) {
  const auto deadline = base::Deadline::in(kLongEnough);
  std::string last;
  while (!deadline.passed()) {
    auto lane = stream.next_lane(stage, base::Deadline::in(100ms));
    if (!lane && lane.error().kind == base::ErrorKind::kTransient) {
      last = lane.error().text;
      continue;
    }
    if (!lane) {
      ADD_FAILURE() << lane.error().text;
      return nullptr;
    }
    if (*lane) return *std::move(lane);
  }
  ADD_FAILURE() << "no lane of " << stage.name << " came; " << last;
  return nullptr;
}

using State = std::map<std::string, std::string>;

struct Restored {
  State state;
  Positions positions;
};

inline Restored restore(Lane& lane) {
  Restored restored;
  auto positions = lane.restore([&](std::string_view key, std::string_view value) {
    EXPECT_TRUE(restored.state.emplace(key, value).second) << key << " came twice";
    return base::Result<void>();
  });
  if (positions) {
    restored.positions = *positions;
  } else {
    ADD_FAILURE() << positions.error().text;
  }
  return restored;
}

/// A lane that is held and restored.
inline std::unique_ptr<Lane> start(Stream& stream, const Stage& stage) {
  auto lane = hold(stream, stage);
  if (lane) restore(*lane);
  return lane;
}

/// At least `count` records, by as many polls as it takes; fewer when they do not come.
inline std::vector<Record> read(Lane& lane, std::size_t count, const Limit& limit = {},
                                std::chrono::milliseconds patience = kLongEnough) {
  std::vector<Record> records;
  const auto deadline = base::Deadline::in(patience);
  while (records.size() < count && !deadline.passed()) {
    auto batch = lane.poll(limit, base::Deadline::in(100ms));
    if (!batch) {
      ADD_FAILURE() << batch.error().text;
      break;
    }
    for (Record& record : batch->records) records.push_back(std::move(record));
    if (batch->closing) break;
  }
  return records;
}

inline Positions after(const std::vector<Record>& records) {
  Positions next;
  for (const Record& record : records) next[record.from] = record.offset + 1;
  return next;
}

inline std::vector<std::string> keys_of(const std::vector<Record>& records) {
  std::vector<std::string> keys;
  for (const Record& record : records) keys.push_back(record.key);
  return keys;
}

inline std::vector<Record> scan(Stream& stream, const std::string& topic) {
  std::vector<Record> records;
  auto scanned = stream.scan(topic, [&](const Record& record) {
    records.push_back(record);
    return base::Result<void>();
  });
  if (!scanned) ADD_FAILURE() << scanned.error().text;
  return records;
}

/// The commit's outcome as a word; the error's text when it failed.
inline std::string commit(Lane& lane, const Unit& unit) {
  auto outcome = lane.commit(unit);
  if (!outcome) return outcome.error().text;
  switch (*outcome) {
    case Outcome::kCommitted:
      return "committed";
    case Outcome::kAborted:
      return "aborted";
    case Outcome::kLost:
      return "lost";
  }
  return "";
}

}  // namespace wiremill::stream
