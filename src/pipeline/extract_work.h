#pragma once
// The extract stage: one event in, one facts record out; what cannot be read goes to the dead
// letters. Stateless but for counts of the unit.

#include <memory>

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
  /// What one record led to, told to telemetry once the unit is visible.
  struct Told {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::string reason = {};  ///< of the dead letter, empty when the record was read
    std::string detail = {};
    std::int64_t unknown_fields = 0;
    double delay_seconds = 0;  ///< published to received
    model::Language lang = model::Language::kEnglish;
    std::vector<model::FactKind> kinds = {};
    std::vector<std::string> held = {};  ///< reasons
    std::vector<std::string> rules = {};
    std::int64_t re2_errors = 0;
  };
  [[nodiscard]] base::Result<wire::DecodedEvent> decode(const stream::Record& record) const;
  void tell(const Told& told);

  std::shared_ptr<const extract::Extractor> extractor_;
  Topics topics_;
  telemetry::Telemetry& telemetry_;
  ExtractOptions options_;
  std::vector<Told> told_;
};

}  // namespace wiremill::pipeline
