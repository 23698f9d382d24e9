#pragma once
// The set of live facts: stories, and the claims, scopes and links that follow from them. Putting
// a story in and taking it out again leaves the shelf as it was; that is what makes the overlay of
// a commit and the withdrawal of a story the same thing.
//
//   shelf.put(std::move(state), Cause::kNewEvidence, touched);
//   for (const auto& [name, touch] : touched) fold(*shelf.scope(name), …);

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/signal.h"
#include "score/claim.h"
#include "score/links.h"
#include "score/scope.h"
#include "score/scorer.h"
#include "score/story.h"

namespace wiremill::score {

/// Why a scope must be folded again.
struct Touch {
  model::Cause cause = model::Cause::kNewEvidence;
  std::string traceparent;  ///< of the newest record that touched it
};
using Touched = std::map<std::string, Touch>;

class Shelf {
 public:
  Shelf(std::shared_ptr<const Program> program, const Options& options);

  /// Replaces the story with this id, or adds it.
  void put(model::StoryState state, model::Cause cause, Touched& touched);
  void remove(const std::string& story_id, model::Cause cause, Touched& touched);
  const Story* find(const std::string& story_id) const;
  const std::map<std::string, std::unique_ptr<Story>>& stories() const { return stories_; }

  /// Scopes owned here that ever had a claim, and the packs; by name.
  const std::map<std::string, Scope>& scopes() const { return scopes_; }
  const Scope* scope(const std::string& name) const;
  const Program& program() const { return *program_; }

  /// The moment after which nothing of the story can count: the greatest of its versions'
  /// horizons and of what its mentions stand together with.
  base::Instant horizon(const Story& story) const;
  /// At most `count` stories whose horizon is before `before`, the first to end first.
  std::vector<std::string> ended(base::Instant before, std::size_t count);
  /// Those that would end first, so that at most `stories_max` are left.
  std::vector<std::string> excess() const;
  /// Whether a correction under its own id has something to correct.
  bool is_linked(const Story& story) const;

 private:
  Scope* owned_scope(const std::string& name);
  void activate(Story& story, model::Cause cause, Touched& touched);
  void deactivate(Story& story, model::Cause cause, Touched& touched);
  void relink(const std::vector<std::string>& story_ids, Touched& touched);
  template <class Change>
  void change_claim(Claim& claim, std::uint64_t key, const Touch& touch, Touched& touched,
                    base::Instant since, Change change);

  std::shared_ptr<const Program> program_;
  Options options_;
  std::map<std::string, std::unique_ptr<Story>> stories_;
  std::map<std::string, base::Instant> indexed_;  ///< by story: where it is in by_horizon_
  std::set<std::pair<base::Instant, std::string>> by_horizon_;  ///< lower bounds
  Claims claims_;
  Links links_;
  std::map<std::string, Scope> scopes_;
  std::set<std::string> foreign_;  ///< scopes of other shards
};

}  // namespace wiremill::score
