#include "kafka/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace wiremill::kafka {

namespace {

constexpr auto kEndsPause = std::chrono::milliseconds(50);

stream::Headers headers_of(const rd_kafka_message_t& message) {
  stream::Headers headers;
  rd_kafka_headers_t* all = nullptr;
  if (rd_kafka_message_headers(&message, &all) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(all, i, &name, &value, &size) ==
                          RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    const auto* start = static_cast<const char*>(value);
    headers.emplace_back(name, start == nullptr ? std::string() : std::string(start, size));
  }
  return headers;
}

stream::Record to_record(const rd_kafka_message_t& message) {
  stream::Record record;
  record.from = {rd_kafka_topic_name(message.rkt), message.partition};
  record.offset = message.offset;
  record.appended = base::from_unix_ms(rd_kafka_message_timestamp(&message, nullptr));
  if (message.key != nullptr) {
    record.key.assign(static_cast<const char*>(message.key), message.key_len);
  }
  if (message.payload != nullptr) {
    record.value.emplace(static_cast<const char*>(message.payload), message.len);
  }
  record.headers = headers_of(message);
  return record;
}

}  // namespace

base::Result<Reader> Reader::open(const Options& options, const std::string& stage, Reach reach,
                                  const std::shared_ptr<Voices>& voices) {
  auto client =
      Client::make(RD_KAFKA_CONSUMER, reader_settings(options, stage, reach), voices, stage);
  if (!client) return base::fail(client.error());
  rd_kafka_poll_set_consumer(client->get());
  return Reader(*std::move(client), options.answer_timeout);
}

base::Result<void> Reader::assign(const stream::Positions& from) {
  const auto partitions = make_partitions(from.size());
  for (const auto& [source, next] : from) {
    if (introduced_.insert(source.topic).second) introduce(client_, source.topic, answer_timeout_);
    rd_kafka_topic_partition_list_add(partitions.get(), source.topic.c_str(), source.partition)
        ->offset = next;
  }
  const auto code = rd_kafka_assign(client_.get(), partitions.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return base::transient(fmt::format("assigning {} partitions: {}", from.size(), text_of(code)));
}

base::Result<Seen> Reader::next(std::chrono::milliseconds span) {
  const Message message(rd_kafka_consumer_poll(client_.get(), static_cast<int>(span.count())));
  Seen seen;
  if (!message) return seen;
  switch (message->err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      seen.record = to_record(*message);
      return seen;
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      seen.end = {{rd_kafka_topic_name(message->rkt), message->partition}, message->offset};
      return seen;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      seen.gone = {rd_kafka_topic_name(message->rkt), message->partition};
      return seen;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      return base::rejected(fmt::format("reading: {}", rd_kafka_message_errstr(message.get())));
    default:
      // librdkafka goes on by itself: a broker that went away, a leader that moved.
      client_.ear().voices->log(client_.ear().stage, "READ",
                                rd_kafka_message_errstr(message.get()));
      return seen;
  }
}

base::Result<Ends> ask_ends(const Client& client, const stream::Source& source,
                            std::chrono::milliseconds span) {
  Ends found;
  const auto until = base::Deadline::in(span);
  auto code = RD_KAFKA_RESP_ERR_NO_ERROR;
  do {
    code = rd_kafka_query_watermark_offsets(client.get(), source.topic.c_str(), source.partition,
                                            &found.first, &found.next,
                                            static_cast<int>(until.left().count()));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return found;
    // A leader that moved, a topic that was just made: a moment later somebody answers.
    std::this_thread::sleep_for(kEndsPause);
  } while (!until.passed());
  return base::transient(fmt::format("asking for the ends of {} partition {}: {}", source.topic,
                                     source.partition, text_of(code)));
}

base::Result<Ends> Reader::ends(const stream::Source& source,
                                std::chrono::milliseconds span) const {
  return ask_ends(client_, source, span);
}

Ends Reader::known_ends(const stream::Source& source) const {
  std::int64_t low = 0;
  std::int64_t high = 0;
  const auto code = rd_kafka_get_watermark_offsets(client_.get(), source.topic.c_str(),
                                                   source.partition, &low, &high);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return {std::max<std::int64_t>(low, 0), std::max<std::int64_t>(high, 0)};
}

base::Result<Reader::Offsets> Reader::read_until(Offsets ends, std::chrono::milliseconds patience,
                                                 const Each& each) {
  const auto reached = [&](const stream::Source& source, std::int64_t next) {
    const auto at = ends.find(source);
    if (at != ends.end() && next >= at->second) ends.erase(at);
  };
  std::erase_if(ends, [](const auto& end) { return end.second <= 0; });
  auto deadline = base::Deadline::in(patience);
  while (!ends.empty()) {
    auto seen = next(std::chrono::milliseconds(100));
    if (!seen) return base::fail(seen.error());
    if (seen->record) {
      const auto source = seen->record->from;
      const auto offset = seen->record->offset;
      const auto end = ends.find(source);
      if (end == ends.end() || offset >= end->second) continue;
      auto taken = each(*std::move(seen->record));
      if (!taken) return base::fail(taken.error());
      reached(source, offset + 1);
      deadline = base::Deadline::in(patience);
    } else if (seen->end) {
      // Short of the end that was asked for: a transaction is open there, and its end will come.
      reached(seen->end->first, seen->end->second);
    } else if (seen->gone) {
      return base::transient(fmt::format("{} partition {} lost records while it was read",
                                         seen->gone->topic, seen->gone->partition));
    }
    if (deadline.passed()) break;
  }
  return ends;
}

}  // namespace wiremill::kafka
