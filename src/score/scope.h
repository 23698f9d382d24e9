#pragma once
// What a signal is about, and the claims that weigh on it.
//
//   scope.put_in(claim);                         // after each change of the claim
//   for (const Claim* claim : scope.claims()) …  // in order of key: the order of folding
//
// It holds at most `facts_max` facts for folding: whole claims, those that expire last. What is
// left out depends on the set of claims alone, not on their order of arrival.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/signal.h"
#include "score/claim.h"

namespace wiremill::score {

class Scope {
 public:
  /// "sector/memory". Requires: a known type before the slash.
  Scope(std::string name, std::size_t facts_max);

  const std::string& name() const { return name_; }
  model::ScopeType type() const { return type_; }
  const std::string& id() const { return id_; }  ///< what follows the slash

  /// Around each change of a claim: out before it, in after it. An empty claim stays out.
  void take_out(const Claim& claim, std::uint64_t key);
  void put_in(const Claim& claim, std::uint64_t key);

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

  /// Sorted by key. Borrows: until the next change.
  const std::vector<const Claim*>& claims() const;
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
    std::size_t facts = 0;
  };
  static bool by_key(const Place& a, const Place& b);
  static bool by_expiry(const Place& a, const Place& b);

  std::vector<Place> by_key_;
  std::vector<Place> by_expiry_;  ///< by (expiry, key)
  mutable std::vector<const Claim*> folded_;
  mutable bool folded_is_current_ = false;
  mutable std::array<std::optional<Earlier>, 3> earlier_;  ///< by Moment::Slot
};

}  // namespace wiremill::score
