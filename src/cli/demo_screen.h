#pragma once
// The demo on a terminal: the board as a picture that is drawn again in place, or, when standard
// output is no terminal, as lines that say what changed.
//
//   auto screen = DemoScreen::open(catalogue);
//   screen->show(board, progress);  …  screen->end();

#include <memory>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "cli/board.h"

namespace wiremill::cli {

/// How far the feed has come.
struct DemoProgress {
  base::Instant feed_time;
  std::size_t sent = 0;
  std::size_t total = 0;
  std::string url;
};

/// Colours, or none of them.
struct Ink {
  bool on = false;
  std::string paint(std::string_view code, std::string_view text) const;
  std::string strong(std::string_view text) const { return paint("1", text); }
  std::string soft(std::string_view text) const { return paint("2", text); }
  std::string up(std::string_view text) const { return paint("34", text); }
  std::string down(std::string_view text) const { return paint("33", text); }
};

/// The picture, at most `rows` lines of at most `columns` columns each.
std::vector<std::string> demo_picture(const BoardView& board, const catalog::Catalogue& catalogue,
                                      const DemoProgress& progress, std::size_t columns,
                                      std::size_t rows, Ink ink);

/// "█████░░░░░", a part from 0 to 1.
std::string bar_text(double part, std::size_t columns);

/// Threads: one. Borrows: the catalogue.
class DemoScreen {
 public:
  virtual ~DemoScreen() = default;
  /// For standard output as it is: a terminal (NO_COLOR is respected) or not.
  static std::unique_ptr<DemoScreen> open(const catalog::Catalogue& catalogue);
  /// Writing lines to a sink, for what is no terminal.
  static std::unique_ptr<DemoScreen> lines(const catalog::Catalogue& catalogue, std::FILE* out);

  virtual void show(const BoardView& board, const DemoProgress& progress) = 0;
  /// The last picture stays; the cursor is as it was.
  virtual void end() = 0;
};

}  // namespace wiremill::cli
