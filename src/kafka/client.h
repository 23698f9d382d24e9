#pragma once
// librdkafka's objects with owners, and what its threads have to say kept until our own thread
// asks. Inside this room only.
//
//   auto client = Client::make(RD_KAFKA_PRODUCER, settings, voice);
//   if (client) rd_kafka_poll(client->get(), 0);

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "stream/stream.h"

namespace wiremill::kafka {

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};

using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                   Destroy<rd_kafka_topic_partition_list_destroy>>;
using Failure = std::unique_ptr<rd_kafka_error_t, Destroy<rd_kafka_error_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Destroy<rd_kafka_message_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;

inline Partitions make_partitions(std::size_t size) {
  return Partitions(rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}

/// "Local: Timed out (_TIMED_OUT)".
std::string text_of(rd_kafka_resp_err_t code);
std::string text_of(const Failure& failure);

/// What librdkafka's threads logged, until the stream's own thread passes it on.
/// Threads: any. Memory: 100 lines; what does not fit is dropped, the last line says so.
class Voices {
 public:
  explicit Voices(stream::StreamEvents events) : events_(std::move(events)) {}
  void log(const std::string& stage, std::string_view what, std::string text);
  /// Passes on what was logged. Call it from the thread that uses the stream.
  void pass_on();
  void counted(std::string_view stage, std::string_view what) const;
  void noted(std::string_view stage, std::string_view what, std::string_view text) const;
  /// The last thing logged, for the text of an error.
  std::string last() const;

 private:
  struct Line {
    std::string stage;
    std::string what;
    std::string text;
  };
  stream::StreamEvents events_;
  mutable std::mutex mutex_;
  std::deque<Line> lines_;
  std::string last_;
};

using Settings = std::map<std::string, std::string>;

/// What a client is given besides its settings.
struct Ear {
  std::shared_ptr<Voices> voices;
  std::string stage;
  /// Set by the client's threads when a connection broke or a request timed out.
  std::atomic<bool> heard_trouble = false;
  /// Why the last record could not be written, and where the marked record landed.
  rd_kafka_resp_err_t write_error = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::int64_t marked_offset = -1;
};

/// Threads: any, as librdkafka says for each call. Owns: the client and what it calls back.
class Client {
 public:
  /// Errors: rejected, naming the key that librdkafka does not take (never a secret's value).
  [[nodiscard]] static base::Result<Client> make(rd_kafka_type_t type, const Settings& settings,
                                                 std::shared_ptr<Voices> voices,
                                                 const std::string& stage);
  rd_kafka_t* get() const { return client_.get(); }
  Ear& ear() const { return *ear_; }

 private:
  Client() = default;
  std::unique_ptr<Ear> ear_;  // outlives the client, whose threads use it
  std::unique_ptr<rd_kafka_t, Destroy<rd_kafka_destroy>> client_;
};

/// Lets a client learn where a topic's partitions are, before it needs them: left to itself it
/// learns that in its once-a-second round. Best effort: what fails here fails later with a reason.
void introduce(const Client& client, const std::string& topic, std::chrono::milliseconds span);

/// True for a key whose value must not be printed.
bool is_secret(std::string_view key);

}  // namespace wiremill::kafka
