#include <fmt/format.h>

#include <algorithm>

#include "cli/board_page_parts.h"
#include "cli/board_reads.h"
#include "cli/wording.h"

namespace wiremill::cli {
namespace {

using http::Html;

constexpr std::size_t kFactsShown = 16;
constexpr std::size_t kFiguresShown = 24;

Amount amount_in(const model::LedgerEntry& entry) {
  return {entry.low, entry.high, entry.bound, entry.unit};
}

void add_change(Html& html, std::optional<double> percent) {
  if (percent) {
    add_signed(html, percent, 1, "%");
  } else {
    html.line("td", "");
  }
}

std::string what_text(const model::LedgerEntry& entry, const catalog::Catalogue& catalogue) {
  const std::string variant = plain(entry.variant);
  std::string text = name_of_metric(catalogue, entry.metric);
  if (!variant.empty() && plain(entry.metric).find(variant) == std::string::npos) {
    text += ", " + variant;
  }
  return text;
}

void add_row_start(Html& html, const model::LedgerEntry& entry,
                   const catalog::Catalogue& catalogue, bool is_total) {
  html.open("tr", {{"class", is_total ? "total" : ""}});
  html.line("td", name_of_spender(catalogue, entry.subject));
  html.line("td", what_text(entry, catalogue), {{"class", "soft"}});
  html.line("td", period_text(entry.period), {{"class", "w"}});
  html.line("td", amount_text(amount_in(entry)), {{"class", "n"}});
}

void add_row_end(Html& html, const model::LedgerEntry& entry, std::string_view said) {
  html.line("td", said, {{"class", "soft"}});
  html.line("td", day_text(entry.at), {{"class", "n soft"}}).close();
}

void add_total(Html& html, const GroupTotal& total, const catalog::Catalogue& catalogue) {
  const model::LedgerEntry& entry = *total.entry;
  add_row_start(html, entry, catalogue, true);
  html.line("td", total.growth_percent ? "same members a year before" : "",
            {{"class", "n soft"}});
  add_change(html, total.growth_percent);
  std::string members;
  for (const std::string& member : entry.members) members += (members.empty() ? "" : ", ") + member;
  add_row_end(html, entry, entry.stated ? plain(entry.status) + ", stated total"
                                        : "our sum of " + members);
}

void add_figure(Html& html, const model::LedgerEntry& entry,
                const catalog::Catalogue& catalogue) {
  add_row_start(html, entry, catalogue, false);
  html.line("td", entry.history.empty() ? "" : history_text(entry.history.back()),
            {{"class", "n soft"}});
  add_change(html, revision_percent(entry));
  std::string said = plain(entry.status);
  if (!entry.claimant.empty()) said += ", " + plain(entry.claimant);
  add_row_end(html, entry, said);
}

void add_ledger_head(Html& html) {
  html.open("tr");
  for (const auto* const name : {"Who", "What", "Period"}) {
    html.line("th", name, {{"scope", "col"}});
  }
  for (const auto* const name : {"Now", "Before", "Change"}) {
    html.line("th", name, {{"class", "n"}, {"scope", "col"}});
  }
  html.line("th", "Status, said by", {{"scope", "col"}});
  html.line("th", "Since", {{"class", "n"}, {"scope", "col"}}).close();
}

void add_fact(Html& html, const ToldFact& told, const catalog::Catalogue& catalogue) {
  const model::Fact& fact = *told.fact;
  const model::EventHeader& event = told.record->event;
  html.open("li").open("div", {{"class", "what"}}).open("span");
  html.line("b", name_of_subject(catalogue, fact.subject));
  html.text(" " + fact_details(told, catalogue));
  html.close().open("span", {{"class", "n"}});
  if (fact.held) {
    html.line("span", "held: " + plain(fact.flags.empty() ? "doubtful" : fact.flags.front()),
              {{"class", "pill held"}}).text(" ");
  }
  html.line("span", status_words(fact), {{"class", "pill"}});
  html.close().close();
  if (!fact.quotes.empty()) {
    html.line("q", fact.quotes.front().text,
              {{"lang", model::name_of(event.lang)}, {"dir", "auto"}});
  }
  add_origin(html,
             {event.published_at, event.publisher, event.headline, event.url,
              fact.quotes.empty() ? "" : std::string_view(fact.quotes.front().text)},
             told.again > 0 ? fmt::format("also in {} more", told.again) : "");
  html.close();
}

}  // namespace

void add_origin(Html& html, const Origin& origin, std::string_view more) {
  html.open("div", {{"class", "from"}}).text(minute_text(origin.at));
  const bool repeats = origin.headline == origin.quote || origin.headline.empty();
  if (!repeats && !origin.publisher.empty()) html.text(fmt::format(" · {}", origin.publisher));
  const std::string_view last = repeats ? origin.publisher : origin.headline;
  if (!last.empty()) html.text(" · ").link(origin.url, last);
  if (!more.empty()) html.text(fmt::format(" · {}", more));
  html.close();
}

void add_ledger(Html& html, const BoardView& board, const catalog::Catalogue& catalogue,
                bool capex) {
  const LedgerView ledger = ledger_of(board, capex);
  if (!capex && ledger.figures.empty()) return;
  html.open("section").line("h2", capex ? "Capex ledger" : "Other figures");
  html.line("p", capex ? "The latest figure for each company and period, years first; group totals "
                         "never count a figure twice."
                       : "Contracts, guidance, backlog and revenue of companies, years first.",
            {{"class", "sub"}});
  if (ledger.figures.empty()) {
    html.line("p", "No figure has been read yet.", {{"class", "soft"}}).close();
    return;
  }
  html.open("table");
  add_ledger_head(html);
  if (capex) {
    for (const GroupTotal& total : ledger.totals) add_total(html, total, catalogue);
  }
  const std::size_t shown = std::min(ledger.figures.size(), kFiguresShown);
  for (std::size_t i = 0; i < shown; ++i) add_figure(html, *ledger.figures[i], catalogue);
  html.close();
  if (shown < ledger.figures.size()) {
    html.line("p", fmt::format("… and {} more at /api/v1/state/company/…",
                               ledger.figures.size() - shown), {{"class", "sub"}});
  }
  html.close();
}

void add_facts(Html& html, const BoardView& board, const catalog::Catalogue& catalogue) {
  html.open("section").line("h2", "Newest facts");
  const std::vector<ToldFact> facts = newest_facts(board, kFactsShown);
  if (facts.empty()) {
    html.line("p", "No fact has been read yet.", {{"class", "sub"}}).close();
    return;
  }
  html.line("p", "Asserted facts in the words of their source; times are UTC.",
            {{"class", "sub"}});
  html.open("ol");
  for (const ToldFact& told : facts) add_fact(html, told, catalogue);
  html.close().close();
}

}  // namespace wiremill::cli
