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

void Scope::note(const Claim& claim, std::uint64_t key) {
  const auto at = std::lower_bound(
      by_key_.begin(), by_key_.end(), key,
      [](const Place& place, std::uint64_t other) { return place.key < other; });
  const bool known = at != by_key_.end() && at->key == key;
  folded_is_current_ = false;
  if (known) {
    rows_[at->row] = Row{};
    count_out(*at);
    if (!claim.empty()) {
      count_in(*at, claim);
    } else {
      free_rows_.push_back(at->row);
      by_key_.erase(at);
    }
  } else if (!claim.empty()) {
    Place place{{}, key, &claim, 0, free_row(), false};
    count_in(place, claim);
    by_key_.insert(at, place);
  }
}

std::uint32_t Scope::free_row() {
  if (free_rows_.empty()) {
    rows_.emplace_back();
    return static_cast<std::uint32_t>(rows_.size() - 1);
  }
  const std::uint32_t row = free_rows_.back();
  free_rows_.pop_back();
  return row;
}

void Scope::count_out(const Place& place) {
  facts_ -= place.facts;
  saturated_claims_ -= place.saturated ? 1U : 0U;
  by_expiry_.erase(std::lower_bound(by_expiry_.begin(), by_expiry_.end(),
                                    Ending{place.expiry, place.key, 0}));
}

void Scope::count_in(Place& place, const Claim& claim) {
  place.expiry = claim.newest_expiry();
  place.facts = static_cast<std::uint32_t>(claim.size());
  place.saturated = claim.saturated();
  const Ending ending{place.expiry, place.key, claim.size()};
  by_expiry_.insert(std::lower_bound(by_expiry_.begin(), by_expiry_.end(), ending), ending);
  facts_ += place.facts;
  saturated_claims_ += place.saturated ? 1U : 0U;
}

void Scope::forget_earlier(base::Instant since) {
  for (std::optional<Earlier>& kept : earlier_) {
    if (kept && kept->t >= since) kept.reset();
  }
}

const std::vector<Scope::Weighed>& Scope::claims() const {
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
    if (Ending{place.expiry, place.key, 0} < *first) continue;
    folded_.push_back({place.claim, &rows_[place.row]});
  }
  return folded_;
}

}  // namespace wiremill::score
