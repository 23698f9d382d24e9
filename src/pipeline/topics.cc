#include "pipeline/topics.h"

#include <fmt/format.h>

namespace wiremill::pipeline {

std::vector<stream::TopicPlan> plan(const Topics& topics, const Layout& layout) {
  const auto kept = [&](const std::string& name, std::int32_t partitions) {
    return stream::TopicPlan{.topic = name,
                             .partitions = partitions,
                             .compacted = false,
                             .lanes = false,
                             .retention_ms = layout.retention_ms,
                             .message_bytes_max = layout.message_bytes_max};
  };
  const auto compacted = [&](const std::string& name, std::int32_t partitions) {
    return stream::TopicPlan{.topic = name,
                             .partitions = partitions,
                             .compacted = true,
                             .lanes = name != topics.signals,
                             .retention_ms = -1,
                             .message_bytes_max = layout.message_bytes_max};
  };
  return {kept(topics.news, layout.input_partitions),
          kept(topics.filings, layout.input_partitions),
          kept(topics.facts, layout.facts_partitions),
          kept(topics.held, layout.facts_partitions),
          compacted(topics.signals, layout.facts_partitions),
          compacted(topics.extract_state, layout.extract_lanes),
          compacted(topics.score_state, layout.score_shards),
          kept(topics.dead_letters, 1)};
}

std::vector<std::string> differences(const std::vector<stream::TopicPlan>& plans,
                                     const std::map<std::string, stream::TopicPlan>& actual) {
  std::vector<std::string> found;
  for (const stream::TopicPlan& wanted : plans) {
    const auto at = actual.find(wanted.topic);
    if (at == actual.end()) {
      found.push_back(fmt::format("topic \"{}\" does not exist", wanted.topic));
      continue;
    }
    const stream::TopicPlan& is = at->second;
    if (wanted.lanes ? is.partitions != wanted.partitions : is.partitions < wanted.partitions) {
      found.push_back(fmt::format("topic \"{}\" has {} partitions, planned are {}", wanted.topic,
                                  is.partitions, wanted.partitions));
    }
    if (is.compacted != wanted.compacted) {
      found.push_back(fmt::format("topic \"{}\" is {}compacted, planned is {}compacted",
                                  wanted.topic, is.compacted ? "" : "not ",
                                  wanted.compacted ? "" : "not "));
    }
    if (is.message_bytes_max < wanted.message_bytes_max) {
      found.push_back(fmt::format("topic \"{}\" takes messages of {} bytes, planned are {}",
                                  wanted.topic, is.message_bytes_max, wanted.message_bytes_max));
    }
  }
  return found;
}

stream::Stage extract_stage(const Topics& topics) {
  return {.name = "extract",
          .state_topic = topics.extract_state,
          .inputs = {topics.news, topics.filings},
          .reading = stream::Reading::kShare};
}

stream::Stage score_stage(const Topics& topics) {
  return {.name = "score",
          .state_topic = topics.score_state,
          .inputs = {topics.facts, topics.held},
          .reading = stream::Reading::kAll};
}

}  // namespace wiremill::pipeline
