#include "kafka/produce.h"

#include <fmt/format.h>

#include <utility>

#include "stream/stored_bytes.h"

namespace wiremill::kafka {

namespace {

using Headers = std::unique_ptr<rd_kafka_headers_t, Destroy<rd_kafka_headers_destroy>>;

constexpr int kRoomLookMs = 5;

Headers copy_of(const stream::Headers* headers) {
  if (headers == nullptr || headers->empty()) return nullptr;
  Headers copy(rd_kafka_headers_new(headers->size()));
  for (const auto& [name, value] : *headers) {
    rd_kafka_header_add(copy.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return copy;
}

// The macros of producev cast as C does.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
rd_kafka_resp_err_t produce_once(rd_kafka_t* client, const char* topic, const Line& line,
                                 rd_kafka_headers_t* headers, void* mark) {
  // An empty view may have no address, which would make its record a tombstone.
  const std::string_view value = line.value.value_or("");
  const void* start = !line.value ? nullptr : value.empty() ? "" : value.data();
  const void* key = line.key.empty() ? nullptr : line.key.data();
  return rd_kafka_producev(
      client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(line.partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, line.key.size()),
      RD_KAFKA_V_VALUE(const_cast<void*>(start), value.size()), RD_KAFKA_V_HEADERS(headers),
      RD_KAFKA_V_OPAQUE(mark), RD_KAFKA_V_END);
}
#pragma GCC diagnostic pop

}  // namespace

Line line_of(const stream::Output& output) {
  return {.topic = output.topic,
          .key = output.key,
          .value = output.value,
          .headers = &output.headers};
}

base::Result<std::size_t> check_size(Topics& topics, const Line& line) {
  auto limit = topics.message_bytes_max(std::string(line.topic));
  if (!limit) return base::fail(limit.error());
  const auto bytes =
      stream::stored_bytes(line.key.size(), line.value ? line.value->size() : 0,
                           line.headers == nullptr ? stream::Headers{} : *line.headers);
  if (std::cmp_less_equal(bytes, *limit)) return static_cast<std::size_t>(*limit);
  return base::malformed("output_too_large",
                         fmt::format("a record for topic {} with key '{}' is {} bytes; the topic "
                                     "takes {}",
                                     line.topic, line.key, bytes, *limit));
}

rd_kafka_resp_err_t produce(rd_kafka_t* client, const Line& line, void* mark,
                            base::Deadline until) {
  const std::string topic(line.topic);
  for (;;) {
    Headers headers = copy_of(line.headers);
    const auto code = produce_once(client, topic.c_str(), line, headers.get(), mark);
    // A record that is taken takes its headers along.
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) static_cast<void>(headers.release());
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL || until.passed()) return code;
    rd_kafka_poll(client, kRoomLookMs);
  }
}

}  // namespace wiremill::kafka
