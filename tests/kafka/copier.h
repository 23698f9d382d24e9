#pragma once
// The smallest honest stage: copies each record of its input to its output and counts them in its
// state. What it has done is right exactly when every key is in the output once and the count is
// the number of keys.
//
//   Copier copier(*stream, stage, out_topic);
//   while (copier.count() < 500) copier.turn();

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "stream/stream.h"

namespace wiremill::stream {

/// Threads: one. Borrows: the stream.
class Copier {
 public:
  Copier(Stream& stream, Stage stage, std::string out)
      : stream_(stream), stage_(std::move(stage)), out_(std::move(out)) {}

  /// Takes a lane if it has none; copies a few records if there are some. Returns "committed",
  /// "aborted", "lost", "closed", "idle", or an error's text.
  std::string turn() {
    if (!lane_) return take();
    auto batch = lane_->poll({.records = 5}, base::Deadline::in(std::chrono::milliseconds(50)));
    if (!batch) return drop(batch.error().text);
    if (batch->records.empty()) return batch->closing ? drop("closed") : serve();
    Unit unit;
    for (const Record& record : batch->records) {
      unit.outputs.push_back({out_, record.key, record.value, {}});
      unit.next[record.from] = record.offset + 1;
    }
    const auto count = count_ + static_cast<std::int64_t>(batch->records.size());
    unit.state.push_back({"count", std::to_string(count)});
    auto outcome = lane_->commit(unit);
    if (!outcome) return drop(outcome.error().text);
    if (*outcome == Outcome::kLost) return drop("lost");
    if (*outcome == Outcome::kAborted) return "aborted";
    count_ = count;
    serve();
    return "committed";
  }

  std::int64_t count() const { return count_; }

 private:
  std::string take() {
    auto lane = stream_.next_lane(stage_, base::Deadline::in(std::chrono::milliseconds(50)));
    if (!lane) return lane.error().text;
    if (!*lane) return "idle";
    lane_ = *std::move(lane);
    count_ = 0;
    auto restored = lane_->restore([&](std::string_view key, std::string_view value) {
      if (key == "count") count_ = std::stoll(std::string(value));
      return base::Result<void>();
    });
    return restored ? "taken" : drop(restored.error().text);
  }

  /// Keeps the process in the group; there is one lane, so nothing else can come.
  std::string serve() {
    auto none = stream_.next_lane(stage_, base::Deadline::in(std::chrono::milliseconds(0)));
    return none ? "idle" : none.error().text;
  }

  std::string drop(std::string why) {
    lane_.reset();
    return why;
  }

  Stream& stream_;
  Stage stage_;
  std::string out_;
  std::unique_ptr<Lane> lane_;
  std::int64_t count_ = 0;
};

}  // namespace wiremill::stream
