#include "extract/lexis.h"

namespace wiremill::extract {

Named::Named(std::vector<std::pair<ClassId, std::string>> classes)
    : classes_(std::move(classes)) {
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const ClassId id = classes_[i].first;
    if (id == kNoClass) continue;
    if (id >= place_.size()) place_.resize(id + 1, 0);
    if (place_[id] == 0) place_[id] = static_cast<std::uint16_t>(i + 1);
  }
}

Lexis::Lexis(const catalog::Catalogue& from)
    : catalogue(from),
      vocabulary(from),
      beside(from.reading),
      bound_before(vocabulary.classes_under("bound.before.")),
      bound_after(vocabulary.classes_under("bound.after.")),
      per_before(vocabulary.classes_under("per.before.")),
      per_after(vocabulary.classes_under("per.after.")),
      link_prefixes(vocabulary.classes_under("link.")),
      forms(vocabulary.classes_under("form.")),
      statuses(vocabulary.classes_under("status.")),
      modalities(vocabulary.classes_under("modality.")),
      newness(vocabulary.classes_under("newness.")),
      polarity(vocabulary.classes_under("polarity.")),
      claimants(vocabulary.classes_under("claimant.")),
      labels(vocabulary.classes_under("label.")),
      measures(vocabulary.classes_under("measure.")),
      comparator_before(vocabulary.classes_under("comparator.before.")),
      comparator_after(vocabulary.classes_under("comparator.after.")),
      directions(vocabulary.classes_under("direction.")),
      surprises(vocabulary.classes_under("surprise.")),
      countries(vocabulary.classes_under("country.")),
      variants(vocabulary.classes_under("variant.")),
      paces(vocabulary.classes_under("pace.")),
      price_moves(vocabulary.classes_under("price_move.")),
      locations(vocabulary.classes_under("location.")),
      disclosure_titles(vocabulary.classes_under("disclosure.title.")),
      result_rows(vocabulary.classes_under("result.row.")),
      disclosure_versions(vocabulary.classes_under("disclosure.version.")),
      disclosure_labels(vocabulary.classes_under("disclosure.label.")),
      clause_break(vocabulary.class_of("clause.break")),
      clause_begin(vocabulary.class_of("clause.begin")),
      group_total(vocabulary.class_of("group.total")),
      group_unnamed(vocabulary.class_of("group.unnamed")),
      share_of(vocabulary.class_of("party.share_of")),
      buys(vocabulary.class_of("party.buys")),
      part_before(vocabulary.class_of("figure.part_before")),
      orders_from(vocabulary.class_of("party.orders")),
      counterparty(vocabulary.class_of("party.counterparty")),
      reported(vocabulary.class_of("modality_aid.reported")),
      not_conditional(vocabulary.class_of("modality_aid.not_conditional")),
      past(vocabulary.class_of("status_aid.past")),
      joint(vocabulary.class_of("group.joint")),
      forecast_of_possible(vocabulary.class_of("modality_aid.forecast_of_possible")),
      range_between(vocabulary.class_of("range.between")),
      range_to(vocabulary.class_of("range.to")),
      exchange_rate(vocabulary.class_of("figure.exchange_rate")),
      elided_won(vocabulary.class_of("figure.elided_won")),
      not_money(vocabulary.class_of("figure.not_money")),
      counter(vocabulary.class_of("figure.counter")),
      loss(vocabulary.class_of("figure.loss")),
      vague(vocabulary.class_of("figure.vague")),
      change_before(vocabulary.class_of("figure.change_before")),
      change_after(vocabulary.class_of("figure.change_after")),
      scale_header(vocabulary.class_of("figure.scale_header")),
      outflow(vocabulary.class_of("table.outflow")),
      withheld(vocabulary.class_of("disclosure.withheld")),
      changes_before({{change_before, "change"}}),
      changes_after({{change_after, "change"}}) {}

}  // namespace wiremill::extract
