#include "extract/english_numerals.h"

#include <algorithm>
#include <array>

#include "extract/number_words.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using base::Decimal;

constexpr int kHundredPower = 2;
/// "thousand billion", "lakh crore"; "million billion" is two numbers that touch.
constexpr int kJoinedPowerMax = 5;
/// "and" leads to another number at most so often.
constexpr int kPartsMax = 3;
constexpr std::string_view kFold = "fold";
constexpr std::size_t npos = std::string_view::npos;

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

/// "threefold", "tenfold": the number that is glued to it.
std::optional<int> times_value(std::string_view word) {
  if (!word.ends_with(kFold)) return std::nullopt;
  word.remove_suffix(kFold.size());
  return unit_value(word);
}

/// A magnitude that means nothing else: "hundred", "million", "crore", not "m".
std::optional<MagnitudeWord> power_at(std::string_view lower, std::size_t at) {
  const auto word = magnitude_word(lower, at);
  return word && !word->needs_currency ? word : std::nullopt;
}

/// Where the next word begins behind a blank or a hyphen; npos when none does.
std::size_t next_word(std::string_view lower, std::size_t at) {
  if (at + 1 >= lower.size() || (lower[at] != ' ' && lower[at] != '-')) return npos;
  return text::is_lower(lower[at + 1]) ? at + 1 : npos;
}

bool names_percent(std::string_view lower, std::size_t at) {
  const std::string_view word = word_at(lower, at);
  return word == "percent" || word == "percentage" || word == "pct" ||
         lower.substr(at).starts_with("per cent");
}

/// "a dollar and 42 cents": behind the name of the money.
bool names_hundredths(std::string_view lower, std::size_t at) {
  constexpr std::string_view kAnd = " and ";
  constexpr std::size_t kReachBytes = 24;
  if (!lower.substr(at).starts_with(kAnd)) return false;
  const std::string_view behind = lower.substr(at + kAnd.size(), kReachBytes);
  const std::string_view count = behind.substr(0, behind.find_first_of(" -"));
  if (count.empty() || (!text::is_digit(count[0]) && !unit_value(count))) return false;
  return behind.find(" cents") != npos || behind.find(" pence") != npos;
}

struct Fraction {
  Decimal value;
  std::size_t end = 0;
};

/// "half", "a half", "one quarter", "three-quarters" at `at`.
std::optional<Fraction> fraction_at(std::string_view lower, std::size_t at) {
  std::string_view word = word_at(lower, at);
  int count = 1;
  if (word == "a" || word == "one" || word == "three") {
    count = word == "three" ? 3 : 1;
    at = next_word(lower, at + word.size());
    if (at == npos) return std::nullopt;
    word = word_at(lower, at);
  }
  if (word == "half" && count == 1) return Fraction{*Decimal::parse("0.5"), at + word.size()};
  if (word != (count == 1 ? "quarter" : "quarters")) return std::nullopt;
  return Fraction{*Decimal::parse(count == 1 ? "0.25" : "0.75"), at + word.size()};
}

/// "and a half", "-and-three-quarters" behind a number.
std::optional<Fraction> fraction_behind(std::string_view lower, std::size_t at) {
  const std::size_t link = next_word(lower, at);
  if (link == npos || word_at(lower, link) != "and") return std::nullopt;
  const std::size_t begin = next_word(lower, link + 3);
  if (begin == npos) return std::nullopt;
  const auto fraction = fraction_at(lower, begin);
  // "five and half the price"
  if (!fraction || word_at(lower, begin) == "half" || word_at(lower, begin) == "quarter") {
    return std::nullopt;
  }
  return fraction;
}

/// "half a billion", "a quarter of a million", "half a percentage point", "three-quarters of one
/// percent": a fraction counts only in front of what it is a part of.
std::optional<Fraction> leading_fraction(std::string_view lower, std::size_t at) {
  auto fraction = fraction_at(lower, at);
  if (!fraction) return std::nullopt;
  for (const std::string_view filler : {" of", " one", " a", "-a"}) {
    const std::size_t behind = fraction->end + filler.size();
    if (lower.substr(fraction->end).starts_with(filler) && next_word(lower, behind) != npos) {
      fraction->end = behind;
    }
  }
  const std::size_t next = next_word(lower, fraction->end);
  if (next == npos) return std::nullopt;
  const bool part = power_at(lower, next) || names_percent(lower, next) ||
                    word_at(lower, next) == "dozen";
  return part ? fraction : std::nullopt;
}

/// Number words as they are read from left to right.
class Words {
 public:
  Words(std::string_view lower, std::size_t at, int depth = 0)
      : lower_(lower), begin_(at), end_(at), depth_(depth) {}

  std::optional<Numeral> read() {
    std::size_t at = begin_;
    while (at != npos && take(at)) at = next_word(lower_, end_);
    if (broken_ || !any_) return std::nullopt;
    if (magnitudes_.empty()) first_group_ = group_;
    const auto value = total_.plus(group_);
    if (!value) return std::nullopt;
    Numeral out;
    out.begin = begin_;
    out.end = end_;
    out.value = *value;
    out.magnitudes = magnitudes_;
    out.spelled = true;
    out.approximate = approximate_;
    return out;
  }

 private:
  bool take(std::size_t at) {
    const std::string_view word = word_at(lower_, at);
    const std::size_t behind = at + word.size();
    if (!any_) {
      if (const auto part = leading_fraction(lower_, at)) return add(part->value, part->end, 0);
      if (word == "a" || word == "an") return take_article(behind);
      if (word == "couple") return take_couple(behind);
      if (word == "hundred") return add(Decimal::of(1), begin_, kRoomMax) && scale(2, behind);
    }
    if (const auto unit = unit_value(word)) return take_unit(*unit, behind);
    if (const auto times = times_value(word)) return take_unit(*times, behind - kFold.size());
    if (word == "and") return any_ && take_and(at);
    if (word == "point") return any_ && take_decimals(behind);
    if (word == "dozen") return any_ && scale_by_dozen(behind);
    if (const auto power = power_at(lower_, at)) return any_ && scale(power->power, power->end);
    return false;
  }

  bool add(const Decimal& value, std::size_t end, int room) {
    const auto sum = group_.plus(value);
    if (!sum) return broken_ = true, false;
    group_ = *sum;
    end_ = end;
    room_ = room;
    return any_ = true;
  }

  /// "twenty" has room for a unit, "hundred" for all below it; "five" for none.
  bool take_unit(int value, std::size_t behind) {
    if (value >= room_ || (any_ && value == 0)) return broken_ = true, false;
    return add(Decimal::of(value), behind, value >= 20 ? 10 : 0);
  }

  /// "a billion", "a hundred", "a couple of", "a dozen".
  bool take_article(std::size_t behind) {
    const std::size_t next = next_word(lower_, behind);
    if (next == npos) return false;
    const std::string_view word = word_at(lower_, next);
    if (word == "couple") return take_couple(next + word.size());
    const bool one = power_at(lower_, next) || word == "dozen" ||
                     names_hundredths(lower_, next + word.size());
    return one && add(Decimal::of(1), behind, 0);
  }

  bool take_couple(std::size_t behind) {
    if (lower_.substr(behind).starts_with(" of ")) behind += 3;
    approximate_ = true;
    return add(Decimal::of(2), behind, 0);
  }

  bool scale_by_dozen(std::size_t behind) {
    const auto scaled = group_.times(Decimal::of(12));
    if (!scaled || !magnitudes_.empty()) return broken_ = true, false;
    group_ = *scaled;
    room_ = 0;
    end_ = behind;
    return true;
  }

  /// "two point five": digits one by one.
  bool take_decimals(std::size_t behind) {
    std::size_t at = next_word(lower_, behind);
    int places = 0;
    for (; at != npos; at = next_word(lower_, end_)) {
      const std::string_view word = word_at(lower_, at);
      const auto digit = unit_value(word);
      if (!digit || *digit > 9) break;
      const auto part = Decimal::of(*digit).shifted(-++places);
      if (!part || !add(*part, at + word.size(), 0)) return broken_ = true, false;
    }
    return places > 0;
  }

  /// "two and a half", "one million and a half", "one hundred and five"; never "five and six".
  bool take_and(std::size_t at) {
    if (const auto part = fraction_behind(lower_, at - 1)) return take_fraction(*part);
    const std::size_t next = next_word(lower_, at + 3);
    const bool open = room_ == 100 || (group_.is_zero() && !magnitudes_.empty());
    if (next == npos || !open || depth_ >= kPartsMax) return false;
    Words rest(lower_, next, depth_ + 1);
    const auto numeral = rest.read();
    const auto limit = Decimal::of(1).shifted(room_ == 100 ? kHundredPower : last_power_);
    // Of "one hundred and twenty thousand" only the twenty belongs to the hundred.
    if (!numeral || !limit) return false;
    return (room_ == 100 ? rest.first_group_ : numeral->value) < *limit && take(next);
  }

  /// Of what was last: "one million and a half" is half a million more, unless a magnitude of its
  /// own follows.
  bool take_fraction(const Fraction& part) {
    const std::size_t next = next_word(lower_, part.end);
    const bool own = next != npos && power_at(lower_, next);
    const bool of_power = group_.is_zero() && !magnitudes_.empty() && !own;
    const auto value = of_power ? part.value.shifted(last_power_) : part.value;
    return value && add(*value, part.end, 0);
  }

  bool scale(int power, std::size_t behind) {
    end_ = behind;
    if (power == kHundredPower) {
      const auto scaled = group_.shifted(power);
      if (!scaled || room_ == 100) return broken_ = true, false;
      group_ = *scaled;
      room_ = 100;
      return true;
    }
    const bool more = group_.is_zero() && !total_.is_zero();
    if (magnitudes_.empty()) first_group_ = group_;
    if (power > last_power_ ? !more && !magnitudes_.empty() : more) return broken_ = true, false;
    const auto scaled = (more ? total_ : group_).shifted(power);
    const auto sum = more ? scaled : scaled ? total_.plus(*scaled) : std::nullopt;
    if (!sum) return broken_ = true, false;
    total_ = *sum;
    group_ = Decimal();
    room_ = kRoomMax;
    last_power_ = more ? last_power_ + power : power;
    if (more) magnitudes_.pop_back();
    magnitudes_.push_back(last_power_);
    return true;
  }

  static constexpr int kRoomMax = 1000;

  std::string_view lower_;
  std::size_t begin_;
  std::size_t end_;
  int depth_;
  Decimal total_;
  Decimal group_;
  Decimal first_group_;  ///< what stands before the first magnitude
  int room_ = kRoomMax;   ///< what is added to the group must stay below
  int last_power_ = 0;
  std::vector<int> magnitudes_;
  bool any_ = false;
  bool broken_ = false;
  bool approximate_ = false;
};

/// The word that ends before `at`, behind one blank or hyphen.
std::string_view word_before(std::string_view lower, std::size_t at) {
  if (at < 2 || (lower[at - 1] != ' ' && lower[at - 1] != '-')) return {};
  std::size_t begin = at - 1;
  while (begin > 0 && text::is_lower(lower[begin - 1])) --begin;
  return lower.substr(begin, at - 1 - begin);
}

bool is_rest(std::string_view lower, std::size_t at) {
  const std::string_view before = word_before(lower, at);
  return !before.empty() && (unit_value(before) || before == "point" || before == "hundred");
}

/// "hundred million dollars": not behind "several", "a few", digits.
bool is_bare_hundred(std::string_view lower, std::size_t at) {
  const std::string_view before = word_before(lower, at);
  for (const std::string_view some : {"several", "few", "many", "multi", "couple"}) {
    if (before == some) return false;
  }
  if (at > 1 && (lower[at - 1] == '-' || text::is_digit(lower[at - 2]))) return false;
  const std::size_t next = next_word(lower, at + word_at(lower, at).size());
  return next != npos && power_at(lower, next).has_value();
}

/// "100-odd million", "100-plus million": the number goes on.
std::size_t skip_some(std::string_view lower, std::size_t at) {
  for (const std::string_view some : {"-odd ", " odd ", "-plus ", "-odd-", "-plus-"}) {
    if (!lower.substr(at).starts_with(some)) continue;
    if (power_at(lower, at + some.size())) return at + some.size() - 1;
  }
  return at;
}

bool scale_by(Numeral& numeral, const MagnitudeWord& word) {
  const auto value = numeral.value.shifted(word.power);
  if (!value) return false;
  numeral.value = *value;
  numeral.end = word.end;
  return true;
}

}  // namespace

std::optional<Numeral> read_number_words(std::string_view lower, std::size_t at) {
  return Words(lower, at).read();
}

bool may_begin_number_words(std::string_view lower, std::size_t at) {
  const std::string_view word = word_at(lower, at);
  if (word == "hundred") return is_bare_hundred(lower, at) && !is_rest(lower, at);
  if (word == "a" || word == "an" || word == "half" || word == "quarter" || word == "couple") {
    return true;
  }
  return (unit_value(word) || times_value(word)) && !is_rest(lower, at);
}

bool add_english_tail(std::string_view lower, Numeral& numeral) {
  if (const auto part = fraction_behind(lower, numeral.end)) {
    const auto value = numeral.value.plus(part->value);
    if (value) numeral.value = *value, numeral.end = part->end;
  }
  const std::size_t at = skip_some(lower, numeral.end);
  const bool gap = at + 1 < lower.size() && (lower[at] == ' ' || lower[at] == '-');
  const auto word = magnitude_word(lower, gap ? at + 1 : at);
  if (!word) return true;
  if (word->needs_currency) {
    if (gap && lower[at] == '-') return true;
    numeral.letter_power = word->power;
    numeral.letter_end = word->end;
    return true;
  }
  numeral.approximate = numeral.approximate || at != numeral.end;
  if (!scale_by(numeral, *word)) return false;
  numeral.magnitudes.push_back(word->power);
  // "hundred million", "thousand billion", "lakh crore"
  const std::size_t next = next_word(lower, numeral.end);
  if (const auto second = next == npos ? std::nullopt : power_at(lower, next)) {
    const bool fits = word->power <= kJoinedPowerMax && second->power > word->power;
    if (!fits || !scale_by(numeral, *second)) return false;
    numeral.magnitudes = {second->power + word->power};
  }
  if (const auto part = fraction_behind(lower, numeral.end)) {
    const auto more = part->value.shifted(numeral.magnitudes.back());
    const auto value = more ? numeral.value.plus(*more) : std::nullopt;
    if (value) numeral.value = *value, numeral.end = part->end;
  }
  return true;
}

}  // namespace wiremill::extract
