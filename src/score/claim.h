#pragma once
// A claim: everything said of one thing, whoever says it. It keeps the mentions in canonical
// order and works out on demand how they stand at t: a pure function of the set of mentions.
//
// The law of statements:
// - Mentions are read by (scored, story, id). One that comes after the expiry of all before it
//   starts the claim anew, so it makes no difference whether the old ones were forgotten.
// - A mention joins the first statement of its polarity, rung and value (within the kind's
//   tolerance of that statement's first mention; without figures, of the same words), else it
//   opens one. The statement that was opened last carries the claim.
// - The first publisher family carries a statement, each further one adds a falling bonus; the
//   same family again or the same lead under another name is a reprint and moves nothing.
// - The claim stands until the last of its carrying mentions expires.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "score/mention.h"

namespace wiremill::score {

/// What was said once, by whoever repeated it.
struct Statement {
  const Mention* first = nullptr;
  Words words;                            ///< the first that a mention gave
  std::optional<double> surprise_points;  ///< likewise
  std::optional<double> move_points;
  std::optional<double> compared_value;
  bool compared_same_period = false;
  double novelty = 0;
  double credibility = 0;  ///< of the best family
  double relevance = 0;
  std::int64_t families = 0;
  std::int64_t mentions = 0;
  /// Said before a pack's evidence begins: known already, no evidence for it.
  bool stale = false;
};

/// A claim as it stands at one moment.
struct Account {
  std::vector<Statement> statements;  ///< in order of their first mention; the last one carries
  base::Instant until;                ///< last moment at which it stands
  std::int64_t coverage = 0;          ///< mentions of any standing but held
  std::int64_t held = 0;              ///< held mentions that have not expired

  const Statement* newest() const { return statements.empty() ? nullptr : &statements.back(); }
};

/// A moment, and which of the kept accounts to use: what is asked for again and again is now, an
/// hour ago and a day ago.
struct Moment {
  base::Instant t;
  enum class Slot { kNow, kHourAgo, kDayAgo } slot = Slot::kNow;
};

/// Which mentions a pack takes.
struct PackView {
  base::Instant evidence_from;
  const std::vector<model::Form>* forms_excluded = nullptr;
};

/// Memory: one pointer a mention, at most `mentions_max` are read, the latest.
class Claim {
 public:
  Claim(std::string text, Topic topic, Audience audience, std::size_t mentions_max)
      : text_(std::move(text)), topic_(std::move(topic)), audience_(std::move(audience)),
        mentions_max_(mentions_max) {}

  void insert(const Mention* mention);
  void erase(const Mention* mention);

  const std::string& text() const { return text_; }
  const Topic& topic() const { return topic_; }
  const Audience& audience() const { return audience_; }
  bool empty() const { return mentions_.empty(); }
  std::size_t size() const { return mentions_.size(); }
  const std::vector<const Mention*>& mentions() const { return mentions_; }
  bool saturated() const { return mentions_.size() > mentions_max_; }
  /// The claim for the period a year before: may have no mentions; nullptr when there is no such
  /// period.
  const Claim* prior() const { return prior_; }
  /// The greatest expiry of all mentions; the epoch when there are none.
  base::Instant newest_expiry() const { return newest_expiry_; }

  /// How it stands at a moment. Cost: nothing while the answer is the last one's of the slot.
  /// Borrows: until the next call for the slot or change. Without statements it does not stand.
  const Account& at(Moment moment, const Program& program) const;
  /// The same as a pack sees it; computed each time.
  Account seen_by(const PackView& view, base::Instant t, const Program& program) const;
  /// Until when the mention's part of the claim must be kept: the greatest expiry of the mentions
  /// that it stands together with.
  base::Instant kept_until(const Mention& mention) const;

 private:
  friend class Claims;
  Account account(base::Instant t, const Program& program, const PackView* view) const;
  struct Kept {  ///< holds in [from, to)
    Account account;
    base::Instant from{};
    base::Instant to{};
  };
  void note_window(base::Instant t, Kept& kept) const;
  void forget_accounts();

  std::string text_;
  Topic topic_;
  Audience audience_;
  std::size_t mentions_max_;
  std::vector<const Mention*> mentions_;
  base::Instant newest_expiry_{};
  Claim* prior_ = nullptr;
  int dependents_ = 0;  ///< claims whose prior_ this is

  mutable std::array<Kept, 3> kept_;  ///< by Moment::Slot
};

/// All claims by key. A claim that nobody mentions stays while another measures itself by it.
class Claims {
 public:
  Claims(const Program& program, std::size_t mentions_max)
      : program_(&program), mentions_max_(mentions_max) {}

  /// The claim of the mention, made when it is new. Borrows: until release().
  Claim& of(const Mention& mention);
  const Claim* find(std::uint64_t key) const;
  /// Removes the claim when nothing needs it any more.
  void release(std::uint64_t key);
  void clear() { claims_.clear(); }
  void set_program(const Program& program) { program_ = &program; }

 private:
  Claim& make(const Mention& mention, const std::string& text, std::uint64_t key);

  const Program* program_;
  std::size_t mentions_max_;
  std::map<std::uint64_t, std::unique_ptr<Claim>> claims_;
};

}  // namespace wiremill::score
