#include "kafka/writer.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "base/assert.h"
#include "kafka/settings.h"

namespace wiremill::kafka {

namespace {

constexpr auto kRetryPause = std::chrono::milliseconds(20);

/// Calls again while librdkafka says that the same call may succeed. The call is given what is
/// left, though librdkafka recommends no limit (-1): without one it does not come back while no
/// broker answers (measured), and a stop would wait with it. Its warning, that its own state may
/// be left behind, is met by never using a client again whose call ran out of time.
template <class Call>
Failure insist(base::Deadline until, const Call& call) {
  for (;;) {
    Failure failure(call(static_cast<int>(until.left().count())));
    if (!failure || !rd_kafka_error_is_retriable(failure.get()) || until.passed()) return failure;
    std::this_thread::sleep_for(kRetryPause);
  }
}

}  // namespace

base::Result<Writer> Writer::open(const Options& options, const std::string& stage,
                                  std::int32_t lane, std::size_t batch_bytes,
                                  const std::shared_ptr<Voices>& voices) {
  auto client = Client::make(RD_KAFKA_PRODUCER,
                             writer_settings(options, stage, lane, batch_bytes), voices, stage);
  if (!client) return base::fail(client.error());
  const auto span = options.transaction_timeout;
  const auto failure = insist(base::Deadline::in(span), [&](int ms) {
    return rd_kafka_init_transactions(client->get(), ms);
  });
  if (!failure) return Writer(*std::move(client), options);
  const std::string text = fmt::format("taking over transactional id {}: {}",
                                       lane_id(options, stage, lane), text_of(failure));
  switch (rd_kafka_error_code(failure.get())) {
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
      return base::rejected(text);
    default:
      return base::transient(text);
  }
}

void Writer::note(const Failure& failure) {
  trouble_ = text_of(failure);
  const auto code = client_.ear().write_error;
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) trouble_ += "; a record failed with " + text_of(code);
}

void Writer::introduce_topics(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (introduced_.contains(line.topic)) continue;
    introduced_.emplace(line.topic);
    introduce(client_, std::string(line.topic), answer_timeout_);
  }
}

Ending Writer::write(const std::vector<Line>& lines) {
  WIREMILL_ASSERT(!lines.empty() && !is_suspect_);
  introduce_topics(lines);
  const base::Stopwatch watch;
  Ear& ear = client_.ear();
  ear.heard_trouble = false;
  ear.write_error = RD_KAFKA_RESP_ERR_NO_ERROR;
  trouble_.clear();
  const Failure failure(rd_kafka_begin_transaction(client_.get()));
  if (failure) {
    note(failure);
    return Ending::kDoubtful;
  }
  const auto until = base::Deadline::in(transaction_timeout_);
  Ending ending = Ending::kCommitted;
  for (std::size_t i = 0; i < lines.size() && ending == Ending::kCommitted; ++i) {
    const bool is_mark = i + 1 == lines.size();
    const auto code = produce(client_.get(), lines[i], is_mark ? this : nullptr, until);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    trouble_ = fmt::format("a record for topic {}: {}", lines[i].topic, text_of(code));
    ending = abort(until);
  }
  if (ending == Ending::kCommitted) ending = commit(until);
  const std::chrono::duration<double> slow = transaction_timeout_ / 2;
  is_suspect_ = ear.heard_trouble || watch.seconds() > slow.count();
  return ending;
}

Ending Writer::commit(base::Deadline until) {
  const auto failure = insist(
      until, [&](int ms) { return rd_kafka_commit_transaction(client_.get(), ms); });
  if (!failure) return Ending::kCommitted;
  note(failure);
  return rd_kafka_error_txn_requires_abort(failure.get()) ? abort(until) : Ending::kDoubtful;
}

Ending Writer::abort(base::Deadline until) {
  const auto later = base::Deadline::in(until.left() + transaction_timeout_);
  const std::string before = trouble_;
  const auto failure = insist(
      later, [&](int ms) { return rd_kafka_abort_transaction(client_.get(), ms); });
  if (!failure) return Ending::kAborted;
  note(failure);
  trouble_ = before + "; and the abort failed: " + trouble_;
  return Ending::kDoubtful;
}

}  // namespace wiremill::kafka
