#include "extract/told_country.h"

#include <algorithm>
#include <set>
#include <string>

namespace wiremill::extract {
namespace {

using Countries = std::set<std::string, std::less<>>;

Countries countries_in(const Scene& scene, std::size_t sentences_max) {
  Countries countries;
  const std::size_t count = std::min(scene.sentences().size(), sentences_max);
  for (std::size_t i = 0; i < count; ++i) {
    ByteRange rest = scene.sentences()[i].span;
    while (rest.begin < rest.end) {
      const auto [hit, name] = scene.first_named(scene.lexis.countries, rest);
      if (hit == nullptr) break;
      countries.emplace(name);
      rest.begin = hit->end;
    }
  }
  return countries;
}

bool is_open(const model::Fact& fact) {
  return fact.kind == model::FactKind::kReading && fact.subject.text.empty() &&
         fact.subject.type == model::SubjectType::kCountry;
}

}  // namespace

void settle_countries(const Scene& headline, const Scene& body, std::vector<PlacedFact>& facts) {
  Countries told = countries_in(headline, headline.sentences().size());
  if (told.empty()) told = countries_in(body, 1);
  if (told.empty()) return;
  std::erase_if(facts, [&](const PlacedFact& placed) {
    return is_open(placed.fact) && told.size() > 1 && !told.contains(placed.fact.subject.id);
  });
  if (told.size() > 1) return;
  for (PlacedFact& placed : facts) {
    if (is_open(placed.fact)) placed.fact.subject.id = *told.begin();
  }
}

}  // namespace wiremill::extract
