// The part of a lane that writes: sizes first, then one transaction, then the truth about its end.
#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "kafka/lane.h"
#include "stream/position.h"

namespace wiremill::kafka {

namespace {

constexpr auto kSettlePause = std::chrono::milliseconds(100);
/// Lag tools look every few seconds.
constexpr auto kNoteInterval = std::chrono::seconds(5);

/// The unit's lines, with the lane's own last; they borrow the unit and `own`.
std::vector<Line> lines_of(const stream::Unit& unit, const stream::Source& state,
                           const std::vector<std::pair<std::string, std::string>>& own) {
  std::vector<Line> lines;
  lines.reserve(unit.outputs.size() + unit.state.size() + own.size());
  for (const stream::Output& output : unit.outputs) lines.push_back(line_of(output));
  for (const stream::Change& change : unit.state) {
    lines.push_back({.topic = state.topic,
                     .partition = state.partition,
                     .key = change.key,
                     .value = change.value});
  }
  for (const auto& [key, value] : own) {
    lines.push_back(
        {.topic = state.topic, .partition = state.partition, .key = key, .value = value});
  }
  return lines;
}

}  // namespace

base::Result<stream::Outcome> KafkaLane::commit(const stream::Unit& unit) {
  shared_.voices->pass_on();
  if (given_.slot->is_lost) return lost();
  if (unit.outputs.empty() && unit.state.empty() && unit.next.empty()) {
    return stream::Outcome::kCommitted;
  }
  Mark mark = mark_;
  ++mark.unit;
  std::vector<std::pair<std::string, std::string>> own;
  for (const auto& [source, next] : unit.next) {
    own.emplace_back(stream::position_key(source), stream::position_value(next));
  }
  own.emplace_back(kMarkKey, mark_value(mark));
  const stream::Source into = state();  // outlives the lines, which borrow its name
  const auto lines = lines_of(unit, into, own);

  const std::size_t batch_bytes = batch_bytes_;
  for (const Line& line : lines) {
    auto limit = check_size(*shared_.topics, line);
    if (!limit) {
      must_rewind_ = must_rewind_ || limit.error().kind != base::ErrorKind::kMalformed;
      return base::fail(limit.error());
    }
    batch_bytes_ = std::min(batch_bytes_, *limit);
  }
  if (batch_bytes_ < batch_bytes) writer_.reset();  // its batches would be too large
  if (!writer_ && settle("") == stream::Outcome::kLost) return lost();

  mark_ = mark;  // used up, whatever becomes of the unit
  const auto worked = since_poll_.span();
  const Ending ending = writer_->write(lines);
  gather_until_ = base::Deadline::in(shared_.options.gather - worked);
  const bool is_suspect = writer_->is_suspect();
  stream::Outcome outcome = stream::Outcome::kCommitted;
  switch (ending) {
    case Ending::kCommitted:
      mark_offset_ = writer_->marked_offset();
      break;
    case Ending::kAborted:
      shared_.voices->noted(stage_.name, "aborted", writer_->trouble());
      outcome = stream::Outcome::kAborted;
      break;
    case Ending::kDoubtful:
      shared_.voices->noted(stage_.name, "rebuilt", writer_->trouble());
      counted("rebuilds");
      writer_.reset();
      outcome = settle(own.back().second);
      break;
  }
  if (writer_ && is_suspect && ending != Ending::kDoubtful) {
    counted("recycles");
    writer_.reset();
  }
  return conclude(outcome, unit, own.back().second);
}

stream::Outcome KafkaLane::conclude(stream::Outcome outcome, const stream::Unit& unit,
                                    const std::string& mark) {
  switch (outcome) {
    case stream::Outcome::kCommitted:
      counted("commits");
      for (const auto& [source, next] : unit.next) committed_[source] = next;
      mark_before_ = mark;
      if (next_note_.passed() && !committed_.empty()) {
        next_note_ = base::Deadline::in(kNoteInterval);
        group_->note_positions(committed_);
      }
      return outcome;
    case stream::Outcome::kAborted:
      counted("aborts");
      // A limit that was lowered since it was asked for would abort the same unit for ever.
      shared_.topics->forget_limits();
      must_rewind_ = true;
      return outcome;
    case stream::Outcome::kLost:
      return lost();
  }
  return outcome;
}

stream::Outcome KafkaLane::lost() {
  if (!given_.slot->is_lost.exchange(true)) counted("fenced");
  writer_.reset();
  return stream::Outcome::kLost;
}

Ownership KafkaLane::confirm() {
  stream::Positions positions = committed_;
  for (const auto& [source, next] : reading_) positions.try_emplace(source, 0);
  if (positions.empty()) positions[state()] = 0;
  return group_->confirm(*given_.slot, positions);
}

stream::Outcome KafkaLane::settle(const std::string& pending) {
  const auto until = base::Deadline::in(shared_.patience());
  while (!until.passed()) {
    // Only who still is a member may fence: a holder that woke up late must not drive out the one
    // that took over. And again after it, because the group may have moved in between.
    Ownership ownership = confirm();
    if (ownership == Ownership::kYes) {
      auto writer = Writer::open(shared_.options, stage_.name, given_.lane, batch_bytes_,
                                 shared_.voices);
      if (writer) {
        writer_.emplace(*std::move(writer));
        ownership = confirm();
      } else {
        shared_.voices->noted(stage_.name, "rebuilt", writer.error().text);
        ownership = Ownership::kUnknown;
      }
    }
    if (ownership == Ownership::kNo) return stream::Outcome::kLost;
    if (ownership == Ownership::kYes) {
      const auto outcome = look_at_mark(pending);
      if (outcome) return *outcome;
    }
    writer_.reset();
    std::this_thread::sleep_for(kSettlePause);
  }
  // Whoever restores the lane next finds the truth in the log.
  counted("unsettled");
  return stream::Outcome::kLost;
}

std::optional<stream::Outcome> KafkaLane::look_at_mark(const std::string& pending) {
  const auto from = std::max<std::int64_t>(mark_offset_, 0);
  auto ledger = read_ledger(shared_, stage_.name, state(), from);
  if (!ledger) return std::nullopt;
  if (ledger->mark == mark_before_) return stream::Outcome::kAborted;
  if (ledger->mark != pending) return stream::Outcome::kLost;  // another holder wrote since
  mark_offset_ = ledger->mark_offset;
  return stream::Outcome::kCommitted;
}

}  // namespace wiremill::kafka
