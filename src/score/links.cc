#include "score/links.h"

namespace wiremill::score {

std::vector<std::string> Links::targets(const Group& group, const Place& place) const {
  std::vector<std::string> ids;
  for (auto at = group.stories.lower_bound({place.first - window_, {}});
       at != group.stories.end() && *at < place; ++at) {
    ids.push_back(at->second);
  }
  return ids;
}

std::vector<std::string> Links::add(const std::string& key, const Place& place, bool corrects) {
  if (key.empty()) return {};
  Group& group = groups_[key];
  group.stories.insert(place);
  if (!corrects) return {};
  group.corrections.insert(place);
  return targets(group, place);
}

std::vector<std::string> Links::remove(const std::string& key, const Place& place) {
  const auto found = groups_.find(key);
  if (found == groups_.end()) return {};
  Group& group = found->second;
  group.stories.erase(place);
  if (group.corrections.erase(place) == 0) {
    if (group.stories.empty()) groups_.erase(found);
    return {};
  }
  auto freed = targets(group, place);
  if (group.stories.empty()) groups_.erase(found);
  return freed;
}

bool Links::is_superseded(const std::string& key, const Place& place) const {
  const auto found = groups_.find(key);
  if (found == groups_.end()) return false;
  const auto next = found->second.corrections.upper_bound(place);
  return next != found->second.corrections.end() && next->first - place.first <= window_;
}

bool Links::has_target(const std::string& key, const Place& place) const {
  const auto found = groups_.find(key);
  return found != groups_.end() && !targets(found->second, place).empty();
}

}  // namespace wiremill::score
