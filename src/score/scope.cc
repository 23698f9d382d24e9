#include "score/scope.h"

#include <algorithm>

#include "base/assert.h"

namespace wiremill::score {
Scope::Scope(std::string name, std::size_t facts_max)
    : name_(std::move(name)), type_(model::ScopeType::kCompany), facts_max_(facts_max) {
  const std::size_t slash = name_.find('/');
  const auto type = model::parse_name<model::ScopeType>(name_.substr(0, slash));
  WIREMILL_ASSERT(slash != std::string::npos && type.has_value());
  type_ = *type;
  id_ = name_.substr(slash + 1);
}

void Scope::take_out(const Claim& claim, std::uint64_t key) {
  if (by_key_.erase(key) == 0) return;
  facts_ -= claim.size();
  saturated_claims_ -= claim.saturated() ? 1 : 0;
  by_expiry_.erase({claim.newest_expiry(), key, &claim});
  folded_is_current_ = false;
}

void Scope::put_in(const Claim& claim, std::uint64_t key) {
  if (claim.empty()) return;
  const bool added = by_key_.emplace(key, &claim).second;
  WIREMILL_ASSERT(added);
  facts_ += claim.size();
  saturated_claims_ += claim.saturated() ? 1 : 0;
  by_expiry_.insert({claim.newest_expiry(), key, &claim});
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
  if (facts_ <= facts_max_) {
    for (const auto& [key, claim] : by_key_) folded_.push_back(claim);
    return folded_;
  }
  std::vector<std::pair<std::uint64_t, const Claim*>> latest;
  std::size_t taken = 0;
  for (auto at = by_expiry_.rbegin(); at != by_expiry_.rend(); ++at) {
    const auto& [expiry, key, claim] = *at;
    if (!latest.empty() && taken + claim->size() > facts_max_) break;
    taken += claim->size();
    latest.emplace_back(key, claim);
  }
  std::sort(latest.begin(), latest.end());
  for (const auto& [key, claim] : latest) folded_.push_back(claim);
  return folded_;
}

}  // namespace wiremill::score
