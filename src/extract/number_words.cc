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
    "개",   "대",   "주",   "톤",   "건",   "가구", "곳",   "장",     "배럴", "여",     "퍼센",
    "%"};
/// The first so many of them are money.
constexpr std::size_t kMoneyCounted = 21;

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

const Magnitude* find_magnitude(std::string_view word) {
  constexpr std::string_view kStarts = "htmbqklc";
  if (word.empty() || kStarts.find(word.front()) == std::string_view::npos) return nullptr;
  const auto found = std::find_if(kMagnitudes.begin(), kMagnitudes.end(),
                                  [&](const Magnitude& m) { return m.written == word; });
  return found == kMagnitudes.end() ? nullptr : &*found;
}

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

bool counts_percent(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == ' ') ++at;
  return text.substr(std::min(at, text.size())).starts_with("퍼센");
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
