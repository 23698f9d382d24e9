#pragma once
// The extract stage: one event in, one facts record out; what cannot be read goes to the dead
// letters. Stateless but for counts of the unit.

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "pipeline/lane_loop.h"
#include "pipeline/topics.h"
#include "wire/event.h"

namespace wiremill::pipeline {

struct ExtractOptions {
  std::size_t event_bytes_max = 16U << 20U;  ///< larger records go to the dead letters unread
  /// An event cannot have been received later than the log took it in, but for clocks that differ
  /// by so much; beyond it the log's time is taken, so that no feed can push time ahead.
  base::Duration clock_skew_max = std::chrono::minutes(5);
};

/// Threads: one. Borrows: telemetry.
class ExtractWork final : public Work {
 public:
  ExtractWork(std::shared_ptr<const extract::Extractor> extractor, Topics topics,
              telemetry::Telemetry& telemetry, ExtractOptions options);

  [[nodiscard]] base::Result<void> load(std::string_view key, std::string_view value) override;
  void begin(base::Instant now) override;
  void add(const stream::Record& record, stream::Unit& unit) override;
  void give_up(const stream::Record& record, std::string_view reason, std::string_view detail,
               std::int64_t attempts, stream::Unit& unit) override;
  void finish(base::Instant now, stream::Unit& unit) override;
  void keep(base::Instant now) override;
  void drop() override;

 private:
  struct Dead {
    stream::Source from;
    std::int64_t offset = 0;
    std::string reason;
    std::string detail;
  };
  /// What the records of a unit led to, told to telemetry once the unit is visible. Summed up, so
  /// that telemetry looks up a label once a unit and not once a record.
  struct Tally {
    std::vector<Dead> dead;
    std::vector<double> delay_seconds;  ///< published to received
    std::map<std::string, std::uint64_t, std::less<>> rules;
    std::map<std::string, std::uint64_t, std::less<>> unknown_fields;  ///< by topic
    std::array<std::uint64_t, model::NameTable<model::FactKind>::kNames.size()> kinds{};
    std::array<std::uint64_t, model::NameTable<model::Language>::kNames.size()> languages{};
    std::array<std::uint64_t, model::NameTable<model::MentionBy>::kNames.size()> companies{};
    std::uint64_t companies_unknown = 0;
    std::vector<std::vector<std::string>> held_flags;  ///< of each held fact
    std::uint64_t re2_errors = 0;
    std::map<std::string, std::uint64_t, std::less<>> cut;  ///< by the flag that says so
    bool has_news = false;  ///< any event that is not synthetic
    std::optional<base::Instant> heartbeat;
  };
  void count(const model::FactsRecord& facts);
  [[nodiscard]] base::Result<wire::DecodedEvent> decode(const stream::Record& record) const;
  void tell() const;
  void tell_findings() const;

  std::shared_ptr<const extract::Extractor> extractor_;
  Topics topics_;
  telemetry::Telemetry& telemetry_;
  ExtractOptions options_;
  Tally tally_;
};

}  // namespace wiremill::pipeline
