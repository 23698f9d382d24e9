#include "kafka/kafka.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "kafka/appender.h"
#include "kafka/group.h"
#include "kafka/lane.h"
#include "kafka/reader.h"
#include "kafka/settings.h"
#include "kafka/topics.h"

namespace wiremill::kafka {

namespace {

/// How long a scan waits for the end of a transaction.
constexpr auto kOpenPatience = std::chrono::milliseconds(1000);

/// See stream::Stream. One group a stage, one appender.
class KafkaStream final : public stream::Stream {
 public:
  KafkaStream(Options options, std::shared_ptr<Voices> voices, std::shared_ptr<Topics> topics)
      : shared_{std::move(options), std::move(voices), std::move(topics)},
        appender_(shared_.options, shared_.voices, shared_.topics) {}

  base::Result<std::unique_ptr<stream::Lane>> next_lane(const stream::Stage& stage,
                                                        base::Deadline until) override;

  base::Result<void> append(const std::vector<stream::Output>& records) override {
    return appender_.append(records);
  }

  base::Result<std::map<std::string, stream::TopicPlan>> topics() override {
    return shared_.topics->all();
  }

  base::Result<void> create(const std::vector<stream::TopicPlan>& plans) override {
    return shared_.topics->create(plans);
  }

  base::Result<void> scan(
      const std::string& topic,
      const std::function<base::Result<void>(const stream::Record&)>& each) override;

 private:
  struct Membership {
    std::shared_ptr<Group> group;
    std::int32_t lanes = 0;
  };
  base::Result<Membership> membership(const stream::Stage& stage);

  Shared shared_;
  Appender appender_;
  std::mutex mutex_;
  std::map<std::string, Membership> memberships_;  // by stage
};

base::Result<KafkaStream::Membership> KafkaStream::membership(const stream::Stage& stage) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = memberships_.find(stage.name);
    if (known != memberships_.end()) return known->second;
  }
  std::set<std::string> names(stage.inputs.begin(), stage.inputs.end());
  names.insert(stage.state_topic);
  auto plans = shared_.topics->some(names);
  if (!plans) return base::fail(plans.error());
  std::string wrong;
  const auto add = [&](const std::string& text) { wrong += (wrong.empty() ? "" : "; ") + text; };
  for (const std::string& name : names) {
    if (!plans->contains(name)) add(missing_topic(name));
  }
  const auto state = plans->find(stage.state_topic);
  if (state != plans->end() && !state->second.compacted) {
    add(fmt::format("topic {} holds state but is not compacted: make it anew with `wiremill "
                    "topics apply`",
                    stage.state_topic));
  }
  if (!wrong.empty()) return base::rejected(wrong);
  auto group = Group::join(shared_.options, stage, shared_.voices);
  if (!group) return base::fail(group.error());
  const std::lock_guard lock(mutex_);
  return memberships_[stage.name] = {*std::move(group), state->second.partitions};
}

base::Result<std::unique_ptr<stream::Lane>> KafkaStream::next_lane(const stream::Stage& stage,
                                                                   base::Deadline until) {
  shared_.voices->pass_on();
  auto member = membership(stage);
  if (!member) return base::fail(member.error());
  auto given = member->group->next(until);
  if (!given) return base::fail(given.error());
  if (!*given) return nullptr;
  auto lane = KafkaLane::take(shared_, stage, member->group, **given, member->lanes);
  if (!lane) {
    member->group->give_back(**given);
    return base::fail(lane.error());
  }
  return *std::move(lane);
}

base::Result<void> KafkaStream::scan(
    const std::string& topic,
    const std::function<base::Result<void>(const stream::Record&)>& each) {
  auto plans = shared_.topics->partitions();
  if (!plans) return base::fail(plans.error());
  const auto count = plans->find(topic);
  if (count == plans->end()) return base::rejected(missing_topic(topic));
  auto reader = Reader::open(shared_.options, "scan", Reach::kToTheEnd, shared_.voices);
  if (!reader) return base::fail(reader.error());
  Reader::Offsets ends;
  stream::Positions from;
  for (std::int32_t partition = 0; partition < count->second; ++partition) {
    const stream::Source source{topic, partition};
    auto extent = shared_.topics->ends(source);
    if (!extent) return base::fail(extent.error());
    if (extent->next <= extent->first) continue;
    ends[source] = extent->next;
    from[source] = kBeginning;
  }
  if (from.empty()) return {};
  auto assigned = reader->assign(from);
  if (!assigned) return assigned;
  // A broker ends a transaction a moment after it has promised to: what is open is given a moment.
  // What is open after it has not been committed.
  auto left = reader->read_until(std::move(ends), kOpenPatience,
                                 [&](const stream::Record& record) { return each(record); });
  if (!left) return base::fail(left.error());
  for (const auto& [source, end] : *left) {
    auto committed = reader->ends(source, shared_.options.answer_timeout);
    if (!committed) return base::fail(committed.error());
    if (committed->next >= end) {
      return base::transient(fmt::format("{} partition {} cannot be read up to offset {}",
                                         source.topic, source.partition, end));
    }
  }
  return {};
}

}  // namespace

base::Result<std::unique_ptr<stream::Stream>> open(const Options& options,
                                                   stream::StreamEvents events) {
  auto fits = check(options);
  if (!fits) return base::fail(fits.error());
  auto voices = std::make_shared<Voices>(std::move(events));
  auto topics = Topics::connect(options, voices);
  voices->pass_on();
  if (!topics) return base::fail(topics.error());
  return std::make_unique<KafkaStream>(options, voices, *std::move(topics));
}

std::string library_version() { return rd_kafka_version_str(); }

}  // namespace wiremill::kafka
