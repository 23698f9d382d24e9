#include "extract/number_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using base::Decimal;

struct Sign {
  char32_t written;
  KoreanSign::Kind kind;
  int value;
};

constexpr std::array<Sign, 30> kSigns{{
    {U'일', KoreanSign::kDigit, 1}, {U'이', KoreanSign::kDigit, 2}, {U'삼', KoreanSign::kDigit, 3},
    {U'사', KoreanSign::kDigit, 4}, {U'오', KoreanSign::kDigit, 5}, {U'육', KoreanSign::kDigit, 6},
    {U'칠', KoreanSign::kDigit, 7}, {U'팔', KoreanSign::kDigit, 8}, {U'구', KoreanSign::kDigit, 9},
    {U'십', KoreanSign::kSmall, 1}, {U'백', KoreanSign::kSmall, 2}, {U'천', KoreanSign::kSmall, 3},
    {U'十', KoreanSign::kSmall, 1}, {U'百', KoreanSign::kSmall, 2}, {U'千', KoreanSign::kSmall, 3},
    {U'만', KoreanSign::kBig, 4},   {U'억', KoreanSign::kBig, 8},   {U'조', KoreanSign::kBig, 12},
    {U'경', KoreanSign::kBig, 16},  {U'萬', KoreanSign::kBig, 4},   {U'億', KoreanSign::kBig, 8},
    {U'兆', KoreanSign::kBig, 12},  {U'京', KoreanSign::kBig, 16},  {U'万', KoreanSign::kBig, 4},
    {U'亿', KoreanSign::kBig, 8},   {U'륙', KoreanSign::kDigit, 6}, {U'一', KoreanSign::kDigit, 1},
    {U'二', KoreanSign::kDigit, 2}, {U'三', KoreanSign::kDigit, 3}, {U'五', KoreanSign::kDigit, 5},
}};

/// What Korean counts, as it begins behind a number.
constexpr std::array<std::string_view, 34> kCounted{
    "원",   "달러", "엔",   "위안", "유로", "弗",   "불",   "파운드", "루피", "센트",   "프랑",
    "페소", "바트", "동",   "링깃", "루블", "미국", "美",   "홍콩",   "호주", "캐나다", "명",
    "개",   "대",   "주",   "톤",   "건",   "가구", "곳",   "장",     "배럴", "여",     "퍼센트",
    "%"};
/// The first so many of them are money.
constexpr std::size_t kMoneyCounted = 21;

struct Word {
  std::string_view written;
  int value;
};

/// By length, so that a word is compared with the few of its own.
constexpr std::array<Word, 28> kUnits{{
    {"one", 1},        {"two", 2},       {"six", 6},       {"ten", 10},       {"zero", 0},
    {"four", 4},       {"five", 5},      {"nine", 9},      {"three", 3},      {"seven", 7},
    {"eight", 8},      {"forty", 40},    {"fifty", 50},    {"sixty", 60},     {"eleven", 11},
    {"twelve", 12},    {"twenty", 20},   {"thirty", 30},   {"eighty", 80},    {"ninety", 90},
    {"fifteen", 15},   {"sixteen", 16},  {"seventy", 70},  {"thirteen", 13},  {"fourteen", 14},
    {"eighteen", 18},  {"nineteen", 19}, {"seventeen", 17}}};

/// By length of word: the first unit that is so long or longer.
constexpr auto kUnitsFrom = [] {
  std::array<std::size_t, 11> from{};
  for (std::size_t size = 0; size < from.size(); ++size) {
    while (from[size] < kUnits.size() && kUnits[from[size]].written.size() < size) ++from[size];
  }
  return from;
}();

struct Magnitude {
  std::string_view written;
  int power;
  bool needs_currency;
};

constexpr std::array<Magnitude, 27> kMagnitudes{{
    {"hundred", 2, false},   {"thousand", 3, false},  {"million", 6, false},
    {"millions", 6, false},  {"billion", 9, false},   {"billions", 9, false},
    {"trillion", 12, false}, {"trillions", 12, false}, {"quadrillion", 15, false},
    {"mn", 6, false},        {"mln", 6, false},       {"mil", 6, true},
    {"mm", 6, true},         {"bn", 9, false},        {"bln", 9, false},
    {"bil", 9, true},        {"trn", 12, false},      {"tln", 12, false},
    {"tn", 12, true},        {"m", 6, true},          {"b", 9, true},
    {"t", 12, true},         {"k", 3, true},          {"crore", 7, false},
    {"lakh", 5, false},      {"crores", 7, false},    {"lakhs", 5, false}}};

std::string_view word_at(std::string_view lower, std::size_t at) {
  std::size_t end = at;
  while (end < lower.size() && text::is_lower(lower[end])) ++end;
  if (end < lower.size() && text::is_digit(lower[end])) return {};
  return lower.substr(at, end - at);
}

std::optional<int> unit_value(std::string_view word) {
  if (word.size() + 1 >= kUnitsFrom.size()) return std::nullopt;
  for (std::size_t i = kUnitsFrom[word.size()]; i < kUnitsFrom[word.size() + 1]; ++i) {
    if (kUnits[i].written == word) return kUnits[i].value;
  }
  return std::nullopt;
}

const Magnitude* find_magnitude(std::string_view word) {
  const auto found = std::find_if(kMagnitudes.begin(), kMagnitudes.end(),
                                  [&](const Magnitude& m) { return m.written == word; });
  return found == kMagnitudes.end() ? nullptr : &*found;
}

bool is_power(std::string_view word) {
  const Magnitude* const found = find_magnitude(word);
  return found != nullptr && !found->needs_currency && word.size() > 4;
}

/// Where the next word begins behind a blank or a hyphen; npos when none does.
std::size_t next_word(std::string_view lower, std::size_t at) {
  if (at + 1 >= lower.size() || (lower[at] != ' ' && lower[at] != '-')) {
    return std::string_view::npos;
  }
  return text::is_lower(lower[at + 1]) ? at + 1 : std::string_view::npos;
}

/// English number words as they are read from left to right.
class Words {
 public:
  Words(std::string_view lower, std::size_t at) : lower_(lower), begin_(at) {}

  std::optional<Numeral> read() {
    std::size_t at = begin_;
    std::size_t end = begin_;
    for (std::string_view word; at != std::string_view::npos; at = next_word(lower_, end)) {
      word = word_at(lower_, at);
      const std::size_t behind = at + word.size();
      if (word == "and" && any_ && leads_on(behind)) {
        end = behind;
        continue;
      }
      if (!take(word, behind)) break;
      end = end_;
    }
    if (!any_) return std::nullopt;
    auto value = total_.plus(group_);
    if (!value) return std::nullopt;
    Numeral out;
    out.begin = begin_;
    out.end = end;
    out.value = *value;
    out.magnitudes = magnitudes_;
    out.spelled = true;
    return out;
  }

 private:
  /// "and" belongs to the number before another number word or "a half".
  bool leads_on(std::size_t at) const {
    const std::size_t next = next_word(lower_, at);
    if (next == std::string_view::npos) return false;
    return unit_value(word_at(lower_, next)).has_value() ||
           lower_.substr(next).starts_with("a half ");
  }

  bool take(std::string_view word, std::size_t behind) {
    end_ = behind;
    if (const auto unit = unit_value(word)) return add(Decimal::of(*unit));
    if (word == "half" || word == "quarter") return take_part(word, behind);
    if (word == "a" || word == "an") return take_article(behind);
    if (const Magnitude* const power = find_magnitude(word); power != nullptr && is_power(word)) {
      return any_ && scale(power->power);
    }
    return false;
  }

  bool add(const Decimal& value) {
    const auto sum = group_.plus(value);
    if (!sum) return false;
    group_ = *sum;
    return any_ = true;
  }

  /// "half a billion", "a quarter million", "a quarter of a million".
  bool take_part(std::string_view word, std::size_t behind) {
    std::size_t at = behind;
    for (const std::string_view filler : {" of", " a", "-a"}) {
      if (lower_.substr(at).starts_with(filler) && at + filler.size() < lower_.size() &&
          !text::is_lower(lower_[at + filler.size()])) {
        at += filler.size();
      }
    }
    const std::size_t next = next_word(lower_, at);
    if (next == std::string_view::npos || !is_power(word_at(lower_, next))) return false;
    end_ = at;
    return add(*Decimal::parse(word == "half" ? "0.5" : "0.25"));
  }

  /// "a billion", "a half billion", "a hundred".
  bool take_article(std::size_t behind) {
    const std::size_t next = next_word(lower_, behind);
    if (next == std::string_view::npos) return false;
    const std::string_view word = word_at(lower_, next);
    if (word == "half" || word == "quarter") return take_part(word, next + word.size());
    return is_power(word) && !any_ && add(Decimal::of(1));
  }

  bool scale(int power) {
    if (power == 2) {
      const auto scaled = group_.shifted(2);
      if (!scaled) return false;
      group_ = *scaled;
      return true;
    }
    if (group_.is_zero() && !total_.is_zero()) {
      const auto scaled = total_.shifted(power);
      if (!scaled) return false;
      total_ = *scaled;
    } else {
      const auto scaled = group_.shifted(power);
      const auto sum = scaled ? total_.plus(*scaled) : std::nullopt;
      if (!sum) return false;
      total_ = *sum;
      group_ = Decimal();
    }
    magnitudes_.push_back(power);
    return true;
  }

  std::string_view lower_;
  std::size_t begin_;
  std::size_t end_ = 0;
  Decimal total_;
  Decimal group_;
  std::vector<int> magnitudes_;
  bool any_ = false;
};

}  // namespace

std::optional<KoreanSign> korean_numeral_at(std::string_view text, std::size_t at) {
  if (at + 3 > text.size() || static_cast<unsigned char>(text[at]) < 0xE4) return std::nullopt;
  // Asked for every character of a Korean text: compared as one number.
  const char32_t written = text::next_code_point(text, at);
  const auto found = std::find_if(kSigns.begin(), kSigns.end(),
                                  [&](const Sign& sign) { return sign.written == written; });
  if (found == kSigns.end()) return std::nullopt;
  return KoreanSign{found->kind, found->value, at};
}

bool counts_something(std::string_view text, std::size_t at) {
  if (at > text.size()) return false;
  if (at < text.size() && text[at] == ' ') ++at;
  const std::string_view rest = text.substr(at);
  return std::any_of(kCounted.begin(), kCounted.end(),
                     [&](std::string_view counted) { return rest.starts_with(counted); });
}

bool counts_money(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == ' ') ++at;
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return std::any_of(kCounted.begin(), kCounted.begin() + kMoneyCounted,
                     [&](std::string_view counted) { return rest.starts_with(counted); });
}

int sign_word_before(std::string_view text) {
  if (text.ends_with(' ')) text.remove_suffix(1);
  for (const std::string_view minus : {"마이너스", "음수", "minus", "Minus", "negative"}) {
    if (text.ends_with(minus)) return -1;
  }
  return text.ends_with("플러스") ? 1 : 0;
}

std::optional<MagnitudeWord> magnitude_word(std::string_view lower, std::size_t at) {
  const Magnitude* const found = find_magnitude(word_at(lower, at));
  if (found == nullptr) return std::nullopt;
  return MagnitudeWord{found->power, at + found->written.size(), found->needs_currency};
}

bool is_number_word(std::string_view lower, std::size_t at) {
  const std::string_view word = word_at(lower, at);
  return unit_value(word).has_value() || word == "half" || word == "quarter" || word == "a" ||
         word == "an";
}

std::optional<Numeral> read_number_words(std::string_view lower, std::size_t at) {
  return Words(lower, at).read();
}

std::optional<Decimal> binary_fraction(std::string_view above, std::string_view below) {
  constexpr std::pair<std::string_view, std::string_view> kOneOver[] = {
      {"2", "0.5"},     {"4", "0.25"},     {"8", "0.125"},
      {"16", "0.0625"}, {"32", "0.03125"}, {"64", "0.015625"}};
  const auto numerator = Decimal::parse(above);
  const auto denominator = Decimal::parse(below);
  if (!numerator || !denominator || !(*numerator < *denominator)) return std::nullopt;
  for (const auto& [name, value] : kOneOver) {
    if (name == below) return numerator->times(*Decimal::parse(value));
  }
  return std::nullopt;
}

}  // namespace wiremill::extract
