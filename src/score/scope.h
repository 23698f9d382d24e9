#pragma once
// What a signal is about, and the claims that weigh on it.
//
//   scope.note(claim, key);                      // after each change of the claim
//   for (const Claim* claim : scope.claims()) …  // in order of key: the order of folding
//
// It holds at most `facts_max` facts for folding: whole claims, those that expire last. What is
// left out depends on the set of claims alone, not on their order of arrival.

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "model/signal.h"
#include "score/claim.h"

namespace wiremill::score {

/// What a claim adds to a scope by one rule.
struct Share {
  double weight = 0;
  double strength = 0;       ///< signed, -1…1
  std::uint32_t impact = 0;  ///< row of the impact table; Share::kTone: the tone of a text
  std::uint32_t aspect = 0;  ///< of Program::aspects()

  static constexpr std::uint32_t kTone = 0xFFFF'FFFF;
};

/// An entry of a ledger, and the text that tells whether two are the same.
struct LedgerLine {
  model::LedgerEntry entry;
  std::string text;
};

/// All that a fold needs of a claim, worked out once for a moment and kept until the claim changes
/// or the moment passes: a commit touches few of the claims that its scopes hold.
struct Row {
  base::Instant t = base::Instant::min();  ///< the moment that it is of
  bool stands = false;                     ///< the claim has statements
  base::Instant until;                     ///< last moment at which it stands
  std::int64_t coverage = 0;
  std::int64_t held = 0;
  std::vector<Share> shares;
  const Mention* shown = nullptr;          ///< of the statement that a ledger shows
  base::Instant shown_at;
  std::shared_ptr<const LedgerLine> line;  ///< made when a ledger shows it
};

class Scope {
 public:
  /// "sector/memory". Requires: a known type before the slash.
  Scope(std::string name, std::size_t facts_max);

  const std::string& name() const { return name_; }
  model::ScopeType type() const { return type_; }
  const std::string& id() const { return id_; }  ///< what follows the slash

  /// After each change of a claim, and before it is gone. An empty claim goes out.
  void note(const Claim& claim, std::uint64_t key);

  /// The values as of an earlier moment, kept between ticks: news does not change what was
  /// believed before it. (In a saturated scope they may be those of the tick's first asking.)
  struct Earlier {
    base::Instant t;
    const Program* program = nullptr;
    model::Values values;
  };
  std::optional<Earlier>& earlier(Moment::Slot slot) const {
    return earlier_[static_cast<std::size_t>(slot)];
  }
  /// Something that counts from `since` on came or went.
  void forget_earlier(base::Instant since);

  /// A claim, and what was kept of its last fold.
  struct Weighed {
    const Claim* claim;
    Row* row;
  };
  /// Sorted by key. Borrows: until the next change.
  const std::vector<Weighed>& claims() const;
  bool empty() const { return by_key_.empty(); }
  /// Facts are left out: of this scope or of one of its claims.
  bool saturated() const { return facts_ > facts_max_ || saturated_claims_ > 0; }

 private:
  std::string name_;
  model::ScopeType type_;
  std::string id_;
  std::size_t facts_max_;
  std::size_t facts_ = 0;
  std::size_t saturated_claims_ = 0;
  /// A claim where it stands in the order. Flat: every fold walks it from end to end.
  struct Place {
    base::Instant expiry;
    std::uint64_t key = 0;
    const Claim* claim = nullptr;
    std::uint32_t facts = 0;
    std::uint32_t row = 0;  ///< in rows_
    bool saturated = false;
  };
  /// The other order, as small as it goes.
  struct Ending {
    base::Instant expiry;
    std::uint64_t key = 0;
    std::size_t facts = 0;
    bool operator<(const Ending& other) const {
      return std::tie(expiry, key) < std::tie(other.expiry, other.key);
    }
  };
  void count_in(Place& place, const Claim& claim);
  void count_out(const Place& place);
  std::uint32_t free_row();

  std::vector<Place> by_key_;
  std::vector<Ending> by_expiry_;
  mutable std::deque<Row> rows_;  ///< they stay where they are while places move
  std::vector<std::uint32_t> free_rows_;
  mutable std::vector<Weighed> folded_;
  mutable bool folded_is_current_ = false;
  mutable std::array<std::optional<Earlier>, 3> earlier_;  ///< by Moment::Slot
};

}  // namespace wiremill::score
