#include "cli/demo_screen.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "cli/board_reads.h"
#include "cli/wording.h"
#include "telemetry/escape.h"
#include "text/columns.h"

namespace wiremill::cli {
namespace {

constexpr std::size_t kColumnsDefault = 100;
constexpr std::size_t kRowsDefault = 40;
constexpr std::size_t kFactsAtOnce = 5;     ///< lines of facts written for one look at the board
constexpr double kTellingMove = 0.005;      ///< of a weight, for another line
constexpr double kProgressStep = 0.1;       ///< of the feed, likewise

/// Redraws a picture in place.
class TerminalScreen final : public DemoScreen {
 public:
  TerminalScreen(const catalog::Catalogue& catalogue, Ink ink) : catalogue_(catalogue), ink_(ink) {
    fmt::print("\x1b[?25l");  // no cursor
  }
  ~TerminalScreen() override { end(); }
  TerminalScreen(const TerminalScreen&) = delete;  // ends once
  TerminalScreen& operator=(const TerminalScreen&) = delete;

  void show(const BoardView& board, const DemoProgress& progress) override {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    const std::size_t columns = known ? size.ws_col : kColumnsDefault;
    const std::size_t rows = known && size.ws_row > 0 ? size.ws_row : kRowsDefault;
    const auto lines = demo_picture(board, catalogue_, progress, columns - 1, rows - 1, ink_);
    std::string text = drawn_ > 0 ? fmt::format("\x1b[{}A", drawn_) : "";
    for (const std::string& line : lines) text += "\r" + line + "\x1b[K\n";
    text += "\x1b[J";  // what an earlier, longer picture left
    fmt::print("{}", text);
    std::fflush(stdout);
    drawn_ = lines.size();
  }

  void end() override {
    if (std::exchange(ended_, true)) return;
    fmt::print("\x1b[?25h\n");
    std::fflush(stdout);
  }

 private:
  const catalog::Catalogue& catalogue_;
  Ink ink_;
  std::size_t drawn_ = 0;
  bool ended_ = false;
};

/// Says what changed since it last spoke.
class LineScreen final : public DemoScreen {
 public:
  LineScreen(const catalog::Catalogue& catalogue, std::FILE* out)
      : catalogue_(catalogue), out_(out) {}

  void show(const BoardView& board, const DemoProgress& progress) override {
    tell_facts(board);
    for (const model::Signal* const signal : beliefs_of(board, model::ScopeType::kScenario)) {
      if (signal->scenario) tell_weights(*signal);
    }
    const double part = static_cast<double>(progress.sent) / static_cast<double>(progress.total);
    if (part - told_part_ < kProgressStep && !(part >= 1 && told_part_ < 1)) return;
    told_part_ = part;
    write(progress.feed_time, fmt::format("read      {} of {} events; page and metrics on {}",
                                          progress.sent, progress.total, progress.url));
  }
  void end() override { std::fflush(out_); }

 private:
  void write(base::Instant at, std::string_view text) {
    fmt::print(out_, "{}  {}\n", minute_text(at), text);
    std::fflush(out_);
  }

  void tell_facts(const BoardView& board) {
    std::vector<ToldFact> fresh;
    for (const ToldFact& told : newest_facts(board, Board::kStoriesMax)) {
      if (told_.insert(fact_key(*told.record, *told.fact)).second) fresh.push_back(told);
    }
    const std::size_t left_out = fresh.size() - std::min(fresh.size(), kFactsAtOnce);
    fresh.resize(std::min(fresh.size(), kFactsAtOnce));
    for (auto told = fresh.rbegin(); told != fresh.rend(); ++told) {
      const std::string quote = told->fact->quotes.empty() ? "" : told->fact->quotes.front().text;
      write(told->record->event.published_at,
            fmt::format("fact      {}  “{}” {}", fact_words(*told, catalogue_),
                        telemetry::shown(quote), telemetry::shown(told->record->event.publisher)));
    }
    if (left_out == 0) return;
    write(fresh.front().record->event.published_at, fmt::format("          and {} more", left_out));
  }

  void tell_weights(const model::Signal& signal) {
    const model::ScenarioView& view = *signal.scenario;
    std::vector<double>& told = weights_[signal.scope];
    bool moved = told.size() != view.weights.size();
    for (std::size_t i = 0; !moved && i < told.size(); ++i) {
      moved = std::abs(view.weights[i] - told[i]) >= kTellingMove;
    }
    if (!moved) return;
    told = view.weights;
    std::string text = "weights   " + signal.scope.substr(signal.scope.find('/') + 1) + ":";
    for (std::size_t i = 0; i < view.names.size(); ++i) {
      text += fmt::format("  {} {:.1f} % ({})", view.names[i], view.weights[i] * 100,
                          signed_text(view.moved_points[i], 1));
    }
    write(signal.as_of, text);
  }

  const catalog::Catalogue& catalogue_;
  std::FILE* out_;
  std::set<std::string> told_;  ///< keys of facts: the story told first may leave the board
  std::map<std::string, std::vector<double>> weights_;
  double told_part_ = -1;  ///< so that the first look says where the page is
};

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

std::unique_ptr<DemoScreen> DemoScreen::open(const catalog::Catalogue& catalogue) {
  const char* const kind = std::getenv("TERM");
  const bool draws = isatty(STDOUT_FILENO) != 0 && kind != nullptr && std::string(kind) != "dumb";
  if (!draws) return lines(catalogue, stdout);
  return std::make_unique<TerminalScreen>(catalogue, Ink{!is_set("NO_COLOR")});
}

std::unique_ptr<DemoScreen> DemoScreen::lines(const catalog::Catalogue& catalogue,
                                              std::FILE* out) {
  return std::make_unique<LineScreen>(catalogue, out);
}

}  // namespace wiremill::cli
