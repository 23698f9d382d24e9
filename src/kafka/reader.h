#pragma once
// Reads committed records of partitions it is told, from offsets it is told.
//
//   reader.assign({{{"facts", 0}, 17}});
//   auto seen = reader.next(100ms);      // a record, an end, or nothing yet

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/time.h"
#include "kafka/client.h"
#include "kafka/kafka.h"
#include "kafka/settings.h"

namespace wiremill::kafka {

/// From the first record there is.
inline constexpr std::int64_t kBeginning = RD_KAFKA_OFFSET_BEGINNING;

/// What one look brings.
struct Seen {
  std::optional<stream::Record> record;
  /// The partition has been read up to this offset, which at that moment was the end of what is
  /// committed.
  std::optional<std::pair<stream::Source, std::int64_t>> end;
  /// The offset to read next is not in the log.
  std::optional<stream::Source> gone;
};

/// The offsets of a partition: first ≤ offset < next.
struct Ends {
  std::int64_t first = 0;
  std::int64_t next = 0;
};

/// Asks a client for the ends of a partition as its isolation lets it see them.
[[nodiscard]] base::Result<Ends> ask_ends(const Client& client, const stream::Source& source,
                                          std::chrono::milliseconds span);

/// Threads: one at a time. Owns: the client. Memory: Options::fetch_queue_bytes and one fetch.
class Reader {
 public:
  [[nodiscard]] static base::Result<Reader> open(const Options& options, const std::string& stage,
                                                 Reach reach,
                                                 const std::shared_ptr<Voices>& voices);

  /// From now on these partitions, from these offsets; drops what was fetched before.
  [[nodiscard]] base::Result<void> assign(const stream::Positions& from);
  /// Waits up to `span` for something. Errors: transient, rejected (authorisation).
  [[nodiscard]] base::Result<Seen> next(std::chrono::milliseconds span);
  /// Asks for the ends of a partition: of what this reader may see, open transactions not.
  /// Errors: transient.
  [[nodiscard]] base::Result<Ends> ends(const stream::Source& source,
                                        std::chrono::milliseconds span) const;
  /// The ends of a partition as the last fetch told them; 0 before.
  Ends known_ends(const stream::Source& source) const;

  using Each = std::function<base::Result<void>(stream::Record)>;
  using Offsets = std::map<stream::Source, std::int64_t>;
  /// Gives every committed record from the present assignment up to `ends` (exclusive; open
  /// transactions below it are waited for). Returns the ends that were not reached because nothing
  /// moved for `patience`; empty: all of it was read.
  [[nodiscard]] base::Result<Offsets> read_until(Offsets ends, std::chrono::milliseconds patience,
                                                 const Each& each);

 private:
  Reader(Client client, std::chrono::milliseconds answer_timeout)
      : client_(std::move(client)), answer_timeout_(answer_timeout) {}

  Client client_;
  std::chrono::milliseconds answer_timeout_;
  std::set<std::string> introduced_;
};

}  // namespace wiremill::kafka
