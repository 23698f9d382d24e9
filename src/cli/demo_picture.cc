#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/board_reads.h"
#include "cli/demo_screen.h"
#include "cli/wording.h"
#include "telemetry/escape.h"
#include "text/columns.h"

namespace wiremill::cli {
namespace {

constexpr std::size_t kNameColumns = 32;
constexpr std::size_t kPacksShown = 2;
constexpr std::size_t kLedgerShown = 6;
constexpr std::size_t kTotalsShown = 2;  ///< of groups, above the companies
constexpr std::size_t kQuoteRows = 2;
constexpr double kPercent = 100;

std::string signed_ink(const Ink& ink, double value, const std::string& text) {
  if (text.find_first_not_of(" 0.pt") == std::string::npos) return ink.soft(text);
  return value < 0 ? ink.down(text) : ink.up(text);
}

/// A picture in the making: lines are cut when they are put in.
class Picture {
 public:
  Picture(std::size_t columns, std::size_t rows, Ink ink)
      : columns_(columns), rows_(rows), ink_(ink) {}

  std::size_t columns() const { return columns_; }
  std::size_t rows_left() const { return rows_ - std::min(rows_, lines_.size()); }
  void title(std::string_view text) { put(ink_.strong(text::cut_to(text, columns_))); }
  void plain(std::string_view text) { put(text::cut_to(text, columns_)); }
  void soft(std::string_view text) { put(ink_.soft(text::cut_to(text, columns_))); }
  /// A line and a number on its right, coloured by its sign.
  void signed_line(std::string_view text, double value, const std::string& number) {
    const std::size_t used = text::columns_of(number);
    if (columns_ <= used) return plain(text);
    put(text::fitted(text, std::min(columns_ - used, text::columns_of(text))) +
        signed_ink(ink_, value, number));
  }
  void gap() {
    if (!lines_.empty()) put("");
  }
  /// Already cut and painted.
  void put(std::string line) {
    if (lines_.size() < rows_) lines_.push_back(std::move(line));
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::size_t columns_;
  std::size_t rows_;
  Ink ink_;
  std::vector<std::string> lines_;
};

/// Filled up on the left: numbers stand right.
std::string right(std::string_view text, std::size_t columns) {
  const std::size_t used = text::columns_of(text);
  return std::string(columns > used ? columns - used : 0, ' ') + std::string(text);
}

void add_progress(Picture& picture, const DemoProgress& progress) {
  picture.title(fmt::format("wiremill demo   {} {} UTC   page and metrics: {}",
                            day_text(progress.feed_time), minute_text(progress.feed_time).substr(7),
                            progress.url));
  const std::string count = fmt::format(" {} of {} events", progress.sent, progress.total);
  const double part = static_cast<double>(progress.sent) / static_cast<double>(progress.total);
  const std::size_t used = text::columns_of(count);
  const std::size_t bar = picture.columns() > used ? picture.columns() - used : 0;
  picture.plain(bar_text(part, std::min<std::size_t>(bar, 60)) + count);
}

/// The sets that moved last.
std::vector<const model::Signal*> packs_shown(const BoardView& board) {
  auto packs = beliefs_of(board, model::ScopeType::kScenario);
  std::erase_if(packs, [](const model::Signal* signal) { return !signal->scenario; });
  std::stable_sort(packs.begin(), packs.end(), [](const auto* a, const auto* b) {
    return a->as_of > b->as_of;
  });
  if (packs.size() > kPacksShown) packs.resize(kPacksShown);
  return packs;
}

void add_pack(Picture& picture, const model::Signal& signal, const catalog::Catalogue& catalogue,
              base::Instant now) {
  const std::string id = signal.scope.substr(signal.scope.find('/') + 1);
  const catalog::Pack* const pack = pack_of(catalogue, id);
  const model::ScenarioView& view = *signal.scenario;
  picture.gap();
  picture.title(fmt::format("{}  ({} {})", pack == nullptr ? id : pack->name,
                            is_closed(view, now) ? "closed" : "open to",
                            day_text(view.closes)));
  const std::size_t fixed = kNameColumns + 2 + 9 + 11;
  const std::size_t bar = picture.columns() > fixed ? picture.columns() - fixed : 0;
  for (std::size_t i = 0; i < view.names.size(); ++i) {
    const catalog::Scenario* const scenario = scenario_of(pack, view.names[i]);
    const std::string name = text::fitted(scenario == nullptr ? view.names[i] : scenario->name,
                                          kNameColumns);
    const double moved = view.moved_points[i];
    const std::string move = right(signed_text(moved, 1) + " pt", 11);
    const std::string drawn = bar_text(view.weights[i], std::min<std::size_t>(bar, 40));
    picture.signed_line("  " + name + drawn +
                            right(fmt::format("{:.1f} %", view.weights[i] * kPercent), 9),
                        moved, move);
  }
}

struct SectorTone {
  std::string name;
  double tone = 0;
};

std::vector<SectorTone> tones(const BoardView& board, const catalog::Catalogue& catalogue) {
  std::vector<SectorTone> found;
  for (const catalog::Sector& sector : catalogue.sectors) {
    const auto belief = board.beliefs.find("sector/" + sector.id);
    if (belief == board.beliefs.end()) continue;
    const auto tone = belief->second->values.find("tone");
    if (tone == belief->second->values.end() || !tone->second) continue;
    found.push_back({sector.name, *tone->second});
  }
  return found;
}

/// "     ▆▆▆│        " from -1 to 1.
std::string tone_bar(double tone, std::size_t half) {
  const auto filled = static_cast<std::size_t>(
      std::lround(std::min(std::abs(tone), 1.0) * static_cast<double>(half)));
  std::string left(tone < 0 ? half - filled : half, ' ');
  std::string right_side;
  for (std::size_t i = 0; i < filled; ++i) (tone < 0 ? left : right_side) += "█";
  right_side.append(half - (tone < 0 ? 0 : filled), ' ');
  return left + "│" + right_side;
}

void add_tones(Picture& picture, const BoardView& board, const catalog::Catalogue& catalogue,
               std::size_t rows) {
  const auto sectors = tones(board, catalogue);
  if (sectors.empty() || rows < 3) return;
  picture.gap();
  picture.title("Sector tone, −1 … +1");
  const std::size_t room = picture.columns() - std::min(picture.columns(), kNameColumns + 12);
  const std::size_t half = std::clamp<std::size_t>(room / 2, 4, 20);
  for (std::size_t i = 0; i < std::min(sectors.size(), rows - 2); ++i) {
    const auto& [name, tone] = sectors[i];
    const std::string line = "  " + text::fitted(name, kNameColumns) + tone_bar(tone, half);
    picture.signed_line(line, tone, right(signed_text(tone, 2), 8));
  }
}

void add_ledger(Picture& picture, const BoardView& board, const catalog::Catalogue& catalogue) {
  LedgerView ledger = ledger_of(board, true);
  std::vector<const model::LedgerEntry*> rows;
  const auto newest_first = [](const auto* a, const auto* b) { return a->at > b->at; };
  for (const GroupTotal& total : ledger.totals) rows.push_back(total.entry);
  std::stable_sort(rows.begin(), rows.end(), newest_first);
  rows.resize(std::min(rows.size(), kTotalsShown));
  std::stable_sort(ledger.figures.begin(), ledger.figures.end(), newest_first);
  rows.insert(rows.end(), ledger.figures.begin(), ledger.figures.end());
  if (rows.empty()) return;
  picture.gap();
  picture.title("Capex ledger");
  for (std::size_t i = 0; i < std::min(rows.size(), kLedgerShown); ++i) {
    const model::LedgerEntry& entry = *rows[i];
    const std::string amount = amount_text({entry.low, entry.high, entry.bound, entry.unit});
    std::string line = "  " + text::fitted(name_of_spender(catalogue, entry.subject), 24) +
                       text::fitted(period_text(entry.period), 12) + right(amount, 20) + "  ";
    line += entry.stated ? plain(entry.status) : "our sum";
    if (!entry.history.empty()) line += ", before: " + history_text(entry.history.back());
    picture.plain(line);
  }
}

/// Text in rows of the picture's width, broken anywhere: Korean has few blanks.
void add_wrapped(Picture& picture, std::string_view text, std::size_t rows) {
  const std::size_t width = picture.columns() > 4 ? picture.columns() - 4 : 1;
  for (std::size_t row = 0; row < rows && !text.empty(); ++row) {
    if (row + 1 == rows || text::columns_of(text) <= width) {
      picture.plain("  " + text::cut_to(text, width));
      return;
    }
    std::string part = text::cut_to(text, width);
    part.resize(part.size() - std::string_view("…").size());
    const std::size_t blank = part.rfind(' ');
    const std::size_t end = blank == std::string::npos || blank == 0 ? part.size() : blank;
    picture.plain("  " + part.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + (end == blank ? 1 : 0)));
  }
}

void add_newest(Picture& picture, const BoardView& board, const catalog::Catalogue& catalogue) {
  const auto facts = newest_facts(board, 1);
  if (facts.empty()) return;
  const ToldFact& told = facts.front();
  const model::EventHeader& event = told.record->event;
  picture.gap();
  picture.title("Newest fact");
  picture.plain("  " + fact_words(told, catalogue));
  if (!told.fact->quotes.empty()) {
    add_wrapped(picture, "“" + telemetry::shown(told.fact->quotes.front().text) + "”",
                kQuoteRows);
  }
  picture.soft(fmt::format("  {} · {} · {}", minute_text(event.published_at),
                           telemetry::shown(event.publisher), telemetry::shown(event.headline)));
}

}  // namespace

std::string Ink::paint(std::string_view code, std::string_view text) const {
  return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string bar_text(double part, std::size_t columns) {
  const auto filled = static_cast<std::size_t>(
      std::lround(std::clamp(part, 0.0, 1.0) * static_cast<double>(columns)));
  std::string text;
  for (std::size_t i = 0; i < columns; ++i) text += i < filled ? "█" : "░";
  return text;
}

std::vector<std::string> demo_picture(const BoardView& board, const catalog::Catalogue& catalogue,
                                      const DemoProgress& progress, std::size_t columns,
                                      std::size_t rows, Ink ink) {
  Picture top(columns, rows, ink);
  add_progress(top, progress);
  for (const model::Signal* const pack : packs_shown(board)) {
    add_pack(top, *pack, catalogue, board.known_until);
  }
  Picture bottom(columns, rows, ink);
  add_ledger(bottom, board, catalogue);
  add_newest(bottom, board, catalogue);
  std::vector<std::string> below = bottom.take();
  // Sectors take what room is left between the two.
  const std::size_t room = top.rows_left() - std::min(top.rows_left(), below.size() + 1);
  add_tones(top, board, catalogue, room);
  top.gap();
  for (std::string& line : below) top.put(std::move(line));
  return top.take();
}

}  // namespace wiremill::cli
