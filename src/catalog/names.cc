#include "catalog/names.h"

#include <fmt/format.h>


namespace wiremill::catalog {
namespace {

constexpr std::string_view kCountryClasses = "country.";

/// Facts that `extract` makes without a rule: stated odds and moves of shares.
constexpr model::FactKind kWithoutRule[] = {model::FactKind::kStatedProbability,
                                            model::FactKind::kRateProbability,
                                            model::FactKind::kPriceMove};

}  // namespace

Names::Names(const Catalogue& catalogue, bool is_complete, settings::Mistakes& mistakes)
    : is_complete_(is_complete), mistakes_(mistakes) {
  collect(catalogue);
  kinds_.insert(std::begin(kWithoutRule), std::end(kWithoutRule));
}

void Names::collect(const Catalogue& catalogue) {
  const auto add = [&](const std::string& id, std::initializer_list<std::string_view> nouns) {
    for (const std::string_view noun : nouns) known_[std::string(noun)].insert(id);
  };
  for (const Company& one : catalogue.companies) {
    add(one.id, {"company", "company or group", "subject"});
  }
  for (const Group& one : catalogue.groups) add(one.id, {"group", "company or group", "subject"});
  for (const Sector& one : catalogue.sectors) add(one.id, {"sector"});
  for (const Exchange& one : catalogue.exchanges) add(one.id, {"exchange"});
  for (const Metric& one : catalogue.reading.metrics) add(one.id, {"metric"});
  for (const Instrument& one : catalogue.reading.instruments) {
    add(one.id, {"instrument", "subject"});
  }
  for (const WordClass& words : catalogue.reading.words) {
    add(words.id, {"word class"});
    if (!words.id.starts_with(kCountryClasses)) continue;
    add(words.id.substr(kCountryClasses.size()), {"country", "subject"});
  }
  for (const auto& [aspect, weight] : catalogue.weighing.weights.aspects) add(aspect, {"aspect"});
  for (const Rule& rule : catalogue.reading.rules) {
    if (rule.subject == "institution") add(rule.subject_id, {"subject"});
    if (const auto kind = model::parse_name<model::FactKind>(rule.kind)) kinds_.insert(*kind);
  }
}

void Names::used(std::string_view noun, const std::string& name, const std::string& place,
                 std::string_view user) {
  const base::Words& known = known_[std::string(noun)];
  if (!is_complete_ || known.contains(name)) return;
  mistake(place, fmt::format("{}: {} \"{}\" does not exist{}", user, noun, name,
                             base::did_you_mean(name, known)));
}

void Names::once(std::string_view noun, const std::string& id, const std::string& place) {
  const auto [first, added] = first_[std::string(noun)].emplace(id, place);
  if (added || id.empty()) return;
  mistake(place, fmt::format("{} \"{}\" stands twice, first in {}", noun, id, first->second));
}

void Names::mistake(const std::string& place, std::string text) {
  mistakes_.add(settings::place_of(place), std::move(text));
}

bool Names::is_read(model::FactKind kind) const { return kinds_.contains(kind); }

}  // namespace wiremill::catalog
