#include "local/lane.h"

#include <fmt/format.h>

#include <utility>

namespace wiremill::local {

LocalLane::LocalLane(std::shared_ptr<Log> log, Hold hold, stream::Stage stage,
                     const base::Clock& clock, stream::StreamEvents events)
    : log_(std::move(log)),
      hold_(std::move(hold)),
      stage_(std::move(stage)),
      clock_(clock),
      events_(std::move(events)),
      count_(log_->topics().at(stage_.state_topic).partitions),
      name_(fmt::format("{}.{}", stage_.name, hold_.lane)) {}

LocalLane::~LocalLane() { log_->release(hold_); }

void LocalLane::counted(std::string_view what) const {
  if (events_.counted) events_.counted(stage_.name, what);
}

base::Result<stream::Positions> LocalLane::restore(const Each& each) {
  auto state = log_->state_of(hold_.state_topic, hold_.lane);
  if (!state) return base::fail(state.error());
  for (const auto& [key, value] : state->entries) {
    auto taken = each(key, value);
    if (!taken) return base::fail(taken.error());
  }
  committed_ = state->positions;
  reading_ = committed_;
  return committed_;
}

stream::Positions LocalLane::sources(const stream::Positions& known) const {
  stream::Positions sources;
  const auto topics = log_->topics();
  for (const std::string& input : stage_.inputs) {
    for (std::int32_t partition = 0; partition < topics.at(input).partitions; ++partition) {
      if (stage_.reading == stream::Reading::kShare && partition % count_ != hold_.lane) continue;
      const stream::Source source{input, partition};
      const auto position = known.find(source);
      sources[source] =
          position == known.end() ? log_->extent(source).first : position->second;
    }
  }
  return sources;
}

base::Result<stream::Batch> LocalLane::poll(const stream::Limit& limit, base::Deadline until) {
  reading_ = sources(reading_);
  auto records = log_->read(hold_, reading_, turn_, limit, until);
  if (!records) return base::fail(records.error());
  if (!records->empty()) ++turn_;
  for (const stream::Record& record : *records) reading_[record.from] = record.offset + 1;
  return stream::Batch{*std::move(records), !log_->is_current(hold_)};
}

base::Result<stream::Outcome> LocalLane::commit(const stream::Unit& unit) {
  auto outcome = log_->commit(hold_, unit, clock_.now());
  if (!outcome) {
    if (outcome.error().kind != base::ErrorKind::kMalformed) reading_ = committed_;
    return outcome;
  }
  switch (*outcome) {
    case stream::Outcome::kCommitted:
      for (const auto& [source, next] : unit.next) committed_[source] = next;
      counted("commits");
      break;
    case stream::Outcome::kAborted:
      break;
    case stream::Outcome::kLost:
      counted("fenced");
      break;
  }
  return outcome;
}

std::vector<stream::Lag> LocalLane::lag() const {
  std::vector<stream::Lag> lags;
  for (const auto& [source, next] : sources(committed_)) {
    lags.push_back({source, log_->extent(source).next - next});
  }
  return lags;
}

}  // namespace wiremill::local
