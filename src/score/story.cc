#include "score/story.h"

#include <algorithm>
#include <tuple>

#include "base/assert.h"
#include "base/digest.h"

namespace wiremill::score {
namespace {

using model::FactsRecord;
using model::StoryState;
using model::StoryVersion;

auto place(const StoryVersion& v) {
  return std::tie(v.revision, v.action, v.received_at, v.id);
}

bool same_key(const StoryVersion& a, const StoryVersion& b) {
  return std::tie(a.revision, a.action, a.id) == std::tie(b.revision, b.action, b.id);
}

StoryVersion version_of(const FactsRecord& record) {
  const model::EventHeader& e = record.event;
  return {e.revision, e.action, e.id, e.received_at, e.scored_at, record_digest(record)};
}

template <class Version>
base::Instant horizon_of(const Version& version, const Program& program) {
  const bool may_shadow = version.action != model::Action::kPublish || version.revision > 1;
  return version.scored_at +
         (may_shadow ? program.keep_longest() : days(program.weights().story_days));
}

bool is_record_of(const FactsRecord& record, const StoryVersion& version) {
  const model::EventHeader& e = record.event;
  return std::tie(e.revision, e.action, e.id) ==
         std::tie(version.revision, version.action, version.id);
}

/// Versions that end before the newest one was scored cannot matter any more. `newest` is the
/// scored time of the one that comes, a copy or not.
void drop_outlived(StoryState& state, base::Instant newest, const Program& program) {
  for (const StoryVersion& version : state.versions) newest = std::max(newest, version.scored_at);
  std::erase_if(state.versions, [&](const StoryVersion& version) {
    return horizon(version, program) < newest;
  });
}

/// Every record that is held for the story, and the new one.
std::vector<FactsRecord> records_of(StoryState& state) {
  std::vector<FactsRecord> records = std::move(state.rivals);
  if (state.live) records.push_back(std::move(*state.live));
  state.rivals.clear();
  state.live.reset();
  return records;
}

/// Keeps the records of the greatest revision and action: the live one and its rivals.
void settle_live(StoryState& state, std::vector<FactsRecord> records) {
  if (state.versions.empty()) return;
  const StoryVersion& greatest = state.versions.back();
  if (greatest.action == model::Action::kWithdraw) return;
  for (FactsRecord& record : records) {
    const auto version = std::find_if(state.versions.begin(), state.versions.end(),
                                      [&](const auto& v) { return is_record_of(record, v); });
    if (version == state.versions.end() || version->revision != greatest.revision ||
        version->action != greatest.action) {
      continue;
    }
    if (same_key(*version, greatest)) {
      state.live = std::move(record);
    } else {
      state.rivals.push_back(std::move(record));
    }
  }
  std::sort(state.rivals.begin(), state.rivals.end(),
            [](const FactsRecord& a, const FactsRecord& b) { return a.event.id < b.event.id; });
}

}  // namespace

Taken take(StoryState& state, const FactsRecord& record, const Program& program,
           std::size_t versions_max) {
  const StoryVersion version = version_of(record);
  std::optional<StoryVersion> was_live;
  if (!state.versions.empty()) was_live = state.versions.back();
  drop_outlived(state, version.scored_at, program);
  const auto known = std::find_if(state.versions.begin(), state.versions.end(),
                                  [&](const auto& v) { return same_key(v, version); });
  if (known != state.versions.end()) {
    if (std::tie(known->received_at, known->digest) <=
        std::tie(version.received_at, version.digest)) {
      return Taken::kNothing;
    }
    state.versions.erase(known);
  }
  std::vector<FactsRecord> records = records_of(state);
  std::erase_if(records, [&](const FactsRecord& held) { return is_record_of(held, version); });
  records.push_back(record);
  state.versions.push_back(version);
  drop_outlived(state, version.scored_at, program);
  std::sort(state.versions.begin(), state.versions.end(),
            [](const StoryVersion& a, const StoryVersion& b) { return place(a) < place(b); });
  if (state.versions.size() > versions_max) state.versions.erase(state.versions.begin());
  settle_live(state, std::move(records));
  const StoryVersion& now_live = state.versions.back();
  const bool changed = same_key(now_live, version) || !was_live || !same_key(now_live, *was_live);
  return changed ? Taken::kLive : Taken::kNoted;
}

base::Instant horizon(const StoryVersion& version, const Program& program) {
  return horizon_of(version, program);
}

base::Instant horizon(const FactsRecord& record, const Program& program) {
  const model::EventHeader& event = record.event;
  base::Instant until = horizon_of(event, program);
  if (corrects_another(record)) until = event.scored_at + program.keep_longest();
  for (const model::Fact& fact : record.facts) {
    until = std::max(until, event.scored_at + program.keep(fact.kind));
  }
  if (!record.companies.empty()) until = std::max(until, event.scored_at + program.keep_tone());
  return until;
}

bool corrects_another(const FactsRecord& record) {
  const model::EventHeader& event = record.event;
  return !event.link_key.empty() &&
         (event.link_prefix == "corrected" || event.link_prefix == "withdrawn");
}

}  // namespace wiremill::score
