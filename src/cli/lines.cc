#include "cli/lines.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace wiremill::cli {
namespace {

constexpr std::size_t kReadBytes = 256U << 10U;
constexpr int kLookMs = 100;

/// An open file descriptor; standard input is borrowed.
class Input {
 public:
  static base::Result<Input> open(const std::string& path) {
    if (path == "-") return Input(STDIN_FILENO);
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return base::rejected(fmt::format("{}: {}", path, std::strerror(errno)));
    return Input(fd);
  }
  Input(Input&& other) noexcept : fd_(std::exchange(other.fd_, STDIN_FILENO)) {}
  Input& operator=(Input&&) = delete;  // one scope, one file
  ~Input() {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  /// Appends what is there to `text`; 0 at the end, -1 on error, -2 when nothing came in time.
  ssize_t read_into(std::string& text) const {
    pollfd waiting{fd_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, kLookMs);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return -2;
    const std::size_t before = text.size();
    text.resize(before + kReadBytes);
    const ssize_t got = ::read(fd_, text.data() + before, kReadBytes);
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got < 0 && errno == EINTR ? -2 : got;
  }

 private:
  explicit Input(int fd) : fd_(fd) {}
  int fd_;
};

/// Splits off all complete lines; `rest` is where the incomplete one begins.
Lines complete_lines(std::string_view text, std::size_t& rest) {
  Lines lines;
  rest = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', rest)) {
    lines.push_back(text.substr(rest, end - rest));
    rest = end + 1;
  }
  return lines;
}

}  // namespace

base::Result<void> for_each_lines(const std::string& path, const std::atomic<bool>& stop,
                                  const std::function<base::Result<void>(const Lines&)>& each) {
  auto input = Input::open(path);
  if (!input) return base::fail(input.error());
  std::string text;
  while (!stop) {
    const ssize_t got = input->read_into(text);
    if (got == -2) continue;
    if (got < 0) return base::rejected(fmt::format("{}: {}", path, std::strerror(errno)));
    if (got == 0) return text.empty() ? base::Result<void>() : each({text});
    std::size_t rest = 0;
    const Lines lines = complete_lines(text, rest);
    if (!lines.empty()) {
      if (auto done = each(lines); !done) return done;
    }
    text.erase(0, rest);
    if (text.size() > kLineBytesMax) {
      return base::rejected(
          fmt::format("{}: a line of more than {} bytes", path, kLineBytesMax));
    }
  }
  return {};
}

base::Result<void> for_each_line(
    const std::string& path, const std::function<base::Result<void>(std::string_view)>& each) {
  const std::atomic<bool> never{false};
  return for_each_lines(path, never, [&](const Lines& lines) -> base::Result<void> {
    for (const std::string_view line : lines) {
      if (auto done = each(line); !done) return done;
    }
    return {};
  });
}

base::Result<std::string> read_all(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return base::fail(input.error());
  std::string text;
  while (true) {
    const ssize_t got = input->read_into(text);
    if (got == 0) return text;
    if (got == -1) return base::rejected(fmt::format("{}: {}", path, std::strerror(errno)));
    if (text.size() > kLineBytesMax) {
      return base::rejected(fmt::format("{}: more than {} bytes", path, kLineBytesMax));
    }
  }
}

base::Result<std::unique_ptr<LineSink>> LineSink::open(const std::string& path) {
  std::FILE* const file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (file == nullptr) return base::rejected(fmt::format("{}: {}", path, std::strerror(errno)));
  return std::unique_ptr<LineSink>(new LineSink(path, file));
}

LineSink::~LineSink() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

void LineSink::write(std::string_view line) {
  failed_ = failed_ || std::fwrite(line.data(), 1, line.size(), file_) != line.size() ||
            std::fputc('\n', file_) == EOF;
}

base::Result<void> LineSink::close() {
  const bool closed = file_ == stdout ? std::fflush(file_) == 0 : std::fclose(file_) == 0;
  file_ = nullptr;
  if (failed_ || !closed) {
    return base::rejected(fmt::format("{}: could not be written completely", path_));
  }
  return {};
}

}  // namespace wiremill::cli
