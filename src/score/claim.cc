#include "score/claim.h"

#include <algorithm>

#include "base/assert.h"
#include "base/digest.h"

namespace wiremill::score {
namespace {

bool in_order(const Mention* a, const Mention* b) { return before(*a, *b); }

bool near(double value, double first, double tolerance) {
  const double distance = value < first ? first - value : value - first;
  const double size = first < 0 ? -first : first;
  return distance <= tolerance * size;
}

bool says_the_same(const Mention& mention, const Statement& statement, double tolerance) {
  const Mention& first = *statement.first;
  if (mention.denied != first.denied || mention.status != first.status) return false;
  if (mention.value.has_value() != first.value.has_value()) return false;
  if (!mention.value) return mention.words == first.words;
  return mention.unit == first.unit && near(*mention.value, *first.value, tolerance);
}

template <class T>
void fill(std::optional<T>& slot, const std::optional<T>& value) {
  if (!slot) slot = value;
}

/// Reads mentions in canonical order into statements.
class Reading {
 public:
  Reading(const Program& program, base::Instant t) : program_(program), t_(t) {}

  void read(const Mention& mention, double tolerance) {
    if (started_ && mention.scored > newest_expiry_) restart();
    started_ = true;
    newest_expiry_ = std::max(newest_expiry_, mention.expires);
    const std::size_t index = statement_for(mention, tolerance);
    Statement& statement = account_.statements[index];
    ++statement.mentions;
    fill(statement.words.direction, mention.words.direction);
    fill(statement.words.surprise, mention.words.surprise);
    fill(statement.words.stance, mention.words.stance);
    fill(statement.surprise_points, mention.surprise_points);
    fill(statement.move_points, mention.move_points);
    if (!statement.compared_value && mention.compared_value) {
      statement.compared_value = mention.compared_value;
      statement.compared_same_period = mention.compared_same_period;
    }
    if (!is_reprint(mention, index)) add_family(mention, index);
    read_.push_back({&mention, index});
  }

  void mark_stale(const Mention& mention, double tolerance) {
    account_.statements[statement_for(mention, tolerance)].stale = true;
  }

  Account finish(std::int64_t coverage, std::int64_t held) {
    if (account_.until < t_) account_.statements.clear();
    account_.coverage = account_.statements.empty() ? 0 : coverage;
    account_.held = held;
    return std::move(account_);
  }

 private:
  struct Read {
    const Mention* mention;
    std::size_t statement;
  };

  void restart() {
    account_ = Account{};
    families_.clear();
    read_.clear();
  }

  std::size_t statement_for(const Mention& mention, double tolerance) {
    auto& statements = account_.statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (says_the_same(mention, statements[i], tolerance)) return i;
    }
    Statement statement;
    statement.first = &mention;
    statements.push_back(statement);
    families_.emplace_back();
    return statements.size() - 1;
  }

  bool is_reprint(const Mention& mention, std::size_t index) const {
    const auto& families = families_[index];
    if (std::find(families.begin(), families.end(), mention.family) != families.end()) return true;
    return mention.lead != 0 && std::any_of(read_.begin(), read_.end(), [&](const Read& read) {
      return read.statement == index && read.mention->lead == mention.lead;
    });
  }

  void add_family(const Mention& mention, std::size_t index) {
    Statement& statement = account_.statements[index];
    const auto& novelty = program_.weights().novelty;
    const std::size_t count = families_[index].size();
    families_[index].push_back(mention.family);
    if (count < novelty.size()) statement.novelty += novelty[count];
    statement.credibility = std::max(statement.credibility, mention.credibility);
    statement.relevance = std::max(statement.relevance, mention.relevance);
    ++statement.families;
    account_.until = std::max(account_.until, mention.expires);
  }

  const Program& program_;
  base::Instant t_;
  bool started_ = false;
  base::Instant newest_expiry_{};
  Account account_;
  std::vector<std::vector<std::uint64_t>> families_;  ///< by statement
  std::vector<Read> read_;
};

}  // namespace

void Claim::insert(const Mention* mention) {
  const auto at = std::lower_bound(mentions_.begin(), mentions_.end(), mention, in_order);
  mentions_.insert(at, mention);
  newest_expiry_ = std::max(newest_expiry_, mention->expires);
  forget_accounts();
}

void Claim::erase(const Mention* mention) {
  // A record may name one id twice: equal places, then the pointer tells.
  const auto from = std::lower_bound(mentions_.begin(), mentions_.end(), mention, in_order);
  const auto at = std::find(from, mentions_.end(), mention);
  WIREMILL_ASSERT(at != mentions_.end());
  mentions_.erase(at);
  newest_expiry_ = base::Instant{};
  for (const Mention* const left : mentions_) {
    newest_expiry_ = std::max(newest_expiry_, left->expires);
  }
  forget_accounts();
}

Account Claim::account(base::Instant t, const Program& program, const PackView* view) const {
  const auto kind = static_cast<std::size_t>(topic_.kind);
  const double tolerance = topic_.tone ? 0 : program.weights().tolerance[kind];
  Reading reading(program, t);
  std::int64_t coverage = 0;
  std::int64_t held = 0;
  const std::size_t skipped =
      mentions_.size() > mentions_max_ ? mentions_.size() - mentions_max_ : 0;
  for (std::size_t i = skipped; i < mentions_.size(); ++i) {
    const Mention& mention = *mentions_[i];
    if (mention.counts_from > t) continue;
    if (mention.standing == Standing::kHeld) {
      held += mention.expires >= t ? 1 : 0;
      continue;
    }
    ++coverage;
    if (mention.standing == Standing::kCoverage) continue;
    if (view != nullptr) {
      const auto& forms = *view->forms_excluded;
      const model::Form form = mention.record->event.form;
      if (std::find(forms.begin(), forms.end(), form) != forms.end()) continue;
    }
    reading.read(mention, tolerance);
    if (view != nullptr && mention.published < view->evidence_from) {
      reading.mark_stale(mention, tolerance);
    }
  }
  return reading.finish(coverage, held);
}

void Claim::note_window(base::Instant t, Kept& kept) const {
  kept.from = base::Instant::min();
  kept.to = base::Instant::max();
  const auto boundary = [&](base::Instant at) {  // the account may change at this moment
    if (at <= t) kept.from = std::max(kept.from, at);
    if (at > t) kept.to = std::min(kept.to, at);
  };
  for (const Mention* const mention : mentions_) {
    boundary(mention->counts_from);
    // Which expiries matter depends on who carries; any of them is a safe boundary.
    boundary(mention->expires + base::Duration(1));
  }
}

const Account& Claim::at(Moment moment, const Program& program) const {
  Kept& kept = kept_[static_cast<std::size_t>(moment.slot)];
  if (moment.t >= kept.from && moment.t < kept.to) return kept.account;
  kept.account = account(moment.t, program, nullptr);
  note_window(moment.t, kept);
  return kept.account;
}

void Claim::forget_accounts() {
  for (Kept& kept : kept_) kept.to = kept.from;
}

Account Claim::seen_by(const PackView& view, base::Instant t, const Program& program) const {
  return account(t, program, &view);
}

base::Instant Claim::kept_until(const Mention& mention) const {
  if (mention.standing != Standing::kEvidence) return mention.expires;
  base::Instant until = base::Instant::min();
  for (const Mention* const each : mentions_) {
    if (each->standing != Standing::kEvidence) continue;
    if (each->scored > until) {  // the claim starts anew
      if (before(mention, *each)) break;
      until = base::Instant::min();
    }
    until = std::max(until, each->expires);
  }
  return std::max(until, mention.expires);
}

Claim& Claims::make(const Mention& mention, const std::string& text, std::uint64_t key) {
  const Topic topic = topic_of(mention, key == mention.key ? 0 : 1);
  auto claim = std::make_unique<Claim>(text, topic, program_->audience(topic), mentions_max_);
  return *claims_.emplace(key, std::move(claim)).first->second;
}

Claim& Claims::of(const Mention& mention) {
  const auto known = claims_.find(mention.key);
  Claim& claim = known != claims_.end() ? *known->second
                                        : make(mention, mention.claim, mention.key);
  if (claim.prior_ == nullptr && !mention.prior_claim.empty()) {
    const std::uint64_t key = base::digest64(mention.prior_claim);
    const auto prior = claims_.find(key);
    claim.prior_ = prior != claims_.end() ? prior->second.get()
                                          : &make(mention, mention.prior_claim, key);
    ++claim.prior_->dependents_;
  }
  return claim;
}

const Claim* Claims::find(std::uint64_t key) const {
  const auto found = claims_.find(key);
  return found == claims_.end() ? nullptr : found->second.get();
}

void Claims::release(std::uint64_t key) {
  auto found = claims_.find(key);
  while (found != claims_.end() && found->second->empty() && found->second->dependents_ == 0) {
    const Claim* const prior = found->second->prior_;
    claims_.erase(found);
    if (prior == nullptr) return;
    found = claims_.find(base::digest64(prior->text_));
    --found->second->dependents_;
  }
}

}  // namespace wiremill::score
