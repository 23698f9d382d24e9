#pragma once
// The score stage: facts records in, signals out; the state is the stories.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/lane_loop.h"
#include "pipeline/topics.h"
#include "score/scorer.h"

namespace wiremill::pipeline {

/// What drives the scorer's ticks.
enum class Ticking {
  kWallClock,  ///< the loop's clock: a live service
  kReceived,   ///< the received time of the records: the past, fed into a service
  kSimulated,  ///< both, the loop's clock being a simulated one: replays
};

/// What became visible with one commit of a score lane, or with an idle turn.
struct Kept {
  const score::Scorer& scorer;
  std::vector<model::Signal> signals;  ///< published, in order
  /// The facts of stories that changed; those under embargo only when their time has come.
  std::vector<std::shared_ptr<const model::FactsRecord>> facts;
  base::Instant at;  ///< by the loop's clock
};

/// Somebody who shows what a lane believes. Threads: the lane's, which waits for it.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  /// Called after every commit and in every idle turn, first with the state as it was restored.
  virtual void see(Kept kept) = 0;
};

/// Threads: one. Borrows: telemetry. Owns: the scorer with all its stories, the onlooker.
class ScoreWork final : public Work {
 public:
  /// Requires: the scorer's shard is the number of `lane` ("score.0"). The lane with number 0 alone
  /// writes what must be written once (dead letters, embargoed facts whose time has come), although
  /// every lane reads all facts.
  ScoreWork(std::unique_ptr<score::Scorer> scorer, Topics topics, Ticking ticking,
            std::string lane, telemetry::Telemetry& telemetry,
            std::unique_ptr<Onlooker> onlooker = nullptr);

  [[nodiscard]] base::Result<void> load(std::string_view key, std::string_view value) override;
  void begin(base::Instant now) override;
  void add(const stream::Record& record, stream::Unit& unit) override;
  void give_up(const stream::Record& record, std::string_view reason, std::string_view detail,
               std::int64_t attempts, stream::Unit& unit) override;
  void finish(base::Instant now, stream::Unit& unit) override;
  void keep(base::Instant now) override;
  void drop() override;
  const score::Scorer& scorer() const { return *scorer_; }

 private:
  /// A facts record under embargo, as it will be appended to facts.
  struct Held {
    base::Instant until;
    std::string value;
  };
  /// A dead letter of this unit, told once it is visible.
  struct Dead {
    std::string reason;
    stream::Source from;
    std::int64_t offset = 0;
    std::string detail;
  };
  /// When a record of this unit was published (or allowed to be) and received.
  struct Arrival {
    base::Instant published;
    base::Instant received;
  };
  /// Records of this unit that moved nothing.
  struct Rejected {
    std::uint64_t duplicate = 0;
    std::uint64_t stale = 0;  ///< an older version of a story
    std::uint64_t too_late = 0;
  };
  void pass_until(base::Instant at);
  void hold(const stream::Record& record, const model::FactsRecord& facts, stream::Unit& unit);
  void release(stream::Unit& unit);
  void write(score::Effects effects, stream::Unit& unit);
  void note(const model::FactsRecord& facts, score::Applied applied);
  void gather(const stream::Record& record, model::FactsRecord facts, score::Applied applied);
  void forget_unit();
  void tell_unit(base::Instant now);
  void tell_rejected() const;
  // score_gauges.cc: what is believed, as gauges
  void show(const model::Signal& signal);
  void count_direction(const model::Signal& signal) const;
  void show_group(const model::Signal& signal, std::string_view group) const;
  void show_restored();
  void show_weights(std::string_view set, const model::ScenarioView& view) const;
  void show_weights_again();

  std::unique_ptr<score::Scorer> scorer_;
  Topics topics_;
  Ticking ticking_;
  std::string lane_;
  bool leader_;
  telemetry::Telemetry& telemetry_;
  std::unique_ptr<Onlooker> onlooker_;  ///< may be nobody
  std::vector<std::shared_ptr<const model::FactsRecord>> seen_;  ///< of this unit, for the onlooker
  base::Instant time_;       ///< newest that drives ticks
  base::Instant time_kept_;  ///< as of the last commit
  std::vector<Arrival> arrivals_;  ///< of this unit's records
  std::map<std::string, Held> held_;  ///< by story id; in the state under "held/<story id>"
  std::map<std::string, std::optional<Held>> held_before_;  ///< what this unit changed in it
  std::vector<model::Signal> published_;  ///< by this unit, told once it is visible
  std::vector<Dead> dead_;
  Rejected rejected_;
  std::uint64_t unlinked_ = 0;  ///< corrections of this unit that match no story
  std::optional<base::Instant> heartbeat_;
  bool shown_ = false;  ///< what was restored has been shown
  base::Instant weights_shown_at_;  ///< the tick
  std::map<std::string, model::ScenarioView> weights_;  ///< by set, as last published
};

}  // namespace wiremill::pipeline
