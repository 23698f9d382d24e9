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
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace wiremill::telemetry {

// ---- the service ------------------------------------------------------------------------------

/// The process works; `log` is "kafka", "local" or "memory".
struct ServiceStarted {
  std::string_view stage = {};    ///< [log] "all", "extract", "score"
  std::string_view log = {};      ///< [log]
  std::string_view librdkafka = {};  ///< [log] version of the Kafka client library
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
/// Read and led to nothing, without being a dead letter: "duplicate", "stale", "too_late".
struct RecordsRejected {
  std::string_view stage = {};
  std::string_view reason = {};
  std::uint64_t records = 1;
};
struct LagObserved {
  std::string_view lane = {};  ///< [owner]
  std::string_view topic = {};
  std::int32_t partition = 0;
  std::int64_t records = 0;
  /// Everything that was appended before this has been worked on; unknown until the lane has read
  /// something of the partition or has nothing left to read.
  std::optional<base::Instant> worked_through = {};
};
/// The newest record that a commit covers, by the record's own time.
struct PositionMoved {
  std::string_view lane = {};  ///< [owner]
  std::string_view topic = {};
  std::int32_t partition = 0;
  base::Instant appended = {};
};
/// An event was worked on that is not synthetic: the feed is not silent.
struct NewsSeen {};
/// An event marked synthetic was worked on: it moves no belief and shows that the line moves.
struct HeartbeatSeen {
  std::string_view stage = {};
  base::Instant received = {};  ///< when the event came in
};

// ---- out --------------------------------------------------------------------------------------

struct RecordsProduced {
  std::string_view topic = {};
  std::uint64_t records = 1;
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
/// The lane failed and is given back as it stands; somebody restores it from the log.
struct LaneDropped {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
};
/// The lane's thread came round: seen every second while it lives and is not stuck.
struct LaneTurned {
  std::string_view lane = {};  ///< [owner]
};
struct RestoreBegan {
  std::string_view stage = {};
};
struct RestoreAdvanced {
  std::string_view stage = {};
  std::uint64_t records = 1;
};
/// Well or not: the lane is not being restored any more.
struct RestoreEnded {
  std::string_view stage = {};
};
struct Restored {
  std::string_view stage = {};
  std::string_view lane = {};  ///< [log]
  std::uint64_t records = 0;   ///< [log]
  double seconds = 0;
};
/// The work on one unit is done; its commit comes next.
struct UnitWorked {
  std::string_view stage = {};
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
/// Polled to committed: ours. Records of one unit share it.
struct ProcessingTime {
  double seconds = 0;
  std::uint64_t records = 1;
};
/// Published to committed signal: what the desk feels.
struct EndToEndLatency {
  double seconds = 0;
};
/// Received to committed signal: ours, both stages together.
struct SignalLatency {
  double seconds = 0;
};

// ---- extract ----------------------------------------------------------------------------------

struct FactsExtracted {
  std::string_view kind = {};
  std::uint64_t facts = 1;
};
/// Counted by the first flag that is a reason to hold a fact.
struct FactHeld {
  std::span<const std::string> flags = {};
};
struct RuleHit {
  std::string_view rule = {};
  std::uint64_t hits = 1;
};
/// A pattern could not run to its end (out of memory): the sentence was not searched by it.
struct Re2Errors {
  std::uint64_t errors = 1;
};
/// Records of which extract left something out, by the flag that says what: "truncated" (the end
/// of a long text), "figures_cut", "facts_cut".
struct RecordsCut {
  std::string_view flag = {};
  std::uint64_t records = 1;
};
struct LanguageSeen {
  std::string_view lang = {};
  std::uint64_t records = 1;
};
/// How the text named a company first: "alias", "cashtag", …; "none" when we know no such company.
struct CompanyResolved {
  std::string_view method = {};
  std::uint64_t companies = 1;
};

// ---- score ------------------------------------------------------------------------------------

struct SignalPublished {
  std::string_view kind = {};  ///< company, sector, scenario, group
};
struct SectorTone {
  std::string_view lane = {};  ///< [owner]
  std::string_view sector = {};
  std::optional<double> tone = {};  ///< -1…1; nothing without evidence, which is not neutral
  double facts_mass = 0;            ///< weight of the facts behind it
  double text_mass = 0;             ///< weight of the tone of texts behind it
};
/// A signal of a sector was published; its direction follows from its tone.
struct SectorSignal {
  std::string_view sector = {};
  std::optional<double> tone = {};
};
struct ScenarioWeight {
  std::string_view lane = {};  ///< [owner]
  std::string_view set = {};
  std::string_view scenario = {};
  double weight = 0;           ///< 0…1; the weights of a set sum to 1
};
/// What the members of a group spend together in one fiscal year, in US dollars. Values that are
/// not known are not shown.
struct GroupTotal {
  std::string_view lane = {};    ///< [owner]
  std::string_view group = {};
  std::string_view period = {};  ///< "FY2026", from a window around now: a closed set
  std::optional<double> computed_usd = {};  ///< the members' own figures added up
  std::optional<double> members = {};       ///< how many are in it
  std::optional<double> stated_usd = {};    ///< said of the group as a whole
  std::optional<double> growth_ratio = {};  ///< against the year before, the same members
};
/// Stories that call themselves a correction and have nothing to correct (yet).
struct CorrectionsUnlinked {
  std::uint64_t stories = 1;
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
