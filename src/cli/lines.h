#pragma once
// Lines of files and of standard input, and where lines go.

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wiremill::cli {

/// Longest line that is read; a longer one is an error, never cut.
inline constexpr std::size_t kLineBytesMax = 64U << 20U;

/// The lines of one read, without line breaks. Borrows: the buffer, for the call.
using Lines = std::vector<std::string_view>;

/// Calls `each` with the lines of the file ("-": standard input) as they come, several at a time;
/// the last line need not end in a line break. Ends early, without error, once `stop` is true
/// (looked at every 100 ms). Errors: rejected (cannot be opened or read, a line too long), those
/// of each.
[[nodiscard]] base::Result<void> for_each_lines(
    const std::string& path, const std::atomic<bool>& stop,
    const std::function<base::Result<void>(const Lines&)>& each);

/// The same to the end, line by line.
[[nodiscard]] base::Result<void> for_each_line(
    const std::string& path, const std::function<base::Result<void>(std::string_view)>& each);

/// Reads all of the file ("-": standard input), at most kLineBytesMax bytes.
[[nodiscard]] base::Result<std::string> read_all(const std::string& path);

/// A file that lines are written to ("-": standard output). Errors are kept until close().
class LineSink {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<LineSink>> open(const std::string& path);
  ~LineSink();
  LineSink(const LineSink&) = delete;  // owns the file
  LineSink& operator=(const LineSink&) = delete;

  void write(std::string_view line);
  /// Errors: rejected when any write failed (disk full, closed pipe).
  [[nodiscard]] base::Result<void> close();

 private:
  LineSink(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  std::FILE* file_;
  bool failed_ = false;
};

}  // namespace wiremill::cli
