#pragma once
// What the score stage keeps, as the values of its state topic and as a file
// (schemas/state.schema.json). The nouns are in model/state.h.
//
//   changes.push_back({"story/" + story.story_id, encode_story(story)});
//   Result<StateRecord> record = decode_state(value);          // header, story, scope or guard
//
// An export is NDJSON: the header, then the stories by id, then the scopes by name. canonical()
// makes the exports of two runs over the same input equal byte for byte.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/state.h"

namespace wiremill::wire {

std::string encode_header(const model::LaneHeader& header);
std::string encode_story(const model::StoryState& story);
std::string encode_scope(const model::ScopeState& scope);
std::string encode_lane_guard(const model::LaneGuard& guard);

using StateRecord =
    std::variant<model::LaneHeader, model::StoryState, model::ScopeState, model::LaneGuard>;

/// Unknown fields are ignored. Errors: malformed, as decode_facts. What was encoded decodes to the
/// same noun, once the facts of a story are settled.
[[nodiscard]] base::Result<StateRecord> decode_state(std::string_view bytes);
/// The same, when the kind is known from the key; another kind is an error.
[[nodiscard]] base::Result<model::LaneHeader> decode_header(std::string_view bytes);
[[nodiscard]] base::Result<model::StoryState> decode_story(std::string_view bytes);
[[nodiscard]] base::Result<model::ScopeState> decode_scope(std::string_view bytes);
[[nodiscard]] base::Result<model::LaneGuard> decode_lane_guard(std::string_view bytes);

struct StateExport {
  model::LaneHeader header;
  std::vector<model::StoryState> stories;
  std::vector<model::ScopeState> scopes;
  bool operator==(const StateExport&) const = default;
};

/// The state without what depends on the order in which records came: too_late of the header,
/// sequence and as_of of scopes become 0, which is not written. For comparing, not for importing.
StateExport canonical(StateExport state);

/// One line a record, sorted here, each with its line break.
std::string encode_export(const StateExport& state);

/// Errors: malformed; the text begins with the line number. The header must be the first line.
[[nodiscard]] base::Result<StateExport> decode_export(std::string_view text);

}  // namespace wiremill::wire
