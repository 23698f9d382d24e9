#include "local/local.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "local/lane.h"
#include "local/log.h"
#include "stream/position.h"

namespace wiremill::local {

namespace {

constexpr auto kExpiryInterval = std::chrono::hours(1);

/// See stream::Stream. Every lane of a stage is here; a newer stream of this process may take it.
class LocalStream final : public stream::Stream {
 public:
  LocalStream(std::shared_ptr<Log> log, const base::Clock& clock, stream::StreamEvents events)
      : log_(std::move(log)),
        clock_(clock),
        events_(std::move(events)),
        number_(log_->register_stream()),
        expired_(clock.now()) {}

  base::Result<std::unique_ptr<stream::Lane>> next_lane(const stream::Stage& stage,
                                                        base::Deadline until) override {
    auto fits = check(stage);
    if (!fits) return base::fail(fits.error());
    auto expired = expire_when_due();
    if (!expired) return base::fail(expired.error());
    auto hold = log_->claim(stage.state_topic, number_, until);
    if (!hold) return nullptr;
    return std::make_unique<LocalLane>(log_, *std::move(hold), stage, clock_, events_);
  }

  base::Result<void> append(const std::vector<stream::Output>& records) override {
    return log_->append(records, clock_.now());
  }

  base::Result<std::map<std::string, stream::TopicPlan>> topics() override {
    return log_->topics();
  }

  base::Result<void> create(const std::vector<stream::TopicPlan>& plans) override {
    return log_->create(plans);
  }

  using Each = std::function<base::Result<void>(const stream::Record&)>;
  base::Result<void> scan(const std::string& topic, const Each& each) override;

 private:
  base::Result<void> scan_records(const stream::Source& source, const Each& each);
  /// A lane's state and positions as the records that Kafka's state topic would hold.
  base::Result<void> scan_state(const stream::Source& source, const Each& each);
  base::Result<void> check(const stream::Stage& stage) const;
  base::Result<void> expire_when_due();

  std::shared_ptr<Log> log_;
  const base::Clock& clock_;
  stream::StreamEvents events_;
  std::uint64_t number_;
  std::mutex expiry_;  // stages may run on different threads
  base::Instant expired_;
};

base::Result<void> LocalStream::check(const stream::Stage& stage) const {
  const auto topics = log_->topics();
  const auto missing = [](const std::string& topic) {
    return base::rejected(
        fmt::format("topic {} does not exist: run `wiremill topics apply`", topic));
  };
  const auto state = topics.find(stage.state_topic);
  if (state == topics.end()) return missing(stage.state_topic);
  if (!state->second.compacted) {
    return base::rejected(fmt::format("topic {} holds state but is not compacted: make it anew "
                                      "with `wiremill topics apply`",
                                      stage.state_topic));
  }
  for (const std::string& input : stage.inputs) {
    if (!topics.contains(input)) return missing(input);
  }
  return {};
}

base::Result<void> LocalStream::expire_when_due() {
  const std::lock_guard lock(expiry_);
  const base::Instant now = clock_.now();
  if (now - expired_ < kExpiryInterval) return {};
  expired_ = now;
  return log_->expire(now);
}

base::Result<void> LocalStream::scan(const std::string& topic, const Each& each) {
  const auto topics = log_->topics();
  const auto plan = topics.find(topic);
  if (plan == topics.end()) return base::rejected(fmt::format("topic {} does not exist", topic));
  for (std::int32_t partition = 0; partition < plan->second.partitions; ++partition) {
    auto scanned = scan_records({topic, partition}, each);
    if (!scanned) return scanned;
    scanned = scan_state({topic, partition}, each);
    if (!scanned) return scanned;
  }
  return {};
}

base::Result<void> LocalStream::scan_records(const stream::Source& source, const Each& each) {
  constexpr int chunk = 1000;
  const std::int64_t end = log_->extent(source).next;
  std::int64_t next = 0;
  while (next < end) {
    auto records = log_->range(source, next, chunk);
    if (!records) return base::fail(records.error());
    if (records->empty()) break;
    for (const stream::Record& record : *records) {
      if (record.offset >= end) break;
      auto taken = each(record);
      if (!taken) return taken;
    }
    next = records->back().offset + 1;
  }
  return {};
}

base::Result<void> LocalStream::scan_state(const stream::Source& source, const Each& each) {
  auto state = log_->state_of(source.topic, source.partition);
  if (!state) return base::fail(state.error());
  for (const auto& [position, next] : state->positions) {
    state->entries.emplace_back(stream::position_key(position), stream::position_value(next));
  }
  std::int64_t offset = log_->extent(source).next;
  for (auto& [key, value] : state->entries) {
    auto taken = each({source, offset++, {}, std::move(key), std::move(value), {}});
    if (!taken) return taken;
  }
  return {};
}

}  // namespace

base::Result<std::unique_ptr<stream::Stream>> open(const Options& options,
                                                   const base::Clock& clock,
                                                   stream::StreamEvents events) {
  auto log = Log::open(options.folder);
  if (!log) return base::fail(log.error());
  auto expired = (*log)->expire(clock.now());
  if (!expired) return base::fail(expired.error());
  return std::make_unique<LocalStream>(*std::move(log), clock, std::move(events));
}

}  // namespace wiremill::local
