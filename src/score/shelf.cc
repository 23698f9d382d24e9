#include "score/shelf.h"

#include <algorithm>

#include "base/digest.h"

namespace wiremill::score {
namespace {

/// A correction outranks news when both touch a scope.
void touch_scope(Touched& touched, const std::string& name, const Touch& touch) {
  const auto [known, added] = touched.emplace(name, touch);
  if (added) return;
  if (touch.cause == model::Cause::kCorrection) known->second.cause = touch.cause;
  if (!touch.traceparent.empty()) known->second.traceparent = touch.traceparent;
}

Links::Place place_of(const Story& story) {
  return {story.state.live->event.scored_at, story.state.story_id};
}

/// "STORY WITHDRAWN" under its own id takes back what it links to and says nothing itself.
bool says_nothing(const model::StoryState& state) {
  return !state.live || state.live->event.link_prefix == "withdrawn";
}

}  // namespace

Shelf::Shelf(std::shared_ptr<const Program> program, const Options& options)
    : program_(std::move(program)), options_(options),
      claims_(*program_, options.claim_mentions_max),
      links_(days(program_->weights().correction_window_days)) {
  for (const catalog::Pack& pack : program_->packs()) owned_scope("scenario/" + pack.id);
}

Scope* Shelf::owned_scope(const std::string& name) {
  const auto known = scopes_.find(name);
  if (known != scopes_.end()) return &known->second;
  if (foreign_.contains(name)) return nullptr;
  if (base::digest64(name) % options_.shards != options_.shard) {
    foreign_.insert(name);
    return nullptr;
  }
  return &scopes_.try_emplace(name, name, options_.scope_facts_max).first->second;
}

const Scope* Shelf::scope(const std::string& name) const {
  const auto found = scopes_.find(name);
  return found == scopes_.end() ? nullptr : &found->second;
}

const Story* Shelf::find(const std::string& story_id) const {
  const auto found = stories_.find(story_id);
  return found == stories_.end() ? nullptr : found->second.get();
}

template <class Change>
void Shelf::change_claim(Claim& claim, std::uint64_t key, const Touch& touch, Touched& touched,
                         base::Instant since, Change change) {
  std::vector<Scope*> owned;
  for (const std::string& name : claim.audience().scopes) {
    Scope* const scope = owned_scope(name);
    if (scope == nullptr) continue;
    owned.push_back(scope);
    scope->forget_earlier(since);
    touch_scope(touched, name, touch);
  }
  change();
  for (Scope* const scope : owned) scope->note(claim, key);
}

void Shelf::activate(Story& story, model::Cause cause, Touched& touched) {
  for (const Mention& mention : story.mentions) {
    Claim& claim = claims_.of(mention);
    change_claim(claim, mention.key, {cause, mention.record->event.traceparent}, touched,
                 mention.counts_from, [&] { claim.insert(&mention); });
  }
}

void Shelf::deactivate(Story& story, model::Cause cause, Touched& touched) {
  for (const Mention& mention : story.mentions) {
    Claim& claim = claims_.of(mention);
    change_claim(claim, mention.key, {cause, {}}, touched, mention.counts_from,
                 [&] { claim.erase(&mention); });
    claims_.release(mention.key);
  }
}

void Shelf::relink(const std::vector<std::string>& story_ids, Touched& touched) {
  for (const std::string& id : story_ids) {
    const auto found = stories_.find(id);
    if (found == stories_.end() || !found->second->state.live) continue;
    Story& story = *found->second;
    const std::string& key = story.state.live->event.link_key;
    const bool superseded = links_.is_superseded(key, place_of(story));
    if (superseded == story.superseded) continue;
    if (superseded) deactivate(story, model::Cause::kCorrection, touched);
    if (!superseded) activate(story, model::Cause::kCorrection, touched);
    story.superseded = superseded;
  }
}

void Shelf::put(model::StoryState state, model::Cause cause, Touched& touched) {
  remove(state.story_id, cause, touched);
  auto owner = std::make_unique<Story>();
  Story& story = *owner;
  story.state = std::move(state);
  const std::string& id = story.state.story_id;
  if (!says_nothing(story.state)) {
    story.mentions = mentions_of(*story.state.live, *program_, options_.tick);
  }
  stories_.emplace(id, std::move(owner));
  base::Instant ends = base::Instant::min();
  for (const model::StoryVersion& version : story.state.versions) {
    ends = std::max(ends, score::horizon(version, *program_));
  }
  indexed_[id] = ends;
  by_horizon_.emplace(ends, id);
  std::vector<std::string> targets;
  if (story.state.live) {
    const model::EventHeader& event = story.state.live->event;
    targets = links_.add(event.link_key, place_of(story), corrects_another(*story.state.live));
    story.superseded = links_.is_superseded(event.link_key, place_of(story));
  }
  if (!story.superseded) activate(story, cause, touched);
  relink(targets, touched);
}

void Shelf::remove(const std::string& story_id, model::Cause cause, Touched& touched) {
  const auto found = stories_.find(story_id);
  if (found == stories_.end()) return;
  Story& story = *found->second;
  if (!story.superseded) deactivate(story, cause, touched);
  std::vector<std::string> freed;
  if (story.state.live) {
    freed = links_.remove(story.state.live->event.link_key, place_of(story));
  }
  const auto index = indexed_.find(story_id);
  by_horizon_.erase({index->second, story_id});
  indexed_.erase(index);
  stories_.erase(found);
  relink(freed, touched);
}

base::Instant Shelf::horizon(const Story& story) const {
  base::Instant until = base::Instant::min();
  for (const model::StoryVersion& version : story.state.versions) {
    until = std::max(until, score::horizon(version, *program_));
  }
  if (story.state.live && corrects_another(*story.state.live)) {
    until = std::max(until, story.state.live->event.scored_at + program_->keep_longest());
  }
  for (const Mention& mention : story.mentions) {
    const Claim* const claim = claims_.find(mention.key);
    until = std::max(until, claim == nullptr ? mention.expires : claim->kept_until(mention));
  }
  return until;
}

std::vector<std::string> Shelf::ended(base::Instant before, std::size_t count) {
  std::vector<std::string> ids;
  while (!by_horizon_.empty() && by_horizon_.begin()->first < before && ids.size() < count) {
    const std::string id = by_horizon_.begin()->second;
    const base::Instant ends = horizon(*stories_.at(id));
    by_horizon_.erase(by_horizon_.begin());
    // What has ended stays out of reach of this loop until it is removed or looked for again.
    const base::Instant next = ends < before ? before : ends;
    by_horizon_.emplace(next, id);
    indexed_[id] = next;
    if (ends < before) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> Shelf::excess() const {
  std::vector<std::string> ids;
  auto at = by_horizon_.begin();
  for (std::size_t left = stories_.size(); left > options_.stories_max; --left) {
    ids.push_back((at++)->second);
  }
  return ids;
}

bool Shelf::is_linked(const Story& story) const {
  return story.state.live &&
         links_.has_target(story.state.live->event.link_key, place_of(story));
}

}  // namespace wiremill::score
