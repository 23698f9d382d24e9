#include "extract/objects.h"

#include <string_view>

namespace wiremill::extract {
namespace {

/// "Upgraded by Citi", "cut to hold at Jefferies": who speaks, not who is spoken of.
bool is_speaker(const Scene& scene, const Actor& actor) {
  const std::string_view before =
      std::string_view(scene.field.normal.lower).substr(0, actor.span.begin);
  const std::string_view behind = scene.field.text().substr(actor.span.end);
  const Beside& beside = scene.lexis.beside;
  return beside.speaker_before.end(before) || beside.speaker_behind.begin(behind);
}

/// "… after Citi upgraded it" against "Intel upgraded to buy at Citi": who stands right before the
/// verb speaks, unless the speaker is named behind it.
bool rates_itself(const Scene& scene, const ByteRange& clause, const ByteRange& anchor,
                  const Actor& actor) {
  if (actor.span.end + 1 != anchor.begin) return false;
  return !scene.lexis.beside.rated_by.stand_in(scene.field.cut({anchor.begin, clause.end}));
}

}  // namespace

std::optional<BoundSubject> bind_object(const Scene& scene, const ByteRange& clause,
                                        const ByteRange& anchor) {
  const Actor* found = nullptr;
  const auto actors = scene.actors_in(clause);
  for (const Actor& actor : actors) {
    if (actor.type != model::SubjectType::kCompany || is_speaker(scene, actor)) continue;
    // The agency is a word of the rule: "Moody's cut its outlook on Oracle".
    if (actor.span.begin == anchor.begin || rates_itself(scene, clause, anchor, actor)) continue;
    const bool behind = actor.span.begin >= anchor.begin;
    if (behind && found != nullptr && found->span.begin >= anchor.begin) break;
    found = &actor;
  }
  if (found == nullptr) return std::nullopt;
  BoundSubject bound;
  bound.subject = subject_of(scene, *found);
  bound.span = found->span;
  bound.company = found->index;
  return bound;
}

std::optional<Actor> carried_subject(const Scene& scene, const text::Sentence& sentence) {
  for (const Actor& actor : scene.actors_in(sentence.span)) {
    if (!actor.in_brackets && !has_a_share(scene, actor)) return actor;
  }
  return std::nullopt;
}

}  // namespace wiremill::extract
