#include "kafka/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "kafka/settings.h"

namespace wiremill::kafka {

namespace {

/// How long to wait between two looks at lanes that are being drained by other threads.
constexpr auto kDrainLook = std::chrono::milliseconds(5);

Partitions with_offsets(const stream::Positions& positions) {
  auto partitions = make_partitions(positions.size());
  for (const auto& [source, next] : positions) {
    rd_kafka_topic_partition_list_add(partitions.get(), source.topic.c_str(), source.partition)
        ->offset = next;
  }
  return partitions;
}

}  // namespace

Group::Group(Client client, const Options& options, const stream::Stage& stage,
             std::shared_ptr<Voices> voices)
    : client_(std::move(client)),
      queue_(rd_kafka_queue_get_consumer(client_.get())),
      drain_timeout_(options.drain_timeout),
      instance_id_(options.instance_id),
      stage_(stage),
      voices_(std::move(voices)) {}

base::Result<std::shared_ptr<Group>> Group::join(const Options& options,
                                                 const stream::Stage& stage,
                                                 const std::shared_ptr<Voices>& voices) {
  auto client =
      Client::make(RD_KAFKA_CONSUMER, group_settings(options, stage.name), voices, stage.name);
  if (!client) return base::fail(client.error());
  rd_kafka_poll_set_consumer(client->get());
  const auto topics = make_partitions(1);
  rd_kafka_topic_partition_list_add(topics.get(), stage.state_topic.c_str(),
                                    RD_KAFKA_PARTITION_UA);
  const auto code = rd_kafka_subscribe(client->get(), topics.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return base::rejected(fmt::format("joining group {}: {}", group_id(options, stage.name),
                                      text_of(code)));
  }
  return std::shared_ptr<Group>(new Group(*std::move(client), options, stage, voices));
}

base::Result<std::optional<Given>> Group::next(base::Deadline until) {
  if (broken_) return base::fail(*broken_);
  for (;;) {
    finish_draining();
    offer_released_again();
    if (!waiting_.empty()) {
      const auto lane = waiting_.front();
      waiting_.pop_front();
      return Given{lane, slots_.at(lane)};
    }
    auto span = until.left();
    if (draining_) span = std::min(span, kDrainLook);
    const Event event(rd_kafka_queue_poll(queue_.get(), static_cast<int>(span.count())));
    if (event) {
      auto served = serve(event);
      if (!served) return base::fail(served.error());
    } else if (until.passed()) {
      return std::nullopt;
    }
  }
}

base::Result<void> Group::serve(const Event& event) {
  switch (rd_kafka_event_type(event.get())) {
    case RD_KAFKA_EVENT_REBALANCE:
      if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        assigned(*rd_kafka_event_topic_partition_list(event.get()));
      } else {
        revoked();
      }
      return {};
    case RD_KAFKA_EVENT_ERROR:
      return failed(event);
    default:
      return {};  // a record that slipped through before its partition was paused
  }
}

void Group::assigned(const rd_kafka_topic_partition_list_t& partitions) {
  const Partitions paused(rd_kafka_topic_partition_list_copy(&partitions));
  slots_.clear();
  waiting_.clear();
  for (int i = 0; i < paused->cnt; ++i) {
    auto& partition = paused->elems[i];
    partition.offset = RD_KAFKA_OFFSET_END;
    slots_[partition.partition] = std::make_shared<Slot>();
    waiting_.push_back(partition.partition);
  }
  rd_kafka_assign(client_.get(), paused.get());
  rd_kafka_pause_partitions(client_.get(), paused.get());
  voices_->counted(stage_.name, "rebalances");
}

void Group::revoked() {
  waiting_.clear();
  std::erase_if(slots_, [](const auto& slot) { return slot.second.use_count() == 1; });
  for (const auto& [lane, slot] : slots_) slot->is_closing = true;
  voices_->counted(stage_.name, "revokes");
  draining_ = base::Deadline::in(drain_timeout_);
}

void Group::finish_draining() {
  if (!draining_) return;
  const bool all_gone = std::all_of(slots_.begin(), slots_.end(), [](const auto& slot) {
    return slot.second->is_released.load();
  });
  const bool is_lost = rd_kafka_assignment_lost(client_.get()) != 0;
  if (!all_gone && !is_lost && !draining_->passed()) return;
  for (const auto& [lane, slot] : slots_) {
    if (slot->is_released) continue;
    slot->is_lost = true;
    voices_->counted(stage_.name, "lanes_lost");
  }
  slots_.clear();
  draining_.reset();
  rd_kafka_assign(client_.get(), nullptr);
}

void Group::offer_released_again() {
  if (draining_) return;
  for (auto& [lane, slot] : slots_) {
    if (!slot->is_released) continue;
    slot = std::make_shared<Slot>();
    waiting_.push_back(lane);
  }
}

void Group::give_back(const Given& given) { given.slot->is_released = true; }

base::Result<void> Group::failed(const Event& event) {
  const auto code = rd_kafka_event_error(event.get());
  const std::string why = rd_kafka_event_error_string(event.get());
  switch (code) {
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
      for (const auto& [lane, slot] : slots_) slot->is_lost = true;
      broken_ = {base::ErrorKind::kRejected,
                 fmt::format("stage {}: another process runs as instance \"{}\": {}", stage_.name,
                             instance_id_, why)};
      return base::fail(*broken_);
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT:
      return base::rejected(fmt::format("stage {}: {}", stage_.name, why));
    default:
      voices_->log(stage_.name, rd_kafka_err2name(code), why);
      return {};
  }
}

Ownership Group::confirm(const Slot& slot, const stream::Positions& positions) {
  const auto partitions = with_offsets(positions);
  const auto code = rd_kafka_commit(client_.get(), partitions.get(), 0);
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      break;
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      return Ownership::kNo;
    default:
      return Ownership::kUnknown;
  }
  // Without a membership the coordinator takes the commit of anybody for an empty group: what
  // counts then is what the client itself knows.
  const bool is_gone = slot.is_lost || rd_kafka_assignment_lost(client_.get()) != 0;
  return is_gone ? Ownership::kNo : Ownership::kYes;
}

void Group::note_positions(const stream::Positions& positions) {
  const auto partitions = with_offsets(positions);
  rd_kafka_commit(client_.get(), partitions.get(), 1);
}

}  // namespace wiremill::kafka
