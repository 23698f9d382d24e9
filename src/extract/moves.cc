#include "extract/moves.h"

#include "extract/move_readers.h"

namespace wiremill::extract {

void build_moves(const PrintPlace& place, std::vector<PlacedFact>& facts) {
  const CompiledRule& rule = place.rule;
  const ByteRange sentence = place.scene.sentences()[place.sentence].span;
  const bool first = rule.is_tagged("verb_first");
  for (Move& move : first ? read_verb_first(place) : read_verb_last(place)) {
    const PlacedFigure& placed = place.scene.figures[move.figure];
    PlacedFact out;
    out.anchor = placed.span;
    out.note = std::move(move.how.why);
    out.fact.kind = rule.kind;
    out.fact.rule = rule.rule->id;
    out.fact.subject = std::move(move.subject);
    out.fact.figure = placed.figure.id;
    out.fact.direction = move.direction;
    out.fact.status = rule.status;
    out.fact.modality = move.how.modality;
    out.fact.newness = rule.is_tagged("no_newness") ? model::Newness::kNew : move.how.newness;
    out.fact.polarity = move.how.polarity;
    out.fact.claimant = {model::ClaimantType::kPress, "", "", place.setting.via};
    out.fact.confidence = rule.rule->confidence;
    out.fact.quotes = {place.scene.field.span(sentence)};
    facts.push_back(std::move(out));
  }
}

}  // namespace wiremill::extract
