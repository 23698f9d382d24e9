#pragma once
// Writes units as transactions under one transactional id. Opening it fences whoever wrote under
// the id before and ends what they left open.
//
//   auto writer = Writer::open(options, "score", 3, batch_bytes, voices);
//   switch (writer->write(lines)) { … }

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "kafka/client.h"
#include "kafka/kafka.h"
#include "kafka/produce.h"

namespace wiremill::kafka {

enum class Ending {
  kCommitted,
  kAborted,   ///< nothing of it is or will be visible
  kDoubtful,  ///< nobody knows, or the client is of no more use: open a new one and look
};

/// Threads: one at a time. Owns: the client. Memory: Options::send_queue_bytes.
class Writer {
 public:
  /// Errors: transient (the id's coordinator does not answer), rejected (authorisation).
  [[nodiscard]] static base::Result<Writer> open(const Options& options, const std::string& stage,
                                                 std::int32_t lane, std::size_t batch_bytes,
                                                 const std::shared_ptr<Voices>& voices);

  /// Writes all lines in one transaction; the last line is the mark. Requires: each line fits its
  /// topic. Takes: at most about twice the transaction timeout.
  Ending write(const std::vector<Line>& lines);
  /// True when the last write ended well but something was wrong on the way (a connection broke, a
  /// request timed out, it took long): a request may still be under way that could end a later
  /// transaction, so the client must not be used again.
  bool is_suspect() const { return is_suspect_; }
  /// Where the mark of the last committed write is.
  std::int64_t marked_offset() const { return client_.ear().marked_offset; }
  /// Why the last write was not committed, for people.
  const std::string& trouble() const { return trouble_; }

 private:
  Writer(Client client, const Options& options)
      : client_(std::move(client)),
        transaction_timeout_(options.transaction_timeout),
        answer_timeout_(options.answer_timeout) {}
  void introduce_topics(const std::vector<Line>& lines);
  Ending commit(base::Deadline until);
  Ending abort(base::Deadline until);
  void note(const Failure& failure);

  Client client_;
  std::chrono::milliseconds transaction_timeout_;
  std::chrono::milliseconds answer_timeout_;
  std::set<std::string, std::less<>> introduced_;
  bool is_suspect_ = false;
  std::string trouble_;
};

}  // namespace wiremill::kafka
