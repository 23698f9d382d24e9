#include "cli/board_reads.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/wording.h"
#include "telemetry/escape.h"

namespace wiremill::cli {
namespace {

constexpr std::string_view kPoints = "points.";
constexpr double kPercent = 100;

bool is_capex(const model::LedgerEntry& entry) { return entry.metric.starts_with("capex"); }

/// A headline's "guides below expectations" beside the sentence that says how much.
bool is_told_better(const model::FactsRecord& record, const model::Fact& fact) {
  if (!fact.figure.empty()) return false;
  return std::any_of(record.facts.begin(), record.facts.end(), [&](const model::Fact& other) {
    return is_told(other) && other.kind == fact.kind && other.subject.id == fact.subject.id &&
           other.metric == fact.metric && !other.figure.empty();
  });
}

/// "Revenue" in the middle of a line; abbreviations stay as they are.
std::string inside_line(std::string name) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() > 1 && is_capital(name[0]) && !is_capital(name[1])) {
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
  }
  return name;
}

std::string_view arrow(model::Direction direction) {
  switch (direction) {
    case model::Direction::kUp: return " ↑";
    case model::Direction::kDown: return " ↓";
    case model::Direction::kFlat: return " →";
  }
  return "";
}

void add_movers(const std::vector<model::Because>& facts, std::vector<Mover>& movers) {
  for (const model::Because& because : facts) {
    Mover mover{.because = &because, .points = {}, .largest = 0};
    for (const auto& [name, value] : because.factors) {
      if (name.starts_with(kPoints)) mover.points.emplace_back(name.substr(kPoints.size()), value);
    }
    std::stable_sort(mover.points.begin(), mover.points.end(), [](const auto& a, const auto& b) {
      return std::abs(a.second) > std::abs(b.second);
    });
    if (!mover.points.empty()) mover.largest = std::abs(mover.points.front().second);
    movers.push_back(std::move(mover));
  }
}

}  // namespace

std::string fact_key(const model::FactsRecord& record, const model::Fact& fact) {
  const model::Figure* const figure = record.figure(fact.figure);
  const auto text = [](const std::optional<base::Decimal>& value) {
    return value ? value->text() : std::string();
  };
  return fmt::format("{}|{}|{}|{}|{}|{}|{}", model::name_of(fact.kind),
                     fact.subject.id.empty() ? fact.subject.text : fact.subject.id, fact.metric,
                     figure == nullptr ? "" : text(figure->low),
                     figure == nullptr ? "" : text(figure->high),
                     fact.period && fact.period->start
                         ? std::string(model::name_of(fact.period->basis)) +
                               std::to_string(static_cast<int>(fact.period->start->year()))
                         : "",
                     model::name_of(fact.polarity));
}

bool is_told(const model::Fact& fact) {
  return fact.modality == model::Modality::kAsserted &&
         fact.newness != model::Newness::kBackground;
}

std::vector<const model::Signal*> beliefs_of(const BoardView& board, model::ScopeType type) {
  std::vector<const model::Signal*> found;
  for (const auto& [scope, belief] : board.beliefs) {
    if (belief->type == type) found.push_back(belief.get());
  }
  return found;
}

bool is_closed(const model::ScenarioView& set, base::Instant at) {
  return set.state == "closed" || set.closes <= at;
}

std::vector<const model::Signal*> sets_of(const BoardView& board, bool closed) {
  auto sets = beliefs_of(board, model::ScopeType::kScenario);
  std::erase_if(sets, [&](const model::Signal* set) {
    return !set->scenario || is_closed(*set->scenario, board.known_until) != closed;
  });
  std::stable_sort(sets.begin(), sets.end(), [](const auto* a, const auto* b) {
    return a->scenario->opens > b->scenario->opens;
  });
  return sets;
}

std::vector<Mover> movers_of(const model::Signal& signal) {
  std::vector<Mover> movers;
  add_movers(signal.because, movers);
  add_movers(signal.against, movers);
  std::stable_sort(movers.begin(), movers.end(),
                   [](const Mover& a, const Mover& b) { return a.largest > b.largest; });
  return movers;
}

std::string mover_words(const model::Because& because) {
  const bool is_reading = because.kind == model::name_of(model::FactKind::kReading);
  const bool names_itself =
      is_reading && because.subject.type == model::SubjectType::kInstrument;
  std::string text = names_itself ? "" : " " + plain(is_reading ? because.aspect : because.kind);
  if (!because.value.empty()) text += ": " + amount_of(because.value);
  if (!because.value.empty() && !because.previous.empty()) {
    text += " after " + amount_of(because.previous);
  }
  if (because.status == model::name_of(model::Status::kDenied)) text += ", denied";
  return text;
}

std::string silence_words(const model::Signal& signal, const catalog::Catalogue& catalogue) {
  const catalog::Pack* const pack =
      signal.scenario ? pack_of(catalogue, signal.scenario->set) : nullptr;
  if (pack == nullptr || !pack->silence) return "";
  const model::ScenarioView& view = *signal.scenario;
  const auto is_trigger = [&](const auto& each) { return each.id == pack->silence->trigger; };
  const auto state = std::find_if(view.triggers.begin(), view.triggers.end(), is_trigger);
  if (state == view.triggers.end() || state->state == "on") return "";
  const auto trigger = std::find_if(pack->triggers.begin(), pack->triggers.end(), is_trigger);
  const base::Instant until = std::min(signal.as_of, pack->closes);
  const auto days = std::chrono::floor<std::chrono::days>(until - pack->evidence_from).count();
  if (days < 1) return "";
  return fmt::format("{} {}: no news of “{}”", days, days == 1 ? "day" : "days", trigger->name);
}

LedgerView ledger_of(const BoardView& board, bool capex) {
  LedgerView view;
  for (const auto& [scope, belief] : board.beliefs) {
    for (const model::LedgerEntry& entry : belief->ledger) {
      if (is_capex(entry) != capex) continue;
      const bool about_scope = scope.ends_with("/" + entry.subject);
      if (belief->type == model::ScopeType::kGroup && about_scope) {
        const auto growth =
            belief->values.find(fmt::format("growth_percent.{}.{}", entry.period, entry.unit));
        const bool known = !entry.stated && growth != belief->values.end();
        view.totals.push_back({&entry, known ? growth->second : std::nullopt});
      }
      if (belief->type == model::ScopeType::kCompany && about_scope) {
        view.figures.push_back(&entry);
      }
    }
  }
  std::stable_partition(view.figures.begin(), view.figures.end(),
                        [](const auto* entry) { return entry->period.starts_with("FY"); });
  return view;
}

std::optional<double> revision_percent(const model::LedgerEntry& entry) {
  if (entry.history.empty()) return std::nullopt;
  const std::string now = entry.low.empty() || entry.high.empty()
                              ? entry.low + entry.high
                              : entry.low + "…" + entry.high;
  const auto after = number_in(now + " " + entry.unit);
  const auto before = number_in(entry.history.back());
  if (!after || !before || *before == 0 || !entry.history.back().ends_with(entry.unit)) {
    return std::nullopt;
  }
  return (*after - *before) / std::abs(*before) * kPercent;
}

std::vector<ToldFact> newest_facts(const BoardView& board, std::size_t count) {
  std::vector<ToldFact> told;
  std::map<std::string, std::size_t> known;
  std::vector<const model::FactsRecord*> last;  ///< the story that said it last, by place in told
  for (auto story = board.stories.rbegin(); story != board.stories.rend(); ++story) {
    for (const model::Fact& fact : (*story)->facts) {
      if (!is_told(fact) || is_told_better(**story, fact)) continue;
      const auto [at, is_new] = known.emplace(fact_key(**story, fact), told.size());
      if (is_new) {
        told.push_back({story->get(), &fact, 0});
        last.push_back(story->get());
      } else if (std::exchange(last[at->second], story->get()) != story->get()) {
        ++told[at->second].again;
      }
    }
  }
  std::reverse(told.begin(), told.end());
  if (told.size() > count) told.resize(count);
  return told;
}

std::string_view publisher_of(const BoardView& board, std::string_view story) {
  const auto found =
      std::find_if(board.stories.begin(), board.stories.end(),
                   [&](const FactsView& facts) { return facts->event.story_id == story; });
  return found == board.stories.end() ? "" : std::string_view((*found)->event.publisher);
}

std::string fact_details(const ToldFact& told, const catalog::Catalogue& catalogue) {
  const model::Fact& fact = *told.fact;
  std::string text = plain(model::name_of(fact.kind));
  const std::string metric =
      fact.metric.empty() ? "" : inside_line(name_of_metric(catalogue, fact.metric));
  const bool names_itself = fact.subject.type == model::SubjectType::kInstrument;
  if (fact.kind == model::FactKind::kReading && !metric.empty() && !names_itself) text = metric;
  if (fact.kind == model::FactKind::kGuidance && !metric.empty()) text = metric + " guidance";
  if (fact.direction) text += arrow(*fact.direction);
  if (const model::Figure* const figure = told.record->figure(fact.figure)) {
    const std::string unit = !figure->currency.empty() ? figure->currency
                             : !figure->unit.empty()   ? figure->unit
                                                       : std::string(name_of(figure->kind));
    const std::string low = figure->low ? figure->low->text() : "";
    const std::string high = figure->high ? figure->high->text() : "";
    const std::string amount = amount_text({low, high, model::name_of(figure->bound), unit});
    if (!amount.empty()) text += " · " + amount;
  }
  if (fact.period && !fact.period->text.empty()) text += " · " + fact.period->text;
  return text;
}

std::string status_words(const model::Fact& fact) {
  const bool negated = fact.polarity == model::Polarity::kNegated &&
                       fact.status != model::Status::kDenied;
  return (negated ? "not " : "") + plain(model::name_of(fact.status));
}

std::string fact_words(const ToldFact& told, const catalog::Catalogue& catalogue) {
  return telemetry::shown(fmt::format("{} {} · {}{}",
                                      name_of_subject(catalogue, told.fact->subject),
                                      fact_details(told, catalogue), status_words(*told.fact),
                                      told.fact->held ? " · held" : ""));
}

}  // namespace wiremill::cli
