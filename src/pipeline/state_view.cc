#include "pipeline/state_view.h"

#include <fmt/format.h>

#include <map>

#include "wire/state.h"

namespace wiremill::pipeline {

std::string canonical_export(const score::Scorer& scorer, std::optional<base::Instant> at) {
  score::Export state = scorer.export_state(at.value_or(scorer.header().received_max));
  wire::StateExport records{.header = std::move(state.header),
                            .stories = std::move(state.stories),
                            .scopes = {}};
  for (score::Export::Core& core : state.cores) {
    model::ScopeState scope;
    scope.scope = std::move(core.scope);
    scope.core = std::move(core.core);
    records.scopes.push_back(std::move(scope));
  }
  std::string text = wire::encode_export(wire::canonical(std::move(records)));
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

base::Result<void> load_state(stream::Stream& stream, const Topics& topics,
                              score::Scorer& scorer) {
  std::map<std::string, std::string> live;
  const auto scanned =
      stream.scan(topics.score_state, [&](const stream::Record& record) -> base::Result<void> {
        const bool ours = record.key == "header" || record.key.starts_with("story/");
        if (!ours) return {};
        const std::string key = fmt::format("{}/{}", record.from.partition, record.key);
        if (record.value) {
          live[key] = *record.value;
        } else {
          live.erase(key);
        }
        return {};
      });
  if (!scanned) return scanned;
  for (const auto& [key, value] : live) {
    auto record = wire::decode_state(value);
    if (!record) {
      return base::fatal(fmt::format("score state, key \"{}\": {}", key, record.error().text));
    }
    if (const auto* header = std::get_if<model::LaneHeader>(&*record)) scorer.load(*header);
    if (auto* story = std::get_if<model::StoryState>(&*record)) scorer.load(std::move(*story));
  }
  return {};
}

}  // namespace wiremill::pipeline
