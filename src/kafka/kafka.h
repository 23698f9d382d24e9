#pragma once
// `stream` over Apache Kafka. A lane is one partition of the stage's state topic: the consumer
// group gives it, a transactional id named after it fences earlier holders, and outputs, state and
// positions are one transaction.
//
//   auto stream = kafka::open({.brokers = "127.0.0.1:9092"}, events);
//   auto lane = (*stream)->next_lane(stage, Deadline::in(100ms));
//
// What it does not do: read group offsets (they are written for lag tools), use the group's
// assignment for inputs (a lane's inputs follow from its number), create topics unasked.

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "stream/stream.h"

namespace wiremill::kafka {

struct Options {
  /// "host:port,host:port": where to begin; the cluster tells the rest.
  std::string brokers;
  std::string client_id = "wiremill";
  /// Names this process in its groups (group.instance.id): after a restart within the session
  /// timeout it gets its lanes back at once and nobody else's move. Empty: a stop gives them away
  /// at once. Two processes with one name fence each other.
  std::string instance_id;
  /// Begins every group id and transactional id: "wiremill.score", "wiremill.score.3".
  std::string prefix = "wiremill";
  /// A process that is silent so long has lost its lanes. Smaller: faster takeover after a crash,
  /// less patience with a stalled network. The broker has a least value (6 s by default).
  std::chrono::milliseconds session_timeout{6000};
  /// A process that does not ask for lanes so long has lost them, and the longest time that a
  /// rebalance waits for it. At least session_timeout.
  std::chrono::milliseconds silence_max{60000};
  /// The longest life of one unit; beyond it the broker aborts. Larger: a crashed producer that is
  /// never replaced holds up readers longer.
  std::chrono::milliseconds transaction_timeout{10000};
  /// From the end of one transaction to the begin of the next, under load: poll() waits for more
  /// records as long as the work on a unit is likely to leave of it. Larger: more latency, fewer
  /// commits; 0 collides with the broker's end of the transaction before (slower, measured).
  std::chrono::milliseconds gather{12};
  /// poll() does not wait for more when it has so many records.
  std::size_t gather_records = 500;
  /// What one lane's unread records may take in memory; one fetch may overshoot it. librdkafka
  /// looks only once a second whether a full queue has room again, so that a lane that catches up
  /// reads at most so much a second and a little more (3.5 KB records, measured: 16 MiB 8,000/s,
  /// 64 MiB 32,000/s).
  std::size_t fetch_queue_bytes = 64U << 20U;
  /// What one lane's unsent records may take in memory.
  std::size_t send_queue_bytes = 64U << 20U;
  /// Time for lanes that must be given back to commit and be destroyed; then they are lost.
  /// Below silence_max.
  std::chrono::milliseconds drain_timeout{5000};
  /// How often a lane looks for new partitions of its inputs.
  std::chrono::milliseconds partition_check{10000};
  /// How long open(), topics() and the like wait for a broker.
  std::chrono::milliseconds answer_timeout{10000};
  /// Further librdkafka settings, handed on as they are (security.protocol, ssl.*, sasl.*,
  /// compression.type …). Those that this room's promises rest on are refused. Values of secrets
  /// are never printed.
  std::map<std::string, std::string> extra;
};

/// Connects and returns when a broker has answered. The counted happenings are: commits, aborts,
/// fenced, rebuilds, recycles, unsettled, rebalances, revokes, lanes_lost; noted is what librdkafka
/// logs. Errors: transient (no broker answers: names the address), rejected (a setting,
/// authorisation).
[[nodiscard]] base::Result<std::unique_ptr<stream::Stream>> open(const Options& options,
                                                                 stream::StreamEvents events);

/// Version of the client library that runs, "2.0.2".
std::string library_version();

}  // namespace wiremill::kafka
