#include "kafka/appender.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kafka/produce.h"
#include "kafka/settings.h"

namespace wiremill::kafka {

base::Result<void> Appender::append(const std::vector<stream::Output>& records) {
  if (records.empty()) return {};
  const std::lock_guard lock(mutex_);
  auto limit = least_limit(records);
  if (!limit) return base::fail(limit.error());
  auto opened = open(*limit);
  if (!opened) return opened;
  auto sent = send(records);
  // What it still holds must not follow later, after the caller has heard that it failed.
  if (!sent) client_.reset();
  return sent;
}

base::Result<std::size_t> Appender::least_limit(const std::vector<stream::Output>& records) {
  std::size_t least = kBatchBytesMax;
  for (const stream::Output& record : records) {
    auto limit = check_size(*topics_, line_of(record));
    if (!limit) return limit;
    least = std::min(least, *limit);
  }
  return least;
}

base::Result<void> Appender::open(std::size_t batch_bytes) {
  if (client_ && batch_bytes_ <= batch_bytes) return {};
  client_.reset();
  auto client =
      Client::make(RD_KAFKA_PRODUCER, append_settings(options_, batch_bytes), voices_, "");
  if (!client) return base::fail(client.error());
  client_.emplace(*std::move(client));
  batch_bytes_ = batch_bytes;
  return {};
}

base::Result<void> Appender::send(const std::vector<stream::Output>& records) {
  client_->ear().write_error = RD_KAFKA_RESP_ERR_NO_ERROR;
  const auto until = base::Deadline::in(options_.answer_timeout);
  for (const stream::Output& record : records) {
    const auto code = produce(client_->get(), line_of(record), nullptr, until);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    return base::transient(fmt::format("appending to topic {}: {}", record.topic, text_of(code)));
  }
  // Every record is answered within its own timeout; a little more lets the answers come in.
  const auto span = options_.answer_timeout * 2;
  const auto flushed = rd_kafka_flush(client_->get(), static_cast<int>(span.count()));
  const auto code = flushed != RD_KAFKA_RESP_ERR_NO_ERROR ? flushed : client_->ear().write_error;
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  topics_->forget_limits();
  return base::transient(fmt::format("appending {} records to {}: {}", records.size(),
                                     options_.brokers, text_of(code)));
}

}  // namespace wiremill::kafka
