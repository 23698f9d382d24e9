#include "score/scope.h"

#include <algorithm>

#include "base/assert.h"

namespace wiremill::score {
namespace {

bool is_before(const std::pair<std::uint64_t, const Claim*>& keyed, std::uint64_t key) {
  return keyed.first < key;
}

}  // namespace

Scope::Scope(std::string name, std::size_t facts_max)
    : name_(std::move(name)), type_(model::ScopeType::kCompany), facts_max_(facts_max) {
  const std::size_t slash = name_.find('/');
  const auto type = model::parse_name<model::ScopeType>(name_.substr(0, slash));
  WIREMILL_ASSERT(slash != std::string::npos && type.has_value());
  type_ = *type;
  id_ = name_.substr(slash + 1);
}

void Scope::take_out(const Claim& claim, std::uint64_t key) {
  const auto at = std::lower_bound(by_key_.begin(), by_key_.end(), key, is_before);
  if (at == by_key_.end() || at->first != key) return;
  by_key_.erase(at);
  facts_ -= claim.size();
  by_expiry_.erase({claim.newest_expiry(), key, &claim});
  folded_is_current_ = false;
}

void Scope::put_in(const Claim& claim, std::uint64_t key) {
  if (claim.empty()) return;
  const auto at = std::lower_bound(by_key_.begin(), by_key_.end(), key, is_before);
  WIREMILL_ASSERT(at == by_key_.end() || at->first != key);
  by_key_.insert(at, {key, &claim});
  facts_ += claim.size();
  by_expiry_.insert({claim.newest_expiry(), key, &claim});
  folded_is_current_ = false;
}

bool Scope::saturated() const {
  if (facts_ > facts_max_) return true;
  return std::any_of(by_key_.begin(), by_key_.end(),
                     [](const Keyed& keyed) { return keyed.second->saturated(); });
}

const std::vector<const Claim*>& Scope::claims() const {
  if (folded_is_current_) return folded_;
  folded_is_current_ = true;
  folded_.clear();
  if (facts_ <= facts_max_) {
    for (const Keyed& keyed : by_key_) folded_.push_back(keyed.second);
    return folded_;
  }
  std::vector<Keyed> latest;
  std::size_t taken = 0;
  for (auto at = by_expiry_.rbegin(); at != by_expiry_.rend(); ++at) {
    const Claim* const claim = std::get<2>(*at);
    if (!latest.empty() && taken + claim->size() > facts_max_) break;
    taken += claim->size();
    latest.emplace_back(std::get<1>(*at), claim);
  }
  std::sort(latest.begin(), latest.end());
  for (const Keyed& keyed : latest) folded_.push_back(keyed.second);
  return folded_;
}

}  // namespace wiremill::score
