#include "text/normal.h"

#include <utf8proc.h>

#include <array>

#include "base/ascii.h"
#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr std::size_t kClusterMax = 32;

bool is_zero_width(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0xAD || c == 0x2060 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0xFE00 && c <= 0xFE0F);
}

/// One spelling for signs that have many; 0 when the code point is none of them.
char32_t one_spelling(char32_t c) {
  switch (c) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2212: case 0xFE63: case 0xFF0D:
      return U'-';
    case 0x2015: case 0xFE58: case 0x2500:
      return 0x2014;
    case 0x223C: case 0x301C: case 0xFF5E: case 0x02DC: case 0x2053: case 0x223D:
      return U'~';
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x02BC: case 0x2032: case 0xFF07:
      return U'\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xFF02:
      return U'"';
    case 0x318D: case 0x30FB: case 0xFF65: case 0x2027: case 0x2219: case 0x22C5: case 0x119E:
      return 0xB7;
    case 0x0085: case 0x2028: case 0x2029:
      return U'\n';
    default:
      return 0;
  }
}

/// Enclosed and raised numbers and fractions, which compatibility forms would turn to plain digits.
bool stays_as_is(char32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE) ||
         (c >= 0x2070 && c <= 0x209F) || (c >= 0x2150 && c <= 0x215F) ||
         (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
         (c >= 0x3251 && c <= 0x325F) || (c >= 0x32B1 && c <= 0x32BF);
}

/// Code points that NFKC never changes and that never take part in a composition on their own.
bool is_inert(char32_t c) {
  return (c < 0x80) || is_hangul(c) || (is_hanja(c) && c <= 0x9FEF) || c == 0xB7 ||
         c == 0x2022 || c == 0x2014 || (c >= 0x25A0 && c <= 0x25FF) || stays_as_is(c);
}

bool joins_previous(char32_t c) {
  if (c < 0x300) return false;
  if (c >= 0x1160 && c <= 0x11FF) return c != 0x119E;
  if (is_hangul(c) || is_hanja(c)) return false;
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class != 0;
}

class Normaliser {
 public:
  explicit Normaliser(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  bool has_room() const { return out_.text.size() < bytes_max_; }
  /// Signs of ASCII with nothing behind them that may join the last: only blanks change.
  void add_plain(std::string_view run, std::uint32_t index) {
    flush();
    std::size_t at = out_.text.size();
    bool blank = out_.text.ends_with(' ');
    resize(at + run.size());
    for (const char c : run) {
      const bool space = c == ' ' || c == '\t' || c == '\r';
      if (!space || !blank) {
        out_.text[at] = space ? ' ' : c;
        out_.start_of[at] = index;
        out_.end_of[at++] = index + 1;
      }
      blank = space;
      ++index;
    }
    resize(at);
  }

  void add(const Piece& piece) {
    if (is_zero_width(piece.code_point)) return;
    if (!joins_previous(piece.code_point) || count_ == kClusterMax) flush();
    if (count_ == 0) start_ = piece.start;
    cluster_[count_++] = static_cast<utf8proc_int32_t>(piece.code_point);
    end_ = piece.end;
  }

  NormalText finish(bool whole) {
    flush();
    out_.whole = whole;
    out_.lower = base::lower_ascii(out_.text);
    return std::move(out_);
  }

  void resize(std::size_t bytes) {
    out_.text.resize(bytes);
    out_.start_of.resize(bytes);
    out_.end_of.resize(bytes);
  }

  void reserve(std::size_t bytes) {
    out_.text.reserve(bytes);
    out_.start_of.reserve(bytes);
    out_.end_of.reserve(bytes);
  }

 private:
  /// Blanks in a row are one, as they are to a reader; tabs and carriage returns are blanks.
  void emit(char32_t c) {
    if (c == U'\t' || c == U'\r') c = U' ';
    if (c == U' ' && out_.text.ends_with(' ')) return;
    const std::size_t before = out_.text.size();
    append_utf8(c, out_.text);
    out_.start_of.insert(out_.start_of.end(), out_.text.size() - before, start_);
    out_.end_of.insert(out_.end_of.end(), out_.text.size() - before, end_);
  }

  void emit_folded(char32_t c) {
    const char32_t same = one_spelling(c);
    emit(same != 0 ? same : c);
  }

  void flush() {
    if (count_ == 0) return;
    const std::size_t count = std::exchange(count_, 0U);
    const auto first = static_cast<char32_t>(cluster_[0]);
    if (count == 1) {
      const char32_t same = one_spelling(first);
      if (same != 0 || is_inert(first)) return emit(same != 0 ? same : first);
    }
    compose(count);
  }

  void compose(std::size_t count) {
    std::array<utf8proc_int32_t, kClusterMax * 20> wide{};
    std::size_t length = 0;
    int boundary = 0;
    constexpr auto kOptions = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE);
    for (std::size_t i = 0; i < count; ++i) {
      const auto added = utf8proc_decompose_char(
          cluster_[i], wide.data() + length,
          static_cast<utf8proc_ssize_t>(wide.size() - length), kOptions, &boundary);
      if (added < 0 || length + static_cast<std::size_t>(added) > wide.size()) break;
      length += static_cast<std::size_t>(added);
    }
    constexpr auto kCompose = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto composed = utf8proc_normalize_utf32(
        wide.data(), static_cast<utf8proc_ssize_t>(length), kCompose);
    for (utf8proc_ssize_t i = 0; i < composed; ++i) {
      emit_folded(static_cast<char32_t>(wide[static_cast<std::size_t>(i)]));
    }
  }

  std::size_t bytes_max_;
  NormalText out_;
  std::array<utf8proc_int32_t, kClusterMax> cluster_{};
  std::size_t count_ = 0;
  std::uint32_t start_ = 0;
  std::uint32_t end_ = 0;
};

std::size_t ascii_end(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

}  // namespace

NormalText normalise(std::string_view original, std::size_t bytes_max) {
  Normaliser normaliser(bytes_max);
  normaliser.reserve(original.size());
  std::uint32_t index = 0;
  std::size_t at = 0;
  while (at < original.size() && normaliser.has_room()) {
    std::size_t end = ascii_end(original, at);
    // What follows may be a mark that joins the last sign.
    if (end < original.size() && end > at) --end;
    if (end > at) {
      normaliser.add_plain(original.substr(at, end - at), index);
      index += static_cast<std::uint32_t>(end - at);
      at = end;
      continue;
    }
    const char32_t c = next_code_point(original, at);
    normaliser.add({c, index, index + 1});
    ++index;
  }
  return normaliser.finish(at == original.size());
}

NormalText normalise(const std::vector<Piece>& pieces, std::size_t bytes_max) {
  Normaliser normaliser(bytes_max);
  normaliser.reserve(pieces.size() * 2);
  auto piece = pieces.begin();
  for (; piece != pieces.end() && normaliser.has_room(); ++piece) normaliser.add(*piece);
  return normaliser.finish(piece == pieces.end());
}

void cut(NormalText& normal, std::size_t bytes) {
  if (bytes >= normal.text.size()) return;
  normal.text.resize(bytes);
  normal.lower.resize(bytes);
  normal.start_of.resize(bytes);
  normal.end_of.resize(bytes);
  normal.whole = false;
}

}  // namespace wiremill::text
