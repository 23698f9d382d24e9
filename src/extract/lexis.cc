#include "extract/lexis.h"

namespace wiremill::extract {

Lexis::Lexis(const catalog::Catalogue& from)
    : catalogue(from),
      vocabulary(from),
      bound_before(vocabulary.classes_under("bound.before.")),
      bound_after(vocabulary.classes_under("bound.after.")),
      per_before(vocabulary.classes_under("per.before.")),
      per_after(vocabulary.classes_under("per.after.")),
      link_prefixes(vocabulary.classes_under("link.")),
      forms(vocabulary.classes_under("form.")),
      range_between(vocabulary.class_of("range.between")),
      range_to(vocabulary.class_of("range.to")),
      exchange_rate(vocabulary.class_of("figure.exchange_rate")),
      elided_won(vocabulary.class_of("figure.elided_won")),
      loss(vocabulary.class_of("figure.loss")),
      vague(vocabulary.class_of("figure.vague")),
      change_before(vocabulary.class_of("figure.change_before")),
      change_after(vocabulary.class_of("figure.change_after")),
      scale_header(vocabulary.class_of("figure.scale_header")) {}

std::string_view Lexis::name_in(const Named& named, const Hit& hit) {
  if (hit.term != Term::kWord) return {};
  for (const auto& [id, name] : named) {
    if (id == hit.index) return name;
  }
  return {};
}

}  // namespace wiremill::extract
