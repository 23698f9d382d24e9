#include "kafka/lane.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kafka/settings.h"

namespace wiremill::kafka {

namespace {

constexpr auto kNoWait = std::chrono::milliseconds(0);
/// How long a poll sleeps before it looks again whether the lane must close.
constexpr auto kClosingLook = std::chrono::milliseconds(100);

std::size_t bytes_of(const stream::Record& record) {
  return record.key.size() + (record.value ? record.value->size() : 0);
}

}  // namespace

KafkaLane::KafkaLane(Shared shared, stream::Stage stage, std::shared_ptr<Group> group, Given given,
                     std::int32_t count, Reader reader)
    : shared_(std::move(shared)),
      stage_(std::move(stage)),
      group_(std::move(group)),
      given_(std::move(given)),
      count_(count),
      name_(fmt::format("{}.{}", stage_.name, given_.lane)),
      reader_(std::move(reader)),
      batch_bytes_(kBatchBytesMax),
      mark_{count, new_holder(), 0},
      gather_until_(base::Deadline::in(kNoWait)),
      next_look_(base::Deadline::in(shared_.options.partition_check)),
      next_note_(base::Deadline::in(kNoWait)) {}

KafkaLane::~KafkaLane() {
  writer_.reset();
  given_.slot->is_released = true;
}

base::Result<std::unique_ptr<KafkaLane>> KafkaLane::take(const Shared& shared,
                                                         const stream::Stage& stage,
                                                         std::shared_ptr<Group> group,
                                                         const Given& given, std::int32_t count) {
  auto reader = Reader::open(shared.options, stage.name, Reach::kOnward, shared.voices);
  if (!reader) return base::fail(reader.error());
  std::unique_ptr<KafkaLane> lane(
      new KafkaLane(shared, stage, std::move(group), given, count, *std::move(reader)));
  auto writer = Writer::open(shared.options, stage.name, given.lane, lane->batch_bytes_,
                             shared.voices);
  if (!writer) return base::fail(writer.error());
  lane->writer_.emplace(*std::move(writer));
  return lane;
}

void KafkaLane::counted(std::string_view what) const {
  shared_.voices->counted(stage_.name, what);
}

base::Result<stream::Positions> KafkaLane::restore(const Each& each) {
  auto ledger = read_ledger(shared_, stage_.name, state(), 0);
  if (!ledger) return base::fail(ledger.error());
  if (!ledger->mark.empty() && lanes_in(ledger->mark) != count_) {
    return base::rejected(fmt::format(
        "topic {} has {} partitions but was written by {} lanes: the number of lanes cannot "
        "change; make the topic anew with `wiremill topics apply`",
        stage_.state_topic, count_, lanes_in(ledger->mark)));
  }
  for (const auto& [key, value] : ledger->entries) {
    auto taken = each(key, value);
    if (!taken) return base::fail(taken.error());
  }
  committed_ = std::move(ledger->positions);
  mark_before_ = std::move(ledger->mark);
  mark_offset_ = ledger->mark_offset;
  must_rewind_ = true;
  return committed_;
}

base::Result<std::vector<stream::Source>> KafkaLane::sources() const {
  auto counts = shared_.topics->partitions();
  if (!counts) return base::fail(counts.error());
  const auto lanes = counts->find(stage_.state_topic);
  if (lanes != counts->end() && lanes->second != count_) {
    return base::rejected(fmt::format("topic {} had {} partitions and has {} now: the number of "
                                      "lanes cannot change; make the topic anew with `wiremill "
                                      "topics apply`",
                                      stage_.state_topic, count_, lanes->second));
  }
  std::vector<stream::Source> sources;
  for (const std::string& input : stage_.inputs) {
    const auto count = counts->find(input);
    if (count == counts->end()) return base::rejected(missing_topic(input));
    for (std::int32_t partition = 0; partition < count->second; ++partition) {
      if (stage_.reading == stream::Reading::kShare && partition % count_ != given_.lane) continue;
      sources.push_back({input, partition});
    }
  }
  return sources;
}

base::Result<void> KafkaLane::read_from(const stream::Positions& positions) {
  auto ours = sources();
  if (!ours) return base::fail(ours.error());
  stream::Positions from;
  for (const stream::Source& source : *ours) {
    const auto position = positions.find(source);
    from[source] = position == positions.end() ? kBeginning : position->second;
  }
  auto assigned = reader_.assign(from);
  if (!assigned) return assigned;
  reading_ = std::move(from);
  ends_.clear();
  next_look_ = base::Deadline::in(shared_.options.partition_check);
  return {};
}

base::Result<void> KafkaLane::look_for_partitions() {
  if (!next_look_.passed()) return {};
  next_look_ = base::Deadline::in(shared_.options.partition_check);
  auto ours = sources();
  if (!ours && ours.error().kind == base::ErrorKind::kRejected) return base::fail(ours.error());
  // A broker that does not answer shows in other ways.
  if (!ours || ours->size() <= reading_.size()) return {};
  return read_from(reading_);  // go on where reading has come to
}

void KafkaLane::give_out(stream::Record record, stream::Batch& batch, std::size_t& bytes) {
  bytes += bytes_of(record);
  batch.records.push_back(std::move(record));
}

base::Result<stream::Batch> KafkaLane::poll(const stream::Limit& limit, base::Deadline until) {
  shared_.voices->pass_on();
  if (must_rewind_) {
    auto rewound = read_from(committed_);
    if (!rewound) return base::fail(rewound.error());
    held_.reset();
    must_rewind_ = false;
  }
  auto looked = look_for_partitions();
  if (!looked) return base::fail(looked.error());
  stream::Batch batch;
  std::size_t bytes = 0;
  if (held_) give_out(*std::exchange(held_, std::nullopt), batch, bytes);
  while (batch.records.size() < limit.records && bytes < limit.bytes) {
    batch.closing = given_.slot->is_closing || given_.slot->is_lost;
    if (batch.closing) break;
    const bool is_first = batch.records.empty();
    const bool is_big = batch.records.size() >= shared_.options.gather_records;
    const auto span = is_first ? until.left() : is_big ? kNoWait : gather_until_.left();
    auto seen = reader_.next(std::min(span, kClosingLook));
    if (!seen) return base::fail(seen.error());
    if (seen->gone) return gone(*seen->gone);
    if (seen->end) ends_[seen->end->first] = seen->end->second;
    if (seen->record) {
      ends_.erase(seen->record->from);
      reading_[seen->record->from] = seen->record->offset + 1;
      if (!is_first && bytes + bytes_of(*seen->record) > limit.bytes) {
        held_ = *std::move(seen->record);
        break;
      }
      give_out(*std::move(seen->record), batch, bytes);
    } else if (!seen->end && (is_first ? until.passed() : is_big || gather_until_.passed())) {
      break;
    }
  }
  if (given_.slot->is_lost) batch.records.clear();
  since_poll_ = base::Stopwatch();
  return batch;
}

base::Result<stream::Batch> KafkaLane::gone(const stream::Source& source) {
  auto ends = shared_.topics->ends(source);
  if (!ends) return base::fail(ends.error());
  return base::rejected(fmt::format(
      "{} partition {} is to be read from offset {}, but the log holds offsets {} to {}",
      source.topic, source.partition, reading_[source], ends->first, ends->next));
}

std::vector<stream::Lag> KafkaLane::lag() const {
  std::vector<stream::Lag> lags;
  for (const auto& [source, read] : reading_) {
    const auto position = committed_.find(source);
    const bool is_done = position != committed_.end() && position->second == read;
    const auto known = reader_.known_ends(source);
    std::int64_t next = position == committed_.end() ? known.first : position->second;
    std::int64_t end = known.next;
    // Offsets count the marks of transactions too. Where reading has reached the end, what follows
    // the last record is marks only.
    const auto reached = ends_.find(source);
    if (reached != ends_.end()) {
      if (is_done || read == kBeginning) next = reached->second;
      end = reached->second;
    }
    lags.push_back({source, std::max<std::int64_t>(end - next, 0)});
  }
  return lags;
}

}  // namespace wiremill::kafka
