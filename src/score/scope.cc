#include "score/scope.h"

#include <algorithm>

#include "base/assert.h"

namespace wiremill::score {

bool Scope::by_key(const Place& a, const Place& b) { return a.key < b.key; }

bool Scope::by_expiry(const Place& a, const Place& b) {
  return std::pair(a.expiry, a.key) < std::pair(b.expiry, b.key);
}

Scope::Scope(std::string name, std::size_t facts_max)
    : name_(std::move(name)), type_(model::ScopeType::kCompany), facts_max_(facts_max) {
  const std::size_t slash = name_.find('/');
  const auto type = model::parse_name<model::ScopeType>(name_.substr(0, slash));
  WIREMILL_ASSERT(slash != std::string::npos && type.has_value());
  type_ = *type;
  id_ = name_.substr(slash + 1);
}

void Scope::take_out(const Claim& claim, std::uint64_t key) {
  const Place place{claim.newest_expiry(), key, &claim, 0};
  const auto at = std::lower_bound(by_key_.begin(), by_key_.end(), place, by_key);
  if (at == by_key_.end() || at->key != key) return;
  facts_ -= at->facts;
  saturated_claims_ -= claim.saturated() ? 1 : 0;
  by_key_.erase(at);
  by_expiry_.erase(std::lower_bound(by_expiry_.begin(), by_expiry_.end(), place, by_expiry));
  folded_is_current_ = false;
}

void Scope::put_in(const Claim& claim, std::uint64_t key) {
  if (claim.empty()) return;
  const Place place{claim.newest_expiry(), key, &claim, claim.size()};
  const auto at = std::lower_bound(by_key_.begin(), by_key_.end(), place, by_key);
  WIREMILL_ASSERT(at == by_key_.end() || at->key != key);
  by_key_.insert(at, place);
  by_expiry_.insert(std::lower_bound(by_expiry_.begin(), by_expiry_.end(), place, by_expiry),
                    place);
  facts_ += place.facts;
  saturated_claims_ += claim.saturated() ? 1 : 0;
  folded_is_current_ = false;
}

void Scope::forget_earlier(base::Instant since) {
  for (std::optional<Earlier>& kept : earlier_) {
    if (kept && kept->t >= since) kept.reset();
  }
}

const std::vector<const Claim*>& Scope::claims() const {
  if (folded_is_current_) return folded_;
  folded_is_current_ = true;
  folded_.clear();
  if (by_key_.empty()) return folded_;
  auto first = by_expiry_.begin();  // what expires before it is left out
  if (facts_ > facts_max_) {
    std::size_t taken = 0;
    for (first = by_expiry_.end(); first != by_expiry_.begin(); --first) {
      const std::size_t more = std::prev(first)->facts;
      if (taken > 0 && taken + more > facts_max_) break;
      taken += more;
    }
  }
  for (const Place& place : by_key_) {
    if (!by_expiry(place, *first)) folded_.push_back(place.claim);
  }
  return folded_;
}

}  // namespace wiremill::score
