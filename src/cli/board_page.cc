#include "cli/board_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/board_page_parts.h"
#include "cli/board_reads.h"
#include "cli/board_style.h"
#include "cli/wording.h"

namespace wiremill::cli {
namespace {

using http::Html;

constexpr int kRefreshSeconds = 5;
constexpr std::size_t kMoversShown = 4;
constexpr double kPercent = 100;

std::optional<double> value_of(const model::Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : found->second;
}

std::string percent(double part) { return fmt::format("{:.2f}%", part * kPercent); }

/// A bar from 0 to 1. The number stands beside it, so it is no text of its own.
void add_share_bar(Html& html, double part) {
  html.open("svg", {{"aria-hidden", "true"}});
  html.open("rect", {{"class", "track"}, {"width", "100%"}, {"height", "10"}, {"rx", "3"}}).close();
  html.open("rect", {{"class", "fill"}, {"width", percent(std::clamp(part, 0.0, 1.0))},
                     {"height", "10"}, {"rx", "3"}}).close();
  html.close();
}

/// A bar from the middle, -1 to the left end and 1 to the right.
void add_tone_bar(Html& html, double tone) {
  const double half = std::clamp(tone, -1.0, 1.0) / 2;
  html.open("svg", {{"aria-hidden", "true"}});
  html.open("rect", {{"class", "track"}, {"width", "100%"}, {"height", "10"}, {"rx", "3"}}).close();
  html.open("rect", {{"class", half < 0 ? "filldown" : "fillup"},
                     {"x", percent(half < 0 ? 0.5 + half : 0.5)},
                     {"width", percent(std::abs(half))}, {"height", "10"}}).close();
  html.open("rect", {{"class", "axis"}, {"x", "50%"}, {"width", "1"}, {"height", "10"}}).close();
  html.close();
}

/// Columns by name and class: "n" a number, "bar" what a narrow screen leaves out.
void add_head(Html& html,
              std::initializer_list<std::pair<std::string_view, std::string_view>> columns) {
  html.open("tr");
  for (const auto& [name, kind] : columns) {
    html.line("th", name, {{"class", kind}, {"scope", "col"}});
  }
  html.close();
}

void add_mover(Html& html, const Mover& mover, const BoardView& board,
               const catalog::Catalogue& catalogue, const catalog::Pack* pack) {
  const model::Because& because = *mover.because;
  html.open("li").open("div", {{"class", "what"}}).open("span");
  const std::string who = name_of_subject(catalogue, because.subject);
  html.line("b", who).text(mover_words(because));
  html.close().open("span", {{"class", "n"}});
  for (std::size_t i = 0; i < std::min<std::size_t>(mover.points.size(), 2); ++i) {
    const auto& [id, points] = mover.points[i];
    const catalog::Scenario* const scenario = scenario_of(pack, id);
    html.text(i == 0 ? "" : " · ");
    html.line("span", signed_text(points, 1) + " pt", {{"class", points < 0 ? "down" : "up"}});
    html.text(" " + (scenario == nullptr ? id : scenario->id));
  }
  html.close().close();
  html.line("q", because.quote.text, {{"dir", "auto"}});
  add_origin(html,
             {because.at, publisher_of(board, because.story), because.headline, because.url,
              because.quote.text},
             because.families > 1 ? fmt::format("{} publishers", because.families) : "");
  html.close();
}

void add_weights(Html& html, const model::Signal& signal, const catalog::Pack* pack) {
  const model::ScenarioView& view = *signal.scenario;
  html.open("table");
  add_head(html, {{"Scenario", ""}, {"", "bar"}, {"Weight", "n"}, {"Since opening", "n"},
                  {"24 h", "n"}});
  for (std::size_t i = 0; i < view.names.size(); ++i) {
    const catalog::Scenario* const scenario = scenario_of(pack, view.names[i]);
    html.open("tr").open("td").text(scenario == nullptr ? view.names[i] : scenario->name);
    if (scenario != nullptr) {
      html.lone("br").line("span", scenario->name_ko, {{"class", "ko"}, {"lang", "ko"}});
    }
    html.close().open("td", {{"class", "bar"}});
    add_share_bar(html, view.weights[i]);
    html.close();
    html.line("td", fmt::format("{:.1f} %", view.weights[i] * kPercent), {{"class", "n"}});
    add_signed(html, view.moved_points[i], 1, "pt");
    const auto day = value_of(signal.change_24h, "weight." + view.names[i]);
    add_signed(html, day ? std::optional(*day * kPercent) : std::nullopt, 1, "pt");
    html.close();
  }
  html.close();
}

void add_scenario(Html& html, const model::Signal& signal, const BoardView& board,
                  const catalog::Catalogue& catalogue) {
  const std::string id = signal.scope.substr(signal.scope.find('/') + 1);
  const catalog::Pack* const pack = pack_of(catalogue, id);
  html.open("section").open("h2").text(pack == nullptr ? id : pack->name);
  if (pack != nullptr) html.text(" ").line("small", pack->name_ko, {{"lang", "ko"}});
  html.close();
  html.line("p", fmt::format("open {} to {} · as of {}", day_text(signal.scenario->opens),
                             day_text(signal.scenario->closes), minute_text(signal.as_of)),
            {{"class", "sub"}});
  add_weights(html, signal, pack);
  const std::string silence = silence_words(signal, catalogue);
  if (!silence.empty()) html.line("p", silence, {{"class", "sub"}});
  const std::vector<Mover> movers = movers_of(signal);
  if (!movers.empty()) {
    html.line("h3", movers.size() > kMoversShown
                        ? fmt::format("What moves it: {} of {} facts", kMoversShown, movers.size())
                        : std::string("What moves it"));
    html.open("ol");
    for (std::size_t i = 0; i < std::min(movers.size(), kMoversShown); ++i) {
      add_mover(html, movers[i], board, catalogue, pack);
    }
    html.close();
  }
  html.close();
}

void add_sector(Html& html, const catalog::Sector& sector, const model::Signal& signal) {
  const auto tone = value_of(signal.values, "tone");
  html.open("tr").open("td", {{"class", "w"}}).text(sector.name).text(" ");
  html.line("span", sector.name_ko, {{"class", "ko"}, {"lang", "ko"}}).close();
  html.open("td", {{"class", "bar"}});
  if (tone) add_tone_bar(html, *tone);
  html.close();
  add_signed(html, tone, 2, "");
  add_signed(html, value_of(signal.change_24h, "tone"), 2, "");
  html.line("td", fmt::format("{:.2f}", value_of(signal.values, "mass").value_or(0)),
            {{"class", "n"}});
  html.line("td", fmt::format("{}", signal.coverage), {{"class", "n"}}).close();
}

}  // namespace

void add_signed(Html& html, std::optional<double> value, int decimals, std::string_view unit) {
  if (!value) {
    html.line("td", "–", {{"class", "n soft"}});
    return;
  }
  const std::string text = signed_text(*value, decimals);
  const bool zero = text.starts_with('0');
  html.line("td", unit.empty() ? text : fmt::format("{} {}", text, unit),
            {{"class", zero ? "n soft" : *value < 0 ? "n down" : "n up"}});
}

void add_scenarios(Html& html, const BoardView& board, const catalog::Catalogue& catalogue) {
  const auto open = sets_of(board, false);
  for (const model::Signal* const signal : open) add_scenario(html, *signal, board, catalogue);
  if (!open.empty()) return;
  html.open("section").line("h2", "Scenarios");
  html.line("p", "No set of scenarios is open at the time of the newest event.",
            {{"class", "sub"}}).close();
}

void add_closed(Html& html, const BoardView& board, const catalog::Catalogue& catalogue) {
  const auto closed = sets_of(board, true);
  if (closed.empty()) return;
  html.open("section").line("h2", "Closed sets");
  html.line("p", "Where the weights stood at the end, and by how much they had moved.",
            {{"class", "sub"}});
  html.open("table");
  add_head(html, {{"Set", ""}, {"Scenario", ""}, {"Weight", "n"}, {"Since opening", "n"}});
  for (const model::Signal* const signal : closed) {
    const model::ScenarioView& view = *signal->scenario;
    const catalog::Pack* const pack = pack_of(catalogue, view.set);
    for (std::size_t i = 0; i < view.names.size(); ++i) {
      const catalog::Scenario* const scenario = scenario_of(pack, view.names[i]);
      html.open("tr").open("td");
      if (i == 0) {
        html.text(pack == nullptr ? view.set : pack->name).lone("br");
        html.line("span", "closed " + day_text(view.closes), {{"class", "soft"}});
      }
      html.close().line("td", scenario == nullptr ? view.names[i] : scenario->name);
      html.line("td", fmt::format("{:.1f} %", view.weights[i] * kPercent), {{"class", "n"}});
      add_signed(html, view.moved_points[i], 1, "pt");
      html.close();
    }
  }
  html.close().close();
}

void add_sectors(Html& html, const BoardView& board, const catalog::Catalogue& catalogue) {
  html.open("section").line("h2", "Sector tone");
  html.line("p", "From −1 to +1, from facts and text. Read it with its evidence: a tone without "
                 "evidence is no neutral mood.", {{"class", "sub"}});
  html.open("table");
  add_head(html, {{"Sector", ""}, {"−1 … +1", "bar"}, {"Tone", "n"}, {"24 h", "n"},
                  {"Evidence", "n"}, {"Mentions", "n"}});
  for (const catalog::Sector& sector : catalogue.sectors) {
    const auto found = board.beliefs.find("sector/" + sector.id);
    if (found == board.beliefs.end()) continue;
    const model::Signal& signal = *found->second;
    if (signal.coverage > 0 || value_of(signal.values, "tone")) add_sector(html, sector, signal);
  }
  html.close().close();
}

http::Page board_page(const BoardView& board, const catalog::Catalogue& catalogue) {
  Html html("wiremill", "en", kBoardStyle, kRefreshSeconds);
  html.open("header").line("h1", "wiremill");
  if (board.lanes == 0) {
    html.line("p", "This process holds no score lane (yet).");
  } else if (board.beliefs.empty()) {
    html.line("p", "Nothing has been believed yet: no event has been read.");
  } else {
    html.line("p", fmt::format("newest event {} {} UTC · {} scopes", day_text(board.known_until),
                               minute_text(board.known_until).substr(7), board.beliefs.size()));
  }
  html.line("p", "catalogue " + catalogue.stamp.version).close();
  html.open("main").open("div", {{"class", "column"}});
  add_scenarios(html, board, catalogue);
  add_sectors(html, board, catalogue);
  add_closed(html, board, catalogue);
  html.close().open("div", {{"class", "column"}});
  add_facts(html, board, catalogue);
  html.close().open("div", {{"class", "column wide"}});
  add_ledger(html, board, catalogue, true);
  add_ledger(html, board, catalogue, false);
  html.close().close().open("footer").open("p");
  html.text("Signals name the words they came from; they are no advice and predict no price. ");
  for (const auto* const path :
       {"/api/v1/state", "/api/v1/signals/recent", "/metrics", "/readyz"}) {
    html.line("a", path, {{"href", path}}).text("  ");
  }
  html.close().close();
  return html.take();
}

}  // namespace wiremill::cli
