#pragma once
// Belief as a pure function: signals(t) = f(set of live facts, catalogue, t). A Scorer keeps the
// set (stories with the facts of their live version) and folds every touched scope again in a
// canonical order, so arrival order, duplicates, restarts and the machine leave no mark.
//
//   Scorer scorer(*compile(catalogue), Options{});
//   for (StoryState& story : restored) scorer.load(std::move(story));
//   scorer.advance(now);                            // ticks that passed run before the record
//   scorer.apply(record);
//   Effects effects = scorer.settle();              // what to write, in one commit
//   committed ? scorer.keep() : scorer.drop();
//
// It knows no clock, no stream and no metric. The laws (order-free, retractable, forgetting leaves
// no trace) hold for scopes that are not saturated and for records that come at most
// Options::lateness behind log time; score/story.h and score/claim.h state them.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "catalog/catalogue.h"
#include "model/facts_record.h"
#include "model/signal.h"
#include "model/state.h"

namespace wiremill::score {

class Program;

/// What is wrong with the weights, each with its place.
std::vector<catalog::Mistake> mistakes_in(const catalog::Weights& weights);

/// Makes the catalogue ready for folding. Threads: the result is immutable, safe from any.
/// Errors: rejected, with every mistake at once.
[[nodiscard]] base::Result<std::shared_ptr<const Program>> compile(
    std::shared_ptr<const catalog::Catalogue> catalogue);

struct Options {
  /// The grid of belief: t is a multiple of it. 1 s … 1 h. Longer: fewer signals, coarser decay.
  base::Duration tick = std::chrono::seconds(60);
  /// How far behind log time a record may come and still find everything it belongs to.
  /// 1 d … 30 d. Longer: more state is kept.
  base::Duration lateness = std::chrono::days(7);
  /// Facts one scope folds; beyond it the earliest to expire are left out and the scope says so.
  /// 1 … 100,000. Larger: a refold costs more (about 20 ns a claim).
  std::size_t scope_facts_max = 5000;
  /// Mentions of one claim that are read, the latest; beyond it its scopes say so. 10 … 100,000.
  /// Larger: a claim that everybody repeats costs more to work out.
  std::size_t claim_mentions_max = 1000;
  /// Stories kept; beyond it the first to be forgotten go early. 1 … 10,000,000, about 4 KiB each.
  std::size_t stories_max = 500'000;
  /// Versions kept of one story; beyond it the smallest go. 2 … 1,000.
  std::size_t versions_max = 64;
  /// Forgotten stories dropped in one settle(); bounds the size of a commit. 1 … 100,000.
  std::size_t drops_max = 1000;
  /// Facts listed in because and against each, most telling first. 1 … 100.
  std::size_t because_max = 12;
  /// Entries of a ledger, the newest. 1 … 10,000. Larger: longer signals.
  std::size_t ledger_max = 50;
  /// By how much a value must move to be published between two ticks. 0 … 1, in units of the
  /// value. Larger: fewer signals; at the next tick everything is published all the same.
  double between_tick_move = 0.005;
  /// This lane owns the scopes with digest64(scope) mod shards == shard. shard < shards.
  std::uint32_t shards = 1;
  std::uint32_t shard = 0;
  model::Mode mode = model::Mode::kLive;  ///< stamped into signals, nothing else
};

/// What is wrong with the options, if anything: rejected, every mistake at once.
std::optional<base::Error> mistakes_in(const Options& options);

/// What became of a record.
enum class Applied {
  kAccepted,   ///< it is the live version of its story now
  kDuplicate,  ///< a copy of a version that is known
  kOlder,      ///< noted, but a greater version of its story is live
  kTooLate,    ///< past its own horizon; counted in the lane header
  kSynthetic,  ///< moved log time and nothing else
};

struct StoryChange {
  std::string story_id;
  std::optional<model::StoryState> state;  ///< nullopt: forget the key
};

struct ScopeChange {
  std::string scope;
  std::optional<model::ScopeState> state;  ///< nullopt: forget the key
};

/// Everything one commit must write, in order of key. Signals: in order of evaluation.
struct Effects {
  std::vector<model::Signal> signals;
  std::vector<StoryChange> stories;
  std::vector<ScopeChange> scopes;
  std::optional<model::LaneHeader> header;  ///< absent when unchanged
  /// Stories of this commit that call themselves a correction and have nothing to correct (yet).
  std::vector<std::string> unlinked;
};

/// The state in canonical form: equal for every order of the same records. `header.too_late` is
/// left at 0, as it counts what came and not what is believed.
struct Export {
  model::LaneHeader header;
  std::vector<model::StoryState> stories;  ///< by story id, versions in order
  struct Core {
    std::string scope;
    std::string core;
    bool operator==(const Core&) const = default;
  };
  std::vector<Core> cores;  ///< of all owned scopes at t, by scope
  bool operator==(const Export&) const = default;
};

/// Threads: one. Memory: stories_max and scope_facts_max. Requires: mistakes_in(options) is empty.
class Scorer {
 public:
  Scorer(std::shared_ptr<const Program> program, Options options);
  ~Scorer();
  Scorer(const Scorer&) = delete;  // one owner for one state
  Scorer& operator=(const Scorer&) = delete;

  /// Restoring, before the first apply(); in any order.
  void load(model::StoryState story);
  void load(model::ScopeState scope);
  void load(const model::LaneHeader& header);

  /// Onto the overlay. Cost: microseconds; folding is left to settle().
  Applied apply(const model::FactsRecord& record);

  /// Time as data. When ticks have passed, what was applied is told as of the tick before, then
  /// every scope is evaluated at the newest tick; ticks jumped over are not evaluated one by one,
  /// as belief at t does not depend on them. Going back is ignored.
  void advance(base::Instant now);

  /// Evaluates each touched scope once and gives out everything since the last keep() or drop().
  /// Requires: keep() or drop() before the next settle().
  Effects settle();
  /// The effects were committed. / They were not: everything since the last keep() is undone.
  void keep();
  void drop();

  /// New knowledge: all scopes are folded again in the next settle(), published with cause
  /// catalogue_change. Requires: between commits (after keep() or drop()).
  void swap(std::shared_ptr<const Program> program);

  /// The tick that belief stands at; the epoch before the first advance() or load().
  base::Instant now() const;
  const model::LaneHeader& header() const;
  std::size_t story_count() const;
  std::size_t saturated_scopes() const;
  /// What would be published about the scope at the tick of `t`; nullopt when there is nothing to
  /// say or the scope is not owned here.
  std::optional<model::Signal> signal(const std::string& scope, base::Instant t) const;
  /// Owned scopes that have something to say at the tick of `t`, sorted.
  std::vector<std::string> scopes(base::Instant t) const;
  Export export_state(base::Instant t) const;
  /// The facts of every live story, by story id. Borrows: for the call.
  void each_live(const std::function<void(const model::FactsRecord&)>& each) const;

 private:
  class Belief;
  std::unique_ptr<Belief> belief_;
};

}  // namespace wiremill::score
