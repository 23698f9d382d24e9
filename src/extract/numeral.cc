#include "extract/numeral.h"

#include "extract/english_numerals.h"
#include "extract/number_words.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using base::Decimal;
using text::is_digit;
using text::is_letter;
using text::is_word;

constexpr std::size_t kDigitsMax = 30;
constexpr std::size_t kJoinedDigitsMin = 3;
/// Parts of one number: 경, 조, 억, 만, 천, 백, 십 and the rest.
constexpr int kPartsMax = 8;

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Thousands groups behind the first digits: ",000,000", "00,000" as in India, ".000.000". The end
/// of the groups; `first` itself when there are none; nullopt when they are broken.
std::optional<std::size_t> groups_end(std::string_view text, std::size_t begin, std::size_t first,
                                      char mark) {
  std::size_t at = first;
  int groups = 0;
  int pairs = 0;
  while (at + 1 < text.size() && text[at] == mark && is_digit(text[at + 1])) {
    const std::size_t end = digits_end(text, at + 1);
    const std::size_t length = end - at - 1;
    if (length != 3 && length != 2) return std::nullopt;
    if (length == 3 && pairs > 0 && end < text.size() && text[end] == mark &&
        end + 1 < text.size() && is_digit(text[end + 1])) {
      return std::nullopt;
    }
    pairs += length == 2 ? 1 : 0;
    ++groups;
    at = end;
  }
  if (groups == 0) return first;
  if (first - begin > 3 || (pairs > 0 && pairs != groups - 1)) return std::nullopt;
  return at;
}

std::string without(std::string_view text, char mark) {
  std::string kept;
  for (const char c : text) {
    if (c != mark) kept.push_back(c);
  }
  return kept;
}

struct Digits {
  std::size_t end = 0;
  Decimal value;
  bool grouped = false;
  int decimals = 0;
};

std::optional<Digits> digits_of(std::string_view text, std::size_t begin, std::size_t end,
                                bool grouped, char mark) {
  if (end - begin > kDigitsMax) return std::nullopt;
  std::string plain = without(text.substr(begin, end - begin), mark);
  if (plain.starts_with('.')) plain.insert(0, 1, '0');
  const auto value = Decimal::parse(plain);
  if (!value) return std::nullopt;
  const std::size_t point = plain.find('.');
  const int decimals =
      point == std::string::npos ? 0 : static_cast<int>(plain.size() - point - 1);
  return Digits{end, *value, grouped, decimals};
}

/// Digits with separators and a decimal part.
std::optional<Digits> read_digits(std::string_view text, std::size_t at) {
  const std::size_t first = digits_end(text, at);
  // "10 000": the second half of a number that is written with blanks.
  const bool half = first - at == 3 && text.substr(at).starts_with("000") && at > 1 &&
                    text[at - 1] == ' ' && is_digit(text[at - 2]);
  if (half) return std::nullopt;
  const auto dots = groups_end(text, at, first, '.');
  if (dots && *dots >= first + 8) return digits_of(text, at, *dots, true, '.');
  const auto commas = groups_end(text, at, first, ',');
  if (!commas) return std::nullopt;
  std::size_t end = *commas;
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
    end = digits_end(text, end + 1);
    // "2026.02.06", "1.2.3": a date or a version, not a number.
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) return std::nullopt;
  }
  return digits_of(text, at, end, *commas > first, ',');
}

/// "½", " 1/2", "-3/4" behind a whole number: adds to the value and moves the end.
void add_fraction(std::string_view text, Digits& digits) {
  if (digits.decimals > 0) return;
  const std::string_view rest = text.substr(digits.end);
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"½", "0.5"}, {"¼", "0.25"}, {"¾", "0.75"}};
  for (const auto& [sign, value] : kSigns) {
    if (!rest.starts_with(sign)) continue;
    digits.value = digits.value.plus(*Decimal::parse(value)).value_or(digits.value);
    digits.end += sign.size();
    return;
  }
  if (rest.size() < 4 || (rest[0] != ' ' && rest[0] != '-') || !is_digit(rest[1])) return;
  const std::size_t slash = digits_end(rest, 1);
  if (slash >= rest.size() || rest[slash] != '/' || slash > 3) return;
  const std::size_t end = digits_end(rest, slash + 1);
  if (end == slash + 1 || end > slash + 3) return;
  if (end < rest.size() && (rest[end] == '/' || is_letter(rest[end]))) return;
  const auto part = binary_fraction(rest.substr(1, slash - 1),
                                    rest.substr(slash + 1, end - slash - 1));
  if (!part || digits.value >= Decimal::of(1000)) return;
  digits.value = digits.value.plus(*part).value_or(digits.value);
  digits.end += end;
}

/// The chain of 십 백 천 만 억 조 as it is read from left to right.
class Chain {
 public:
  explicit Chain(std::string_view text, std::size_t at, int depth = 0)
      : text_(text), begin_(at), at_(at), depth_(depth) {}

  /// A part of a longer number: its value, and the size of its first group, which must stay below
  /// the power in front of it.
  struct Part {
    Numeral numeral;
    Decimal first;
  };
  std::optional<Part> read_part() {
    auto numeral = read();
    if (!numeral) return std::nullopt;
    return Part{std::move(*numeral), first_group_.value_or(numeral_value())};
  }

  std::optional<Numeral> read() {
    while (step()) {
    }
    if (broken_ || (!any_digit_ && !any_power_)) return std::nullopt;
    if (!any_digit_ && !is_complete_word()) return std::nullopt;
    if (!settle_left_out()) return std::nullopt;
    const auto group = plus(group_, current_.value_or(Decimal()));
    const auto total = group ? total_.plus(*group) : std::nullopt;
    if (!total) return std::nullopt;
    out_.value = *total;
    out_.begin = begin_;
    out_.end = at_;
    out_.spelled = !any_digit_;
    out_.korean = any_power_;
    return out_;
  }

 private:
  static std::optional<Decimal> plus(const Decimal& a, const Decimal& b) { return a.plus(b); }
  Decimal numeral_value() const { return out_.value; }

  bool step() {
    if (at_ >= text_.size()) return false;
    if (is_digit(text_[at_]) || (text_[at_] == '.' && at_ == begin_)) return take_digits();
    if (text_[at_] == ' ') return take_space();
    const auto sign = korean_numeral_at(text_, at_);
    if (!sign) return take_some();
    switch (sign->kind) {
      case KoreanSign::kDigit: return take_digit(*sign);
      case KoreanSign::kSmall: return take_small(*sign);
      case KoreanSign::kBig: return take_big(*sign);
    }
    return false;
  }

  bool take_digits() {
    if (current_ || ended_by_some_) return broken_ = true, false;
    auto digits = read_digits(text_, at_);
    if (!digits) return broken_ = true, false;
    if (at_ == begin_) add_fraction(text_, *digits);
    any_digit_ = true;
    current_ = digits->value;
    if (at_ == begin_) out_.grouped = digits->grouped;
    out_.decimals = digits->decimals;
    at_ = digits->end;
    return true;
  }

  /// A Korean digit counts when a power follows, or when it ends a number in words (이십오 원).
  bool take_digit(const KoreanSign& sign) {
    const auto next = korean_numeral_at(text_, sign.end);
    const bool power_follows = next && next->kind != KoreanSign::kDigit;
    if (current_) return false;
    // "이 퍼센트" is "this percent" as well.
    const bool percent = at_ == begin_ && sign.value != 2 && counts_percent(text_, sign.end);
    const bool rest = behind_words_ && counts_money(text_, sign.end);
    if (!power_follows && !percent && !rest &&
        (any_digit_ || !any_power_ || !ends_number(sign.end))) {
      return false;
    }
    any_power_ = any_power_ || percent || rest;
    current_ = Decimal::of(sign.value);
    at_ = sign.end;
    return true;
  }

  bool take_small(const KoreanSign& sign) {
    if (sign.value >= last_small_) return at_ == begin_ ? false : (broken_ = true, false);
    const auto part = current_.value_or(Decimal::of(1)).shifted(static_cast<int>(sign.value));
    const auto sum = part ? group_.plus(*part) : std::nullopt;
    if (!sum) return broken_ = true, false;
    group_ = *sum;
    current_.reset();
    last_small_ = static_cast<int>(sign.value);
    any_power_ = true;
    at_ = sign.end;
    return true;
  }

  bool take_big(const KoreanSign& sign) {
    const bool bare = !current_ && group_.is_zero();
    const int power = static_cast<int>(sign.value);
    if (bare && (any_power_ || power != 4)) return at_ == begin_ ? false : (broken_ = true, false);
    if (power >= last_big_) return broken_ = true, false;
    auto group = current_ ? group_.plus(*current_) : std::optional(group_);
    if (bare) group = Decimal::of(1);
    if (!first_group_) first_group_ = group;
    const auto part = group ? group->shifted(power) : std::nullopt;
    const auto sum = part ? total_.plus(*part) : std::nullopt;
    if (!sum) return broken_ = true, false;
    total_ = *sum;
    group_ = Decimal();
    current_.reset();
    last_small_ = 9;
    last_big_ = power;
    any_power_ = true;
    out_.magnitudes.push_back(power);
    at_ = big_end_ = sign.end;
    return true;
  }

  /// 여 between number and magnitude, or behind both: about.
  bool take_some() {
    constexpr std::string_view kSome = "여";
    if (ended_by_some_ || !text_.substr(at_).starts_with(kSome)) return false;
    if (!any_digit_ && !any_power_) return false;
    std::size_t behind = at_ + kSome.size();
    auto next = korean_numeral_at(text_, behind);
    if (!next && text_.substr(behind).starts_with(' ')) {  // "400여 만원"
      const auto far = korean_numeral_at(text_, behind + 1);
      if (far && far->kind == KoreanSign::kBig && ends_number(far->end)) {
        next = far;
        ++behind;
      }
    }
    const bool power_follows = next && next->kind != KoreanSign::kDigit;
    if (!power_follows && !ends_number(behind)) return false;
    out_.approximate = true;
    at_ = behind;
    ended_by_some_ = !power_follows;
    return !ended_by_some_;
  }

  /// A blank joins "1조 2,000억", "2천 7백억" and "500 억 달러", never "1조 2026년".
  bool take_space() {
    const std::size_t next = at_ + 1;
    if (next >= text_.size() || ended_by_some_) return false;
    if (current_) {
      const auto sign = korean_numeral_at(text_, next);
      if (!sign || sign->kind != KoreanSign::kBig || !ends_number(sign->end)) return false;
      at_ = next;
      return take_big(*sign);
    }
    if (!any_power_ || !joins(next)) return false;
    at_ = next;
    return true;
  }

  /// What stands at `at` carries the chain on: a part that is smaller than the last power, and that
  /// ends with a power or before a counted thing.
  bool joins(std::size_t at) const {
    if (depth_ >= kPartsMax) return false;
    Chain rest(text_, at, depth_ + 1);
    rest.behind_words_ = !any_digit_;
    rest.last_big_ = last_big_;  // so that it ends at once at a power that is not smaller
    const auto part = rest.read_part();
    if (!part) return false;
    const bool power = !part->numeral.magnitudes.empty();
    if (power && part->numeral.magnitudes.front() >= last_big_) return false;
    const auto limit = Decimal::of(1).shifted(last_small_ < 9 ? last_small_ : last_big_);
    if (!limit || part->first >= *limit) return false;
    if (power) return true;
    // "2만 3000명" is one number and "70만 8원" another, "4억 7명" are two.
    if (!counts_something(text_, part->numeral.end)) return false;
    return part->numeral.end - at >= kJoinedDigitsMin || counts_money(text_, part->numeral.end);
  }

  /// "25억5천", "1조2000": what is left out is the next power, 만 or 억. With 원 behind it the
  /// number may be either, and is none.
  bool settle_left_out() {
    const bool glued = big_end_ > 0 && big_end_ < text_.size() && text_[big_end_] != ' ';
    const auto group = plus(group_, current_.value_or(Decimal()));
    if (!glued || last_big_ < 8 || !any_digit_ || out_.approximate || !group) return true;
    if (*group < Decimal::of(1000) || group_.is_zero() == !current_) return true;
    if (counts_something(text_, at_)) return false;
    const auto whole = group->shifted(last_big_ - 4);
    if (!whole) return false;
    group_ = *whole;
    current_.reset();
    return true;
  }

  /// Nothing glued to the end makes another word of it.
  bool ends_number(std::size_t at) const {
    if (at >= text_.size()) return true;
    std::size_t behind = at;
    return !text::is_hangul(text::next_code_point(text_, behind)) || counts_something(text_, at);
  }

  /// In words alone 만, 천, 백 are numbers only where something is counted ("만 원", "천원").
  bool is_complete_word() const {
    const std::size_t behind = at_ < text_.size() && text_[at_] == ' ' ? at_ + 1 : at_;
    return counts_something(text_, behind) || !text::is_hangul(peek(behind));
  }
  char32_t peek(std::size_t at) const {
    return at < text_.size() ? text::next_code_point(text_, at) : U' ';
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t at_;
  Decimal total_;
  Decimal group_;
  std::optional<Decimal> current_;
  std::optional<Decimal> first_group_;
  int depth_;
  int last_small_ = 9;
  int last_big_ = 99;
  std::size_t big_end_ = 0;  ///< behind the last 만, 억, 조
  bool behind_words_ = false;
  bool any_digit_ = false;
  bool any_power_ = false;
  bool ended_by_some_ = false;
  bool broken_ = false;
  Numeral out_;
};

}  // namespace

std::optional<Numeral> read_numeral(std::string_view text, std::string_view lower,
                                    std::size_t at) {
  if (is_letter(text[at])) return read_number_words(lower, at);
  auto numeral = Chain(text, at).read();
  if (!numeral) return std::nullopt;
  if (!numeral->korean && !add_english_tail(lower, *numeral)) return std::nullopt;
  if (numeral->end < text.size() && is_digit(text[numeral->end])) return std::nullopt;
  return numeral;
}

bool may_begin_numeral(std::string_view text, std::string_view lower, std::size_t at) {
  const char c = text[at];
  if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80) return false;  // inside a character
  const char before = at > 0 ? text[at - 1] : ' ';
  if (is_digit(c)) {
    if (is_digit(before)) return false;
    return !((before == '.' || before == ',') && at > 1 && is_digit(text[at - 2]));
  }
  if (c == '.') {
    return at + 1 < text.size() && is_digit(text[at + 1]) && !is_word(before) && before != '.' &&
           static_cast<unsigned char>(before) < 0x80;
  }
  if (is_letter(c)) return !is_word(before) && may_begin_number_words(lower, at);
  if (!korean_numeral_at(text, at)) return false;
  if (ends_with_sign_word(text.substr(0, at))) return true;
  return at < 3 || static_cast<unsigned char>(before) < 0x80 ||
         !text::is_hangul([&] {
           std::size_t previous = at - 3;
           return text::next_code_point(text, previous);
         }());
}

}  // namespace wiremill::extract
