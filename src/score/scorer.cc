#include "score/scorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "score/core.h"
#include "score/render.h"
#include "score/shelf.h"

namespace wiremill::score {
namespace {

using model::Cause;

// The fixed spans of change_1h and change_24h.
constexpr std::chrono::hours kHour{1};
constexpr std::chrono::hours kDay{24};

/// What was published last about a scope, and why it should be published again.
struct Memo {
  model::ScopeState state;
  std::optional<Touch> pending;  ///< moved too little to be told between ticks
};

/// What must be undone when a commit fails.
struct Overlay {
  model::LaneHeader header;
  base::Instant now;
  std::map<std::string, std::optional<model::StoryState>> stories;  ///< as they were
  std::map<std::string, std::optional<Memo>> memos;
  Touched touched;
};

Cause cause_of(const model::FactsRecord& record) {
  const model::EventHeader& event = record.event;
  const bool corrects = event.action != model::Action::kPublish || event.revision > 1;
  return corrects || corrects_another(record) ? Cause::kCorrection : Cause::kNewEvidence;
}

/// Where the record moves log time: an embargo that ends next month is no news of next month.
base::Instant log_time_of(const model::EventHeader& event) {
  return event.embargo_until ? std::min(event.scored_at, event.received_at) : event.scored_at;
}

}  // namespace

class Scorer::Belief {
 public:
  Belief(std::shared_ptr<const Program> program, Options options)
      : program_(std::move(program)), options_(options),
        shelf_(std::make_unique<Shelf>(program_, options_)) {}

  void load(model::StoryState story) {
    Touched nothing_new;
    shelf_->put(std::move(story), Cause::kNewEvidence, nothing_new);
  }
  void load(model::ScopeState scope) {
    const std::string name = scope.scope;
    memos_[name].state = std::move(scope);
  }
  void load(const model::LaneHeader& header) {
    header_ = header;
    now_ = base::floor_to(header.received_max, options_.tick);
  }

  Applied apply(const model::FactsRecord& record);
  void advance(base::Instant now);
  Effects settle();
  void keep();
  void drop();
  void swap(std::shared_ptr<const Program> program);
  std::optional<model::Signal> signal(const std::string& name, base::Instant t) const;
  std::vector<std::string> scopes(base::Instant t) const;
  Export export_state(base::Instant t) const;

  base::Instant now() const { return now_; }
  const model::LaneHeader& header() const { return header_; }
  const Shelf& shelf() const { return *shelf_; }

 private:
  FoldContext context() const {
    return {program_.get(), options_.because_max, options_.ledger_max, options_.lateness};
  }
  const std::string& digest() const { return program_->catalogue().stamp.digest; }

  Overlay& overlay();
  void remember_story(const std::string& id);
  Memo& changing_memo(const std::string& name);
  void forget_ended();
  void notice_catalogue();
  void evaluate(const std::string& name, const Touch& touch, bool at_tick);
  model::Signal complete(const Scope& scope, const Fold& fold, base::Instant t) const;
  const model::Values& earlier(const Scope& scope, Moment moment) const;

  std::shared_ptr<const Program> program_;
  Options options_;
  std::unique_ptr<Shelf> shelf_;
  std::map<std::string, Memo> memos_;
  model::LaneHeader header_;
  base::Instant now_{};
  Touched touched_;
  std::optional<Overlay> overlay_;
  std::vector<model::Signal> signals_;
  std::vector<std::string> corrections_;  ///< stories of this commit that correct another
};

Overlay& Scorer::Belief::overlay() {
  if (!overlay_) overlay_ = Overlay{header_, now_, {}, {}, touched_};
  return *overlay_;
}

void Scorer::Belief::remember_story(const std::string& id) {
  const Story* const story = shelf_->find(id);
  overlay().stories.try_emplace(id, story == nullptr ? std::nullopt
                                                     : std::optional(story->state));
}

Memo& Scorer::Belief::changing_memo(const std::string& name) {
  const auto found = memos_.find(name);
  overlay().memos.try_emplace(name, found == memos_.end() ? std::nullopt
                                                          : std::optional(found->second));
  Memo& memo = memos_[name];
  memo.state.scope = name;
  return memo;
}

Applied Scorer::Belief::apply(const model::FactsRecord& record) {
  overlay();
  const model::EventHeader& event = record.event;
  if (horizon(record, *program_) + options_.lateness < header_.log_time) {
    ++header_.too_late;
    return Applied::kTooLate;
  }
  header_.log_time = std::max(header_.log_time, log_time_of(event));
  if (event.synthetic) return Applied::kSynthetic;
  header_.received_max = std::max(header_.received_max, event.received_at);
  const Story* const known = shelf_->find(event.story_id);
  model::StoryState state = known != nullptr ? known->state : model::StoryState{};
  state.story_id = event.story_id;
  const Taken taken = take(state, record, *program_, options_.versions_max);
  if (taken == Taken::kNothing) return Applied::kDuplicate;
  remember_story(event.story_id);
  shelf_->put(std::move(state), cause_of(record), touched_);
  if (corrects_another(record)) corrections_.push_back(event.story_id);
  return taken == Taken::kLive ? Applied::kAccepted : Applied::kOlder;
}

void Scorer::Belief::advance(base::Instant now) {
  const base::Instant tick = base::floor_to(now, options_.tick);
  if (tick <= now_) return;
  overlay();
  notice_catalogue();
  // What was applied at the old tick is told as of then, as if it had been a commit of its own.
  Touched due = std::exchange(touched_, {});
  for (const auto& [name, touch] : due) evaluate(name, touch, false);
  now_ = tick;
  for (const auto& [name, scope] : shelf_->scopes()) {
    const bool pack = scope.type() == model::ScopeType::kScenario;
    if (!pack && scope.empty() && !memos_.contains(name)) continue;
    evaluate(name, {Cause::kDecay, {}}, true);
  }
}

/// Publishes the scope when its core differs; between ticks only when it moved enough.
void Scorer::Belief::evaluate(const std::string& name, const Touch& touch, bool at_tick) {
  const Scope* const scope = shelf_->scope(name);
  if (scope == nullptr) return;
  const Fold now = fold(*scope, {now_}, context());
  const auto found = memos_.find(name);
  const bool published = found != memos_.end() && found->second.state.sequence > 0;
  const bool over = scope->type() == model::ScopeType::kScenario;  // its last word stays
  if (!now.speaks && (!published || over)) return;
  const Core core(now);
  const std::string text = core.text();
  if (published && found->second.state.core == text) {
    if (found->second.pending) changing_memo(name).pending.reset();
    return;
  }
  const bool whole = at_tick || touch.cause == Cause::kCatalogueChange || !published;
  Memo& memo = changing_memo(name);
  const Core earlier = Core::parse(memo.state.core);
  if (!whole && !core.moved_from(earlier, options_.between_tick_move)) {
    memo.pending = touch;
    return;
  }
  const Touch& why = touch.cause == Cause::kDecay && memo.pending ? *memo.pending : touch;
  model::Signal signal = complete(*scope, now, now_);
  // Nothing came, and yet something began to count: an embargo ended, a pack opened.
  const bool began = !published || core.gained_since(earlier);
  signal.cause = why.cause == Cause::kDecay && began ? Cause::kTick : why.cause;
  signal.traceparent = why.traceparent;
  signal.supersedes = memo.state.sequence;
  signal.sequence = ++memo.state.sequence;
  memo.state.core = text;
  memo.state.as_of = now_;
  memo.pending.reset();
  signals_.push_back(std::move(signal));
}

const model::Values& Scorer::Belief::earlier(const Scope& scope, Moment moment) const {
  std::optional<Scope::Earlier>& kept = scope.earlier(moment.slot);
  if (!kept || kept->t != moment.t || kept->program != program_.get()) {
    kept = Scope::Earlier{moment.t, program_.get(), fold(scope, moment, context()).values};
  }
  return kept->values;
}

model::Signal Scorer::Belief::complete(const Scope& scope, const Fold& now,
                                       base::Instant t) const {
  const Changes changes{earlier(scope, {t - kHour, Moment::Slot::kHourAgo}),
                        earlier(scope, {t - kDay, Moment::Slot::kDayAgo})};
  model::Signal signal = render(scope, now, changes, *program_);
  signal.mode = options_.mode;
  signal.as_of = t;
  signal.known_until = header_.log_time;
  return signal;
}

/// Knowledge that differs from what published last: everything is folded and told again.
void Scorer::Belief::notice_catalogue() {
  if (header_.catalog_digest == digest()) return;
  const bool first = header_.catalog_digest.empty();
  overlay();
  header_.catalog_digest = digest();
  if (first) return;
  for (const auto& [name, scope] : shelf_->scopes()) {
    touched_[name].cause = Cause::kCatalogueChange;
  }
}

void Scorer::Belief::forget_ended() {
  const base::Instant before = header_.log_time - options_.lateness;
  auto ids = shelf_->ended(before, options_.drops_max);
  for (const std::string& id : ids) {
    remember_story(id);
    shelf_->remove(id, Cause::kDecay, touched_);
  }
  for (const std::string& id : shelf_->excess()) {
    remember_story(id);
    shelf_->remove(id, Cause::kDecay, touched_);
  }
}

Effects Scorer::Belief::settle() {
  overlay();
  notice_catalogue();
  forget_ended();
  const Touched due = std::exchange(touched_, {});
  for (const auto& [name, touch] : due) evaluate(name, touch, false);
  Effects effects;
  effects.signals = std::move(signals_);
  signals_.clear();
  for (const auto& [id, was] : overlay_->stories) {
    const Story* const story = shelf_->find(id);
    effects.stories.push_back({id, story == nullptr ? std::nullopt : std::optional(story->state)});
  }
  for (const auto& [name, was] : overlay_->memos) {
    const model::ScopeState& state = memos_.at(name).state;
    if (state.sequence > (was ? was->state.sequence : 0)) effects.scopes.push_back({name, state});
  }
  if (header_ != overlay_->header) effects.header = header_;
  for (const std::string& id : corrections_) {
    const Story* const story = shelf_->find(id);
    if (story != nullptr && !shelf_->is_linked(*story)) effects.unlinked.push_back(id);
  }
  return effects;
}

void Scorer::Belief::keep() {
  overlay_.reset();
  corrections_.clear();
}

void Scorer::Belief::drop() {
  if (!overlay_) return;
  Touched undone;
  for (auto& [id, was] : overlay_->stories) {
    if (was) {
      shelf_->put(std::move(*was), Cause::kNewEvidence, undone);
    } else {
      shelf_->remove(id, Cause::kNewEvidence, undone);
    }
  }
  for (auto& [name, was] : overlay_->memos) {
    if (was) {
      memos_[name] = std::move(*was);
    } else {
      memos_.erase(name);
    }
  }
  header_ = overlay_->header;
  now_ = overlay_->now;
  touched_ = std::move(overlay_->touched);
  signals_.clear();
  keep();
}

void Scorer::Belief::swap(std::shared_ptr<const Program> program) {
  WIREMILL_ASSERT(!overlay_);
  program_ = std::move(program);
  auto shelf = std::make_unique<Shelf>(program_, options_);
  for (const auto& [id, story] : shelf_->stories()) {
    shelf->put(story->state, Cause::kCatalogueChange, touched_);
  }
  shelf_ = std::move(shelf);
}

std::optional<model::Signal> Scorer::Belief::signal(const std::string& name,
                                                    base::Instant t) const {
  const Scope* const scope = shelf_->scope(name);
  if (scope == nullptr) return std::nullopt;
  const base::Instant tick = base::floor_to(t, options_.tick);
  const Fold now = fold(*scope, {tick}, context());
  if (!now.speaks) return std::nullopt;
  model::Signal signal = complete(*scope, now, tick);
  const auto memo = memos_.find(name);
  if (memo != memos_.end()) signal.sequence = memo->second.state.sequence;
  return signal;
}

std::vector<std::string> Scorer::Belief::scopes(base::Instant t) const {
  std::vector<std::string> names;
  const base::Instant tick = base::floor_to(t, options_.tick);
  for (const auto& [name, scope] : shelf_->scopes()) {
    if (fold(scope, {tick}, context()).speaks) names.push_back(name);
  }
  return names;
}

Export Scorer::Belief::export_state(base::Instant t) const {
  Export out;
  out.header = header_;
  out.header.too_late = 0;
  out.header.catalog_digest = digest();
  for (const auto& [id, story] : shelf_->stories()) {
    if (shelf_->horizon(*story) + options_.lateness < header_.log_time) continue;
    out.stories.push_back(story->state);
  }
  const base::Instant tick = base::floor_to(t, options_.tick);
  for (const auto& [name, scope] : shelf_->scopes()) {
    const Fold now = fold(scope, {tick}, context());
    if (now.speaks) out.cores.push_back({name, Core(now).text()});
  }
  return out;
}

Scorer::Scorer(std::shared_ptr<const Program> program, Options options)
    : belief_(std::make_unique<Belief>(std::move(program), options)) {
  WIREMILL_ASSERT(!mistakes_in(options));
}
Scorer::~Scorer() = default;

void Scorer::load(model::StoryState story) { belief_->load(std::move(story)); }
void Scorer::load(model::ScopeState scope) { belief_->load(std::move(scope)); }
void Scorer::load(const model::LaneHeader& header) { belief_->load(header); }
Applied Scorer::apply(const model::FactsRecord& record) { return belief_->apply(record); }
void Scorer::advance(base::Instant now) { belief_->advance(now); }
Effects Scorer::settle() { return belief_->settle(); }
void Scorer::keep() { belief_->keep(); }
void Scorer::drop() { belief_->drop(); }
void Scorer::swap(std::shared_ptr<const Program> program) { belief_->swap(std::move(program)); }
base::Instant Scorer::now() const { return belief_->now(); }
const model::LaneHeader& Scorer::header() const { return belief_->header(); }
std::size_t Scorer::story_count() const { return belief_->shelf().stories().size(); }
std::size_t Scorer::saturated_scopes() const {
  const auto& scopes = belief_->shelf().scopes();
  return static_cast<std::size_t>(std::count_if(
      scopes.begin(), scopes.end(), [](const auto& named) { return named.second.saturated(); }));
}
std::optional<model::Signal> Scorer::signal(const std::string& scope, base::Instant t) const {
  return belief_->signal(scope, t);
}
std::vector<std::string> Scorer::scopes(base::Instant t) const { return belief_->scopes(t); }
Export Scorer::export_state(base::Instant t) const { return belief_->export_state(t); }
void Scorer::each_live(const std::function<void(const model::FactsRecord&)>& each) const {
  for (const auto& [id, story] : belief_->shelf().stories()) {
    if (story->state.live && !story->superseded) each(*story->state.live);
  }
}

}  // namespace wiremill::score
