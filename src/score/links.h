#pragma once
// Corrections that come under an id of their own ("CORRECTED: …"): a story is superseded while a
// correction with the same link key follows it within the window. A function of the set of
// stories: which of the two came first does not matter.
//
//   for (const std::string& id : links.add("reuters|amazon to spend", {scored, id}, true)) …

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace wiremill::score {

class Links {
 public:
  using Place = std::pair<base::Instant, std::string>;  ///< scored time, story id

  explicit Links(base::Duration window) : window_(window) {}

  /// Notes a story; the result names the stories that may be superseded now. An empty key links
  /// nothing.
  std::vector<std::string> add(const std::string& key, const Place& place, bool corrects);
  /// The result names the stories that may stand again.
  std::vector<std::string> remove(const std::string& key, const Place& place);
  bool is_superseded(const std::string& key, const Place& place) const;
  /// Whether a correction has something to correct.
  bool has_target(const std::string& key, const Place& place) const;

 private:
  struct Group {
    std::set<Place> stories;
    std::set<Place> corrections;  ///< those among the stories that correct
  };
  std::vector<std::string> targets(const Group& group, const Place& place) const;

  base::Duration window_;
  std::map<std::string, Group> groups_;
};

}  // namespace wiremill::score
