#pragma once
// A story: the versions of one news item and the facts of the live one.
//
// The law of versions:
// - They are a set keyed by (revision, action, event id). Of copies of one key the one with the
//   smallest (received, digest) stays.
// - The live one is the greatest by (revision, publish < correct < withdraw, received, id). So a
//   late original cannot undo a correction, and a withdrawal that comes first still withdraws.
// - A version is remembered until its horizon; one that is scored after the horizon of another
//   starts the story anew. A correction or withdrawal is remembered as long as anything it may
//   have to put right.
// Exact unless versions of one story run backwards over more than a horizon.

#include <string>
#include <vector>

#include "model/state.h"
#include "score/mention.h"

namespace wiremill::score {

/// Digest of everything in the record that is not how it travelled.
std::string record_digest(const model::FactsRecord& record);

enum class Taken {
  kNothing,  ///< a copy that changes nothing
  kNoted,    ///< the version is new, but not the live one
  kLive,     ///< the live facts changed
};

/// Takes the record into the state. `versions_max`: the smallest versions beyond it go.
Taken take(model::StoryState& state, const model::FactsRecord& record, const Program& program,
           std::size_t versions_max);

/// Until when the version stands in the way of others.
base::Instant horizon(const model::StoryVersion& version, const Program& program);
/// The same for a record that is not part of a story yet, its facts included.
base::Instant horizon(const model::FactsRecord& record, const Program& program);

/// "CORRECTED: …" or "WITHDRAWN: …" under an id of its own.
bool corrects_another(const model::FactsRecord& record);

/// One story in memory. Owns: its state and mentions, which point into it: never moved.
struct Story {
  model::StoryState state;
  std::vector<Mention> mentions;
  bool superseded = false;  ///< by a correction under another id: its mentions do not count

  Story() = default;
  Story(const Story&) = delete;  // mentions point into state
  Story& operator=(const Story&) = delete;
};

}  // namespace wiremill::score
