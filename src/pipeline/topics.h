#pragma once
// The topics of one installation and how each must be laid out.

#include <string>
#include <vector>

#include "stream/stream.h"

namespace wiremill::pipeline {

/// Names are configuration; the defaults are those of the documentation.
struct Topics {
  std::string news = "news";
  std::string filings = "filings";
  std::string facts = "wiremill.facts";
  std::string held = "wiremill.held";  ///< facts of events under embargo: restrict who reads it
  std::string signals = "wiremill.signals";
  std::string extract_state = "wiremill.extract-state";
  std::string score_state = "wiremill.score-state";
  std::string dead_letters = "wiremill.dead-letters";
};

/// How wide topics are when wiremill makes them. Lanes are partitions of the state topics: more
/// lanes let more processes share the work, and cannot be changed while state is in them.
struct Layout {
  std::int32_t input_partitions = 4;
  std::int32_t facts_partitions = 4;
  std::int32_t extract_lanes = 4;
  std::int32_t score_shards = 1;  ///< every score lane reads all facts: 1 unless scoring is slow
  std::int64_t retention_ms = std::int64_t{30} * 24 * 3600 * 1000;  ///< of all but compacted topics
  std::int64_t message_bytes_max = 1048576;
};

/// Every topic of the installation, in the order in which they are made and shown.
std::vector<stream::TopicPlan> plan(const Topics& topics, const Layout& layout);

/// What differs between plan and log, one sentence each; empty when all is well. A topic may have
/// more input or facts partitions than planned, never another number of lanes.
std::vector<std::string> differences(const std::vector<stream::TopicPlan>& plans,
                                     const std::map<std::string, stream::TopicPlan>& actual);

stream::Stage extract_stage(const Topics& topics);
stream::Stage score_stage(const Topics& topics);

}  // namespace wiremill::pipeline
