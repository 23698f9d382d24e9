#pragma once
// What a lane's partition of the state topic holds besides the stage's keys: positions, and the
// mark of the last unit, by which a doubtful end is settled exactly.
//
//   mark_value({.lanes = 4, .holder = "9f…", .unit = 17})
//   // {"schema":"wiremill.lane","version":1,"lanes":4,"holder":"9f…","unit":17}

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "kafka/shared.h"

namespace wiremill::kafka {

/// The key of the mark. No topic has a name without a partition, so it is no position.
inline constexpr std::string_view kMarkKey = "position/lane";

/// Which unit was committed last: written with every unit, equal for no two units ever.
struct Mark {
  std::int32_t lanes = 0;
  std::string holder;  ///< random, of one holding of the lane
  std::int64_t unit = 0;
};

std::string mark_value(const Mark& mark);
/// How many lanes there were when the mark was written; 0 when that is not in it.
std::int32_t lanes_in(std::string_view mark);
/// A name that no other holding has.
std::string new_holder();

/// A lane's partition as of its last committed unit.
struct Ledger {
  std::map<std::string, std::string> entries;  ///< the stage's live keys
  stream::Positions positions;
  std::string mark;               ///< value of the last mark; empty when nothing was committed
  std::int64_t mark_offset = -1;  ///< where it is; -1 when there is none
};

/// Reads the partition from `from` to its present end, transactions that are open now included:
/// their ends are waited for, so nothing that is committed is missed.
/// Errors: transient.
[[nodiscard]] base::Result<Ledger> read_ledger(const Shared& shared, const std::string& stage,
                                               const stream::Source& state, std::int64_t from);

}  // namespace wiremill::kafka
