#pragma once
// What this process believes and published last, for those who look at it: the page, the JSON
// answers, the demo. Score lanes put immutable views on it and readers take them; what the two
// share is a pointer, so neither waits for the other's work.
//
//   Board board;
//   ScoreWork work(…, board.lane("score.0"));        // on the lane's thread
//   BoardView now = board.view();                    // on any other
//
// What it does not do: it keeps nothing on disk and knows only the lanes of this process.

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/score_work.h"

namespace wiremill::cli {

using SignalView = std::shared_ptr<const model::Signal>;
using FactsView = std::shared_ptr<const model::FactsRecord>;

/// Immutable once it is on the board.
struct BoardView {
  std::map<std::string, SignalView> beliefs;  ///< the last signal of each scope
  std::vector<SignalView> recent;             ///< published by this process, newest first
  std::vector<FactsView> stories;             ///< live ones with facts, newest first
  base::Instant known_until;                  ///< newest scored time seen
  std::size_t lanes = 0;
};

/// Threads: any. Memory: the views of its lanes, each bounded by the limits below and the number
/// of scopes. Requires: outlives its lanes.
class Board {
 public:
  static constexpr std::size_t kRecentMax = 500;  ///< signals kept for each lane
  static constexpr std::size_t kStoriesMax = 100;
  /// A lane puts up a view so often at most, and when it is idle: copying costs what a commit of a
  /// few records costs.
  static constexpr base::Duration kEvery = std::chrono::milliseconds(250);

  /// The lane's view leaves the board when the onlooker is destroyed.
  std::unique_ptr<pipeline::Onlooker> lane(std::string name);
  /// Of all lanes together. Cost: copies pointers.
  BoardView view() const;

 private:
  class LaneOnlooker;
  void put_up(const std::string& lane, std::shared_ptr<const BoardView> view);
  void take_down(const std::string& lane);

  mutable std::mutex mutex_;  ///< held while a pointer is exchanged
  std::map<std::string, std::shared_ptr<const BoardView>> lanes_;
};

}  // namespace wiremill::cli
