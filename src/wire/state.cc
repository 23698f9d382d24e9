#include "wire/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "wire/decoding.h"
#include "wire/record_fields.h"
#include "wire/rounding.h"
#include "wire/utf8.h"

namespace wiremill::wire {
namespace {

constexpr std::string_view kSchema = "wiremill.state";
constexpr JsonLimits kLimits{.bytes_max = 64U << 20U};

template <class V>
void begin(V& v, std::string_view kind) {
  v.fixed("schema", kSchema);
  v.fixed("version", 1);
  v.fixed("kind", kind);
}

}  // namespace

template <class V>
void fields(V& v, Of<V, model::StoryVersion>& version) {
  v.need("revision", version.revision);
  v.need("action", version.action);
  v.need("id", version.id);
  v.need("received_at", version.received_at);
  v.need("scored_at", version.scored_at);
  v.need("digest", version.digest);
}

template <class V>
void fields(V& v, Of<V, model::StoryState>& story) {
  begin(v, "story");
  v.need("story_id", story.story_id);
  v.need("versions", story.versions);
  v.may("live", story.live);
  v.when("rivals", story.rivals);
}

template <class V>
void fields(V& v, Of<V, model::ScopeState>& scope) {
  begin(v, "scope");
  v.need("scope", scope.scope);
  v.need("core", scope.core);
  v.when("sequence", scope.sequence);
  v.when("as_of", scope.as_of);
}

template <class V>
void fields(V& v, Of<V, model::LaneHeader>& header) {
  begin(v, "header");
  v.need("format", header.format);
  v.need("log_time", header.log_time);
  v.need("received_max", header.received_max);
  v.need("catalog_digest", header.catalog_digest);
  v.when("too_late", header.too_late);
}

template <class V>
void fields(V& v, Of<V, model::LaneGuard>& guard) {
  begin(v, "guard");
  v.need("running", guard.running);
  v.need("restarts", guard.restarts);
  v.need("at", guard.at);
  v.need("trying", guard.trying);
  v.need("attempts", guard.attempts);
}

namespace {

template <class Noun>
base::Result<StateRecord> read_as(const JsonValue& json) {
  Noun noun;
  Failure failure;
  read(json, noun, Place{}, failure);
  if (failure) return base::fail(failure.error());
  return noun;
}

template <class Noun, class Less>
std::vector<const Noun*> sorted(const std::vector<Noun>& nouns, Less less) {
  std::vector<const Noun*> order;
  for (const Noun& noun : nouns) order.push_back(&noun);
  std::sort(order.begin(), order.end(), [&](const Noun* a, const Noun* b) { return less(*a, *b); });
  return order;
}

}  // namespace

std::string encode_header(const model::LaneHeader& header) {
  return encode(header, kFactsDecimals);
}

std::string encode_story(const model::StoryState& story) { return encode(story, kFactsDecimals); }

std::string encode_scope(const model::ScopeState& scope) { return encode(scope, kFactsDecimals); }

std::string encode_lane_guard(const model::LaneGuard& guard) {
  return encode(guard, kFactsDecimals);
}

base::Result<StateRecord> decode_state(std::string_view bytes) {
  const auto document = parse_json(bytes, kLimits);
  if (!document) return base::fail(document.error());
  const JsonValue& json = **document;
  Failure failure;
  const Place top;
  FieldReader reader(json, top, failure);
  std::string kind;
  reader.need("kind", kind);
  if (failure) return base::fail(failure.error());
  if (kind == "story") return read_as<model::StoryState>(json);
  if (kind == "scope") return read_as<model::ScopeState>(json);
  if (kind == "header") return read_as<model::LaneHeader>(json);
  if (kind == "guard") return read_as<model::LaneGuard>(json);
  return base::malformed("bad_value", fmt::format("kind: is \"{}\", want one of header, story, "
                                                  "scope, guard", cut_utf8(kind, 48)));
}

base::Result<model::LaneHeader> decode_header(std::string_view bytes) {
  return decode<model::LaneHeader>(bytes, kLimits);
}

base::Result<model::StoryState> decode_story(std::string_view bytes) {
  return decode<model::StoryState>(bytes, kLimits);
}

base::Result<model::ScopeState> decode_scope(std::string_view bytes) {
  return decode<model::ScopeState>(bytes, kLimits);
}

base::Result<model::LaneGuard> decode_lane_guard(std::string_view bytes) {
  return decode<model::LaneGuard>(bytes, kLimits);
}

StateExport canonical(StateExport state) {
  state.header.too_late = 0;
  for (model::ScopeState& scope : state.scopes) {
    scope.sequence = 0;
    scope.as_of = {};
  }
  return state;
}

std::string encode_export(const StateExport& state) {
  const auto stories = sorted(state.stories, [](const auto& a, const auto& b) {
    return a.story_id < b.story_id;
  });
  const auto scopes =
      sorted(state.scopes, [](const auto& a, const auto& b) { return a.scope < b.scope; });
  std::string text = encode_header(state.header) + "\n";
  for (const auto* story : stories) text += encode_story(*story) + "\n";
  for (const auto* scope : scopes) text += encode_scope(*scope) + "\n";
  return text;
}

base::Result<StateExport> decode_export(std::string_view text) {
  StateExport state;
  std::int64_t line = 0;
  const auto wrong = [&](std::string reason, std::string_view what) {
    return base::malformed(std::move(reason), fmt::format("line {}: {}", line, what));
  };
  while (!text.empty()) {
    const std::string_view bytes = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), bytes.size() + 1));
    ++line;
    auto record = decode_state(bytes);
    if (!record) return wrong(record.error().reason, record.error().text);
    auto* const header = std::get_if<model::LaneHeader>(&*record);
    auto* const story = std::get_if<model::StoryState>(&*record);
    auto* const scope = std::get_if<model::ScopeState>(&*record);
    if ((header != nullptr) != (line == 1)) {
      return wrong("bad_value", "want the header on line 1 and nowhere else");
    }
    if (header != nullptr) state.header = std::move(*header);
    if (story != nullptr) state.stories.push_back(std::move(*story));
    if (scope != nullptr) state.scopes.push_back(std::move(*scope));
  }
  if (line == 0) return base::malformed("empty", "the export is empty, want a header line");
  return state;
}

}  // namespace wiremill::wire
