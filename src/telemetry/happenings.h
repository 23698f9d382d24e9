#pragma once
// Every happening worth counting or logging, named once. A happening says what took place and
// nothing of metrics: `Telemetry` alone knows which counter moves and whether a line is written.
//
//   telemetry.record(RecordsConsumed{.topic = "news", .records = 120, .bytes = 88'000});
//   telemetry.record(DeadLettered{.stage = "extract", .reason = "bad_json", .topic = "news"});
//
// String views are borrowed for the call. Words with a closed set (stage, reason, kind, …) that
// are not known count as "other". Fields marked [log] appear in the log line only, never in a
// label, so they may hold text from outside. [owner] is the lane that says so: what it showed goes
// away when it is closed or lost, because another process shows it then. Spans are seconds.

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace wiremill::telemetry {

// ---- the service ------------------------------------------------------------------------------

/// The process works; `log` is "kafka", "local" or "memory".
struct ServiceStarted {
  std::string_view stage = {};    ///< [log] "all", "extract", "score"
  std::string_view log = {};      ///< [log]
  std::string_view address = {};  ///< [log] where HTTP listens, empty when it does not
};
struct ServiceStopping {
  std::string_view cause = {};  ///< [log] "signal", "input_ended", "error"
};
struct ServiceStopped {
  bool clean = true;   ///< [log] all lanes were given back in time
  double seconds = 0;  ///< [log] since stopping began
};
/// The knowledge in use from now on; replaces what was shown before.
struct CatalogLoaded {
  std::string_view version = {};
  std::string_view digest = {};
};
/// An Error reached a stage's loop.
struct StageFailed {
  std::string_view stage = {};
  base::ErrorKind kind = base::ErrorKind::kTransient;
  std::string_view text = {};  ///< [log]
};

// ---- in ---------------------------------------------------------------------------------------

struct RecordsConsumed {
  std::string_view topic = {};
  std::uint64_t records = 1;
  std::uint64_t bytes = 0;
};
struct DeadLettered {
  std::string_view stage = {};
  std::string_view reason = {};
  std::string_view topic = {};   ///< [log]
  std::int32_t partition = 0;    ///< [log]
  std::int64_t offset = 0;       ///< [log]
  std::string_view detail = {};  ///< [log]
};
/// A known record carried fields that its schema does not name; they were ignored.
struct UnknownFields {
  std::string_view topic = {};
  std::uint64_t fields = 1;
};
struct LagObserved {
  std::string_view lane = {};  ///< [owner]
  std::string_view topic = {};
  std::int32_t partition = 0;
  std::int64_t records = 0;
};
/// The newest record that a commit covers, by the record's own time.
struct PositionMoved {
  std::string_view lane = {};  ///< [owner]
  std::string_view topic = {};
  std::int32_t partition = 0;
  base::Instant appended = {};
};

// ---- lanes ------------------------------------------------------------------------------------

struct LaneAcquired {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
};
/// Somebody else holds the lane: what was not committed is dropped.
struct LaneLost {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
};
/// The lane was given back in order.
struct LaneClosed {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
};
struct Restored {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
  std::uint64_t records = 0;
  double seconds = 0;
};
struct UnitCommitted {
  std::string_view stage = {};
  std::uint64_t records = 0;  ///< input records that it covers
  double seconds = 0;         ///< of the commit alone
};
struct UnitAborted {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
  std::string_view text = {};  ///< [log]
};
/// After an unclean stop the lane goes record by record and notes what it is about to try.
struct RecordRetried {
  std::string_view stage = {};
  std::string_view topic = {};  ///< [log]
  std::int32_t partition = 0;   ///< [log]
  std::int64_t offset = 0;      ///< [log]
  std::int64_t attempt = 0;     ///< [log]
};

// ---- the log underneath -----------------------------------------------------------------------

/// `event` is "assign", "revoke" or "lost".
struct Rebalanced {
  std::string_view stage = {};  ///< [log]
  std::string_view event = {};
  std::string_view text = {};   ///< [log] which partitions
};
struct Fenced {
  std::string_view stage = {};
  std::string_view text = {};  ///< [log]
};
/// The producer broke and was made anew.
struct ProducerRebuilt {
  std::string_view stage = {};
  std::string_view text = {};  ///< [log]
};
/// The end of a transaction was in doubt: the producer was replaced so that nothing strays.
struct ProducerRecycled {
  std::string_view stage = {};
  std::string_view text = {};  ///< [log]
};
/// `code` is the client's own word for it ("FAIL", "REQTMOUT", …).
struct StreamFailed {
  std::string_view stage = {};
  std::string_view code = {};
  std::string_view text = {};  ///< [log]
};

// ---- time -------------------------------------------------------------------------------------

/// Published to consumed: the feed's slowness, not ours.
struct SourceDelay {
  double seconds = 0;
};
/// Polled to committed: ours.
struct ProcessingTime {
  double seconds = 0;
};
/// Published to committed signal: what the desk feels.
struct EndToEndLatency {
  double seconds = 0;
};

// ---- extract ----------------------------------------------------------------------------------

struct FactsExtracted {
  std::string_view kind = {};
  std::uint64_t facts = 1;
};
struct FactHeld {
  std::string_view reason = {};
};
struct RuleHit {
  std::string_view rule = {};
  std::uint64_t hits = 1;
};
/// A pattern could not run to its end (out of memory): the sentence was not searched by it.
struct Re2Errors {
  std::uint64_t errors = 1;
};
struct LanguageSeen {
  std::string_view lang = {};
};

// ---- score ------------------------------------------------------------------------------------

struct SignalPublished {
  std::string_view kind = {};  ///< company, sector, scenario, group
};
struct SectorTone {
  std::string_view lane = {};  ///< [owner]
  std::string_view sector = {};
  double tone = 0;             ///< -1…1
  double mass = 0;             ///< evidence behind it; 0 means no evidence, not a neutral mood
};
struct ScenarioWeight {
  std::string_view lane = {};  ///< [owner]
  std::string_view set = {};
  std::string_view scenario = {};
  double weight = 0;           ///< 0…1; the weights of a set sum to 1
};
/// A record came after its claim was dropped by law (lateness).
struct TooLate {
  std::uint64_t facts = 1;
};
/// How many scopes of a score lane are full now: they kept the latest facts only.
struct Saturated {
  std::string_view lane = {};  ///< [owner]
  std::uint64_t scopes = 0;
};

// ---- http -------------------------------------------------------------------------------------

struct HttpRequest {
  std::string_view route = {};  ///< "/metrics", …; unknown paths fold into "other"
  int status = 200;
  double seconds = 0;
};
struct IngestAccepted {
  std::uint64_t records = 1;
};
struct IngestRefused {
  std::string_view reason = {};
  std::uint64_t records = 1;
};

}  // namespace wiremill::telemetry
