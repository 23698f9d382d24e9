#include "cli/board.h"

#include <algorithm>
#include <set>

namespace wiremill::cli {
namespace {

bool is_newer(const FactsView& a, const FactsView& b) {
  const model::EventHeader& first = a->event;
  const model::EventHeader& second = b->event;
  return std::tie(first.scored_at, first.story_id) > std::tie(second.scored_at, second.story_id);
}

bool is_newer_signal(const SignalView& a, const SignalView& b) { return a->as_of > b->as_of; }

/// Newest first, one for each story, at most so many.
void cut_stories(std::vector<FactsView>& stories) {
  std::stable_sort(stories.begin(), stories.end(), is_newer);
  if (stories.size() > Board::kStoriesMax) stories.resize(Board::kStoriesMax);
}

}  // namespace

/// Gathers on the lane's thread what the next view will say.
class Board::LaneOnlooker final : public pipeline::Onlooker {
 public:
  LaneOnlooker(Board& board, std::string name) : board_(board), name_(std::move(name)) {}
  ~LaneOnlooker() override { board_.take_down(name_); }
  LaneOnlooker(const LaneOnlooker&) = delete;  // takes its lane down once
  LaneOnlooker& operator=(const LaneOnlooker&) = delete;

  void see(pipeline::Kept kept) override {
    const bool idle = kept.signals.empty() && kept.facts.empty();
    if (!restored_) restore(kept.scorer);
    for (model::Signal& signal : kept.signals) {
      auto seen = std::make_shared<const model::Signal>(std::move(signal));
      view_.beliefs[seen->scope] = seen;
      recent_.push_front(std::move(seen));
    }
    if (recent_.size() > kRecentMax) recent_.resize(kRecentMax);
    for (FactsView& facts : kept.facts) replace_story(std::move(facts));
    changed_ = changed_ || !idle;
    const bool due = idle || kept.at - put_up_at_ >= kEvery || kept.at < put_up_at_;
    if (changed_ && due) put_up(kept);
  }

 private:
  void restore(const score::Scorer& scorer) {
    restored_ = changed_ = true;
    for (const std::string& scope : scorer.scopes(scorer.now())) {
      auto belief = scorer.signal(scope, scorer.now());
      if (belief) view_.beliefs[scope] = std::make_shared<const model::Signal>(std::move(*belief));
    }
    scorer.each_live([&](const model::FactsRecord& facts) {
      const bool under_embargo = facts.event.scored_at > scorer.now() && facts.event.embargo_until;
      if (facts.facts.empty() || under_embargo) return;
      view_.stories.push_back(std::make_shared<const model::FactsRecord>(facts));
      if (view_.stories.size() >= 2 * kStoriesMax) cut_stories(view_.stories);
    });
  }

  void replace_story(FactsView facts) {
    std::erase_if(view_.stories, [&](const FactsView& known) {
      return known->event.story_id == facts->event.story_id;
    });
    const bool withdrawn = facts->event.action == model::Action::kWithdraw;
    if (!withdrawn && !facts->facts.empty()) view_.stories.push_back(std::move(facts));
    if (view_.stories.size() >= 2 * kStoriesMax) cut_stories(view_.stories);
  }

  void put_up(const pipeline::Kept& kept) {
    cut_stories(view_.stories);
    view_.recent.assign(recent_.begin(), recent_.end());
    view_.known_until = kept.scorer.header().log_time;
    view_.lanes = 1;
    board_.put_up(name_, std::make_shared<const BoardView>(view_));
    put_up_at_ = kept.at;
    changed_ = false;
  }

  Board& board_;
  std::string name_;
  BoardView view_;
  std::deque<SignalView> recent_;
  base::Instant put_up_at_;
  bool restored_ = false;
  bool changed_ = false;
};

std::unique_ptr<pipeline::Onlooker> Board::lane(std::string name) {
  return std::make_unique<LaneOnlooker>(*this, std::move(name));
}

void Board::put_up(const std::string& lane, std::shared_ptr<const BoardView> view) {
  const std::lock_guard lock(mutex_);
  lanes_[lane].swap(view);  // the old one ends after the lock
}

void Board::take_down(const std::string& lane) {
  const std::lock_guard lock(mutex_);
  lanes_.erase(lane);
}

BoardView Board::view() const {
  std::vector<std::shared_ptr<const BoardView>> lanes;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, view] : lanes_) lanes.push_back(view);
  }
  BoardView all;
  std::set<std::string> stories;  // every lane reads all facts
  for (const auto& lane : lanes) {
    all.beliefs.insert(lane->beliefs.begin(), lane->beliefs.end());
    all.recent.insert(all.recent.end(), lane->recent.begin(), lane->recent.end());
    for (const FactsView& facts : lane->stories) {
      if (stories.insert(facts->event.story_id).second) all.stories.push_back(facts);
    }
    all.known_until = std::max(all.known_until, lane->known_until);
    all.lanes += lane->lanes;
  }
  std::stable_sort(all.recent.begin(), all.recent.end(), is_newer_signal);
  if (all.recent.size() > kRecentMax) all.recent.resize(kRecentMax);
  cut_stories(all.stories);
  return all;
}

}  // namespace wiremill::cli
