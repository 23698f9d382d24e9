#pragma once
// The librdkafka settings of each kind of client, with the reason for each that is not a default.

#include <string>

#include "kafka/client.h"
#include "kafka/kafka.h"

namespace wiremill::kafka {

/// Errors: rejected, naming each of `options.extra` that this room sets itself, and each span that
/// contradicts another.
[[nodiscard]] base::Result<void> check(const Options& options);

std::string group_id(const Options& options, const std::string& stage);
std::string lane_id(const Options& options, const std::string& stage, std::int32_t lane);

/// The member of the stage's group that is given lanes and reads nothing.
Settings group_settings(const Options& options, const std::string& stage);
/// How a reader ends: never, or at the present end, which it then wants to hear of soon.
enum class Reach { kOnward, kToTheEnd };
/// Reads what is committed, from where it is told to.
Settings reader_settings(const Options& options, const std::string& stage, Reach reach);
/// Asks for the ends of partitions, open transactions included.
Settings ends_settings(const Options& options);
/// Writes units. `batch_bytes` is the least limit of the topics it writes to.
Settings writer_settings(const Options& options, const std::string& stage, std::int32_t lane,
                         std::size_t batch_bytes);
/// Appends outside lanes, and asks for topics and their settings.
Settings append_settings(const Options& options, std::size_t batch_bytes);

}  // namespace wiremill::kafka
