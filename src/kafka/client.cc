#include "kafka/client.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace wiremill::kafka {

namespace {

constexpr std::size_t kLinesMax = 100;
constexpr int kWarning = 4;  // syslog

/// Runs on librdkafka's threads: only notes.
void on_log(const rd_kafka_t* client, int level, const char* what, const char* text) {
  auto* ear = static_cast<Ear*>(rd_kafka_opaque(client));
  const std::string_view word(what);
  if (word == "FAIL" || word == "REQTMOUT" || word == "ERROR") ear->heard_trouble = true;
  // Keys for consumers reach producers and the other way round: not worth a line each time.
  if (level > kWarning || word == "CONFWARN") return;
  ear->voices->log(ear->stage, word, text);
}

/// Runs inside our own calls of poll, flush and commit.
void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  auto* ear = static_cast<Ear*>(opaque);
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    ear->write_error = message->err;
  } else if (message->_private != nullptr) {
    ear->marked_offset = message->offset;
  }
}

}  // namespace

std::string text_of(rd_kafka_resp_err_t code) {
  return fmt::format("{} ({})", rd_kafka_err2str(code), rd_kafka_err2name(code));
}

std::string text_of(const Failure& failure) {
  return fmt::format("{} ({})", rd_kafka_error_string(failure.get()),
                     rd_kafka_error_name(failure.get()));
}

void Voices::log(const std::string& stage, std::string_view what, std::string text) {
  const std::lock_guard lock(mutex_);
  last_ = text;
  if (lines_.size() == kLinesMax) {
    lines_.back() = {stage, "DROPPED", "more was logged than could be kept"};
    return;
  }
  lines_.push_back({stage, std::string(what), std::move(text)});
}

void Voices::pass_on() {
  std::deque<Line> lines;
  {
    const std::lock_guard lock(mutex_);
    lines.swap(lines_);
  }
  for (const Line& line : lines) noted(line.stage, line.what, line.text);
}

void Voices::counted(std::string_view stage, std::string_view what) const {
  if (events_.counted) events_.counted(stage, what);
}

void Voices::noted(std::string_view stage, std::string_view what, std::string_view text) const {
  if (events_.noted) events_.noted(stage, what, text);
}

std::string Voices::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

void introduce(const Client& client, const std::string& topic, std::chrono::milliseconds span) {
  using Topic = std::unique_ptr<rd_kafka_topic_t, Destroy<rd_kafka_topic_destroy>>;
  const Topic known(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  if (!known) return;
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(client.get(), 0, known.get(), &metadata,
                                      static_cast<int>(span.count()));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_metadata_destroy(metadata);
}

bool is_secret(std::string_view key) {
  for (const std::string_view word : {"password", "secret", "key.pem", "token", "oauthbearer"}) {
    if (key.find(word) != std::string_view::npos) return true;
  }
  return false;
}

base::Result<Client> Client::make(rd_kafka_type_t type, const Settings& settings,
                                  std::shared_ptr<Voices> voices, const std::string& stage) {
  Client client;
  client.ear_ = std::make_unique<Ear>();
  client.ear_->voices = std::move(voices);
  client.ear_->stage = stage;
  std::unique_ptr<rd_kafka_conf_t, Destroy<rd_kafka_conf_destroy>> conf(rd_kafka_conf_new());
  std::array<char, 512> why{};
  for (const auto& [key, value] : settings) {
    const auto set =
        rd_kafka_conf_set(conf.get(), key.c_str(), value.c_str(), why.data(), why.size());
    if (set == RD_KAFKA_CONF_OK) continue;
    return base::rejected(fmt::format("kafka setting {}: {}", key,
                                      is_secret(key) ? "its value is not accepted" : why.data()));
  }
  rd_kafka_conf_set_opaque(conf.get(), client.ear_.get());
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  if (type == RD_KAFKA_PRODUCER) {
    rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  } else {
    rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR);
  }
  client.client_.reset(rd_kafka_new(type, conf.get(), why.data(), why.size()));
  if (!client.client_) {
    return base::rejected(fmt::format("the Kafka client cannot be made: {}", why.data()));
  }
  static_cast<void>(conf.release());  // the client owns it now
  return client;
}

}  // namespace wiremill::kafka
