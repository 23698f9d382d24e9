#pragma once
// What the score stage keeps between records: the input of belief, never its result. No number
// that came from the catalogue is in here, so new knowledge needs no migration.
//
//   story/<story id>   StoryState   headers of all versions, the facts of the live one
//   scope/<scope>      ScopeState   what was published last
//   header             LaneHeader   how far the lane's time has come
//   guard              LaneGuard    (every stage) how the lane was left

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/facts_record.h"

namespace wiremill::model {

/// One version of a story as it arrived; enough to order versions and to know a duplicate.
struct StoryVersion {
  std::int64_t revision = 1;
  Action action = Action::kPublish;
  std::string id;  ///< of the event
  base::Instant received_at;
  base::Instant scored_at;
  std::string digest;  ///< of the facts record: an equal one is a duplicate
  bool operator==(const StoryVersion&) const = default;
};

struct StoryState {
  std::string story_id;
  std::vector<StoryVersion> versions;
  std::optional<FactsRecord> live;  ///< the greatest version's; absent when that one withdraws
  /// Other events' records of the live one's revision and action: a copy of one of them that was
  /// received earlier may change which is the greatest. Almost always empty.
  std::vector<FactsRecord> rivals;
  bool operator==(const StoryState&) const = default;
};

struct ScopeState {
  std::string scope;          ///< "sector/memory"
  std::string core;           ///< the core of the last published signal, opaque to all but score
  std::int64_t sequence = 0;  ///< of the last published signal
  base::Instant as_of;        ///< of the last published signal
  bool operator==(const ScopeState&) const = default;
};

struct LaneHeader {
  std::int64_t format = 1;       ///< of the lane's state; a greater one is refused
  base::Instant log_time;        ///< greatest scored time seen
  base::Instant received_max;    ///< greatest received time seen: where the ticks of a replay are
  std::string catalog_digest;    ///< the knowledge that published last
  std::int64_t too_late = 0;     ///< records that came after their claims were dropped
  bool operator==(const LaneHeader&) const = default;
};

/// How a lane was left: a process that died at the same place again and again must find out which
/// record kills it.
struct LaneGuard {
  bool running = false;       ///< true from the first commit to a close in order
  std::int64_t restarts = 0;  ///< unclean stops in a row at the same positions
  std::string at;             ///< those positions, as text
  std::string trying;         ///< "news/0/17" while one record is tried alone, else empty
  std::int64_t attempts = 0;  ///< how often it has been tried alone
  bool operator==(const LaneGuard&) const = default;
};

}  // namespace wiremill::model
