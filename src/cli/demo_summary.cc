#include "cli/demo_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/board_reads.h"
#include "cli/wording.h"
#include "telemetry/escape.h"
#include "text/columns.h"
#include "wire/dead_letter.h"
#include "wire/facts.h"
#include "wire/signal.h"

namespace wiremill::cli {
namespace {

constexpr std::size_t kMoversShown = 3;
constexpr std::size_t kCountsShown = 6;
constexpr std::size_t kLabelColumns = 18;
constexpr std::size_t kNameColumns = 32;
constexpr std::size_t kHeadlineColumns = 70;
constexpr std::size_t kQuoteColumns = 90;
constexpr double kPercent = 100;

/// Reads the topics record by record.
class Reader {
 public:
  explicit Reader(DemoSummary& summary) : summary_(summary) {}

  /// Facts and held: an event under embargo stands in both once its time has come.
  void add(const model::FactsRecord& record) {
    const model::EventHeader& event = record.event;
    if (!versions_.insert(fmt::format("{}/{}/{}/{}", event.story_id, event.revision,
                                      model::name_of(event.action), event.id)).second) {
      return;
    }
    publishers_[event.story_id] = event.publisher;
    summary_.first = summary_.events == 0 ? event.received_at
                                          : std::min(summary_.first, event.received_at);
    summary_.last = std::max(summary_.last, event.received_at);
    ++summary_.events;
    if (event.embargo_until) ++summary_.embargoed;
    const bool withdraws = event.action == model::Action::kWithdraw;
    const bool corrects = event.revision > 1 || event.action == model::Action::kCorrect ||
                          event.link_prefix == "corrected";
    if (withdraws) ++summary_.withdrawals;
    if (corrects && !withdraws) ++summary_.corrections;
    const bool first_version = stories_.insert(event.story_id).second;
    const bool known = says_nothing_new(record);
    if (first_version && known && !corrects && !withdraws) ++summary_.reprints;
    summary_.stories = stories_.size();
    for (const model::Fact& fact : record.facts) add(fact);
  }

  void add(const model::Signal& signal) {
    ++summary_.signals;
    if (!signal.scenario) return;
    SetOutcome& set = summary_.sets[signal.scope];
    for (const Mover& mover : movers_of(signal)) {
      PeakMove& peak = set.peaks[mover.because->fact];
      const bool larger = peak.points.empty() || mover.largest > std::abs(peak.points[0].second);
      if (!larger || mover.points.empty()) continue;
      peak = {*mover.because, publishers_[mover.because->story], mover.points};
    }
    set.last = signal;
  }

  void add(const model::DeadLetter& letter) {
    ++summary_.events;
    ++summary_.dead_letters[letter.reason];
  }

 private:
  bool says_nothing_new(const model::FactsRecord& record) {
    const bool same_lead = !record.event.lead_digest.empty() &&
                           !leads_.insert(record.event.lead_digest).second;
    std::size_t told = 0;
    std::size_t fresh = 0;
    for (const model::Fact& fact : record.facts) {
      if (!is_told(fact)) continue;
      ++told;
      if (said_.insert(fact_key(record, fact)).second) ++fresh;
    }
    return same_lead || (told > 0 && fresh == 0);
  }

  void add(const model::Fact& fact) {
    const bool told = is_told(fact);
    if (fact.held) {
      ++summary_.held[fact.flags.empty() ? "doubtful" : fact.flags.front()];
    } else if (told) {
      ++summary_.facts[std::string(model::name_of(fact.kind))];
    } else {
      ++summary_.aside;
    }
  }

  DemoSummary& summary_;
  std::set<std::string> versions_;
  std::set<std::string> stories_;
  std::set<std::string> leads_;
  std::set<std::string> said_;  ///< keys of facts
  std::map<std::string, std::string> publishers_;  ///< by story
};

std::size_t sum_of(const std::map<std::string, std::size_t>& counts) {
  std::size_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

/// "capex 12, guidance 9, …", the most first.
std::string counts_text(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  std::size_t others = sum_of(counts);
  for (std::size_t i = 0; i < std::min(sorted.size(), kCountsShown); ++i) {
    const auto& [name, count] = sorted[i];
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", plain(name), count);
    others -= count;
  }
  return others == 0 ? text : fmt::format("{}, others {}", text, others);
}

/// "1 correction", "2 corrections".
std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string count_line(std::string_view label, std::size_t count, std::string_view more) {
  const std::string line =
      fmt::format("  {}{:>6}", text::fitted(label, kLabelColumns), count);
  return more.empty() ? line + "\n" : fmt::format("{}   {}\n", line, more);
}

std::string peak_text(const PeakMove& peak, const catalog::Catalogue& catalogue,
                      const Ink& ink) {
  const model::Because& because = peak.because;
  const auto& [scenario, points] = peak.points.front();
  const std::string who = name_of_subject(catalogue, because.subject);
  const std::string what = who + mover_words(because);
  const std::string move = text::fitted(signed_text(points, 1) + " pt " + scenario, 18);
  return fmt::format("    {} {}\n      {}\n      {}\n",
                     points < 0 ? ink.down(move) : ink.up(move),
                     ink.strong(telemetry::shown(what)),
                     text::cut_to("“" + telemetry::shown(because.quote.text) + "”", kQuoteColumns),
                     ink.soft(fmt::format(
                         "{} · {} · {}", minute_text(because.at), telemetry::shown(peak.publisher),
                         text::cut_to(telemetry::shown(because.headline), kHeadlineColumns))));
}

/// The largest moves; what two stories say in the same numbers stands once.
std::vector<const PeakMove*> most_telling(const SetOutcome& set, std::size_t count) {
  std::vector<const PeakMove*> sorted;
  for (const auto& [fact, peak] : set.peaks) {
    if (!peak.points.empty()) sorted.push_back(&peak);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const PeakMove* a, const PeakMove* b) {
    return std::abs(a->points[0].second) > std::abs(b->points[0].second);
  });
  std::vector<const PeakMove*> kept;
  std::set<std::string> said;
  for (const PeakMove* const peak : sorted) {
    const bool fresh = said.insert(peak->because.subject.id + mover_words(peak->because)).second;
    if (fresh && kept.size() < count) kept.push_back(peak);
  }
  return kept;
}

std::string set_text(const SetOutcome& set, const catalog::Catalogue& catalogue, const Ink& ink) {
  const std::string id = set.last.scope.substr(set.last.scope.find('/') + 1);
  const catalog::Pack* const pack = pack_of(catalogue, id);
  const model::ScenarioView& view = *set.last.scenario;
  std::string text = "\n" + ink.strong(pack == nullptr ? id : pack->name) +
                     fmt::format(", {} to {}\n", day_text(view.opens), day_text(view.closes));
  for (std::size_t i = 0; i < view.names.size(); ++i) {
    const catalog::Scenario* const scenario = scenario_of(pack, view.names[i]);
    const double moved = view.moved_points[i];
    const std::string move = fmt::format("{} pt", signed_text(moved, 1));
    text += fmt::format("  {}{:5.1f} % → {:4.1f} %   {}\n",
                        text::fitted(scenario == nullptr ? view.names[i] : scenario->name,
                                     kNameColumns),
                        view.prior[i] * kPercent, view.weights[i] * kPercent,
                        moved < 0 ? ink.down(move) : ink.up(move));
  }
  const std::string silence = silence_words(set.last, catalogue);
  const auto peaks = most_telling(set, std::min(kMoversShown, view.names.size() - 1));
  if (peaks.empty() && silence.empty()) return text + "  no fact has moved it\n";
  text += "  moved most by\n";
  if (!silence.empty()) text += fmt::format("    {}\n", silence);
  for (const PeakMove* const peak : peaks) text += peak_text(*peak, catalogue, ink);
  return text;
}

/// In the order in which they opened.
std::vector<const SetOutcome*> sets_of(const DemoSummary& summary) {
  std::vector<const SetOutcome*> sets;
  for (const auto& [scope, set] : summary.sets) sets.push_back(&set);
  std::stable_sort(sets.begin(), sets.end(), [](const SetOutcome* a, const SetOutcome* b) {
    return a->last.scenario->opens < b->last.scenario->opens;
  });
  return sets;
}

}  // namespace

base::Result<DemoSummary> summarise(stream::Stream& log, const pipeline::Topics& topics) {
  DemoSummary summary;
  Reader reader(summary);
  const auto add = [&](auto decoded) {
    if (decoded) reader.add(*decoded);
  };
  using Read = std::function<void(const std::string&)>;
  const std::pair<std::string, Read> reads[] = {
      {topics.facts, [&](const std::string& value) { add(wire::decode_facts(value)); }},
      {topics.held, [&](const std::string& value) { add(wire::decode_facts(value)); }},
      {topics.signals, [&](const std::string& value) { add(wire::decode_signal(value)); }},
      {topics.dead_letters, [&](const std::string& value) {
         const auto decoded = wire::decode_dead_letter(value);
         if (decoded) reader.add(decoded->letter);
       }}};
  for (const auto& [topic, read] : reads) {
    const auto scanned = log.scan(topic, [&](const stream::Record& record) -> base::Result<void> {
      if (record.value) read(*record.value);
      return {};
    });
    if (!scanned) return base::fail(scanned.error());
  }
  return summary;
}

std::string summary_text(const DemoSummary& summary, const catalog::Catalogue& catalogue,
                         Ink ink) {
  std::string text = ink.strong("What came of it");
  text += fmt::format(", {} to {}\n", day_text(summary.first), day_text(summary.last));
  text += count_line("events", summary.events,
                     fmt::format("{}, {}, {}, {} under embargo",
                                 counted(summary.stories, "story", "stories"),
                                 counted(summary.corrections, "correction", "corrections"),
                                 counted(summary.withdrawals, "withdrawal", "withdrawals"),
                                 summary.embargoed));
  text += count_line("reprints folded", summary.reprints,
                     "stories that say nothing new; what they repeat counts once");
  text += count_line("facts", sum_of(summary.facts), counts_text(summary.facts));
  text += count_line("set aside", summary.aside,
                     "conditional, opinion, background: kept, but no evidence");
  text += count_line("held", sum_of(summary.held), counts_text(summary.held));
  text += count_line("signals", summary.signals, "");
  text += count_line("dead letters", sum_of(summary.dead_letters),
                     counts_text(summary.dead_letters));
  for (const SetOutcome* const set : sets_of(summary)) text += set_text(*set, catalogue, ink);
  if (summary.sets.empty()) text += "\nNo set of scenarios was open in this time.\n";
  return text;
}

}  // namespace wiremill::cli
