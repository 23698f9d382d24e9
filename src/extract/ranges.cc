#include "extract/ranges.h"

#include <algorithm>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::FigureKind;

/// Within these bytes a new level stands in front of "from".
constexpr std::size_t kLevelReachBytes = 40;

struct Separator {
  std::size_t end = 0;
  bool sign = false;    ///< ~ or -
  bool korean_from = false;  ///< 에서
  bool english_to = false;
  bool english_and = false;
};

std::optional<Separator> separator_at(std::string_view lower, std::size_t at) {
  const std::string_view rest = lower.substr(at);
  const char first = rest.empty() ? '\n' : rest.front();
  const bool may_begin = first == ' ' || first == '~' || first == '-';
  if (static_cast<unsigned char>(first) < 0x80 && !may_begin) return std::nullopt;
  for (const std::string_view sign : {" ~ ", " - ", "~ ", "~", "-", "—", " ∼ "}) {
    if (rest.starts_with(sign)) return Separator{at + sign.size(), true};
  }
  if (rest.starts_with(" to ")) return Separator{at + 4, false, false, true};
  if (rest.starts_with(" and ")) return Separator{at + 5, false, false, false, true};
  for (const std::string_view from : {"에서 ", "에서", "부터 ", "부터", " 내지 "}) {
    if (!rest.starts_with(from)) continue;
    return Separator{at + from.size(), false, from.starts_with("에서")};
  }
  return std::nullopt;
}

bool word_ends_before(const FieldText& field, ClassId words, std::size_t at) {
  if (at > 0 && field.text()[at - 1] == ' ') --at;
  bool found = false;
  field.hits_ending(at, [&](const Hit& hit) {
    found = found || (hit.term == Term::kWord && hit.index == words);
  });
  return found;
}

/// The second quantity: a currency sign or a sign may stand before its number.
std::optional<Quantity> quantity_behind(const FieldText& field, const Lexis& lexis,
                                        std::size_t at) {
  const std::size_t floor = at;
  const std::string_view text = field.text();
  for (const Hit& hit : field.hits_at(at)) {
    if (hit.term != Term::kMoneyBefore && hit.term != Term::kMoneyDoubtful) continue;
    at = hit.end;
    if (at < text.size() && text[at] == ' ') ++at;
    break;
  }
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  if (at >= text.size()) return std::nullopt;
  return read_quantity(field, lexis, at, floor);
}

bool share_kind(Quantity& low, Quantity& high, const Separator& separator) {
  if (low.kind && high.kind) {
    if (*low.kind != *high.kind || low.unit != high.unit) return false;
    if (low.currency == high.currency) return true;
    Quantity& open = low.doubtful ? low : high;
    const std::string& code = low.doubtful ? high.currency : low.currency;
    const auto& others = open.candidates;
    if (!open.doubtful || std::find(others.begin(), others.end(), code) == others.end()) {
      return false;
    }
    open.currency = code;
    low.doubtful = high.doubtful = false;
    return true;
  }
  if (!low.kind && !high.kind) return false;
  Quantity& bare = low.kind ? high : low;
  const Quantity& full = low.kind ? low : high;
  // "15-$999": the sign would stand at the first number if it were its currency too.
  if (!low.kind && high.prefixed) return false;
  if (!high.kind && !(low.prefixed && separator.sign) && !separator.english_to) return false;
  bare.kind = full.kind;
  bare.unit = full.unit;
  bare.currency = full.currency;
  bare.doubtful = full.doubtful;
  bare.candidates = full.candidates;
  bare.cents = full.cents;
  return true;
}

void inherit_magnitude(Quantity& low, Quantity& high, bool high_was_bare) {
  if (low.numeral.has_magnitude() == high.numeral.has_magnitude()) return;
  if (high.numeral.has_magnitude()) {
    for (const int power : high.numeral.magnitudes) {
      const auto lifted = low.numeral.value.shifted(power);
      if (!lifted || !(*lifted < high.numeral.value)) continue;
      low.numeral.value = *lifted;
      return;
    }
    return;
  }
  // "$1.5bn-2" leaves the magnitude out; "2만5천원에서 8천500원" does not.
  if (!high_was_bare || high.numeral.korean) return;
  for (const int power : low.numeral.magnitudes) {
    const auto lifted = high.numeral.value.shifted(power);
    if (!lifted || !(low.numeral.value < *lifted)) continue;
    high.numeral.value = *lifted;
    high.numeral.magnitudes = {power};
    return;
  }
}

/// "to $44 billion to $45 billion from $41 billion to $42 billion": what was before is a range too.
bool follows_new_level(const FieldText& field, std::size_t at) {
  constexpr std::string_view kFrom = " from ";
  const std::string_view lower(field.normal.lower);
  if (at < kFrom.size() || !lower.substr(0, at).ends_with(kFrom)) return false;
  const std::size_t end = at - kFrom.size();
  const std::size_t begin = end > kLevelReachBytes ? end - kLevelReachBytes : 0;
  const std::string_view before = lower.substr(begin, end - begin);
  const std::size_t to = before.rfind(" to ");
  const std::size_t between = before.rfind("between ");
  const std::size_t level = to != std::string_view::npos ? to : between;
  return level != std::string_view::npos &&
         before.find_first_of("0123456789", level) != std::string_view::npos &&
         before.find_first_of(",;", level) == std::string_view::npos;
}

/// "anywhere from $2 billion to $3 billion", "prices from 10 to 20 dollars", or where a sentence
/// begins: no move from one to the other.
bool is_spread(const FieldText& field, std::size_t at) {
  std::string_view before = std::string_view(field.normal.lower).substr(0, at);
  constexpr std::string_view kFrom = "from ";
  if (!before.ends_with(kFrom)) return false;
  before.remove_suffix(kFrom.size());
  if (before.empty() || before.ends_with('\n') || before.ends_with(". ")) return true;
  for (const std::string_view words :
       {"anywhere ", "anything ", "ranging ", "ranges ", "ranged ", "range ", "varying ", "varies ",
        "vary ", "varied ", "price ", "prices ", "priced ", "cost ", "costs ", "fees ", "fee ",
        "estimates ", "offers ", "bids ", "sizes ", "starting "}) {
    if (before.ends_with(words)) return true;
  }
  return false;
}

bool is_pair(const FieldText& field, const Lexis& lexis, const Separator& separator,
             const Quantity& low, const Quantity& high) {
  if (separator.korean_from) {
    const std::string_view behind = field.text().substr(high.span.end);
    return behind.starts_with("로") || behind.starts_with("으로");
  }
  if (!separator.english_to || is_spread(field, low.span.begin)) return false;
  return word_ends_before(field, lexis.range_to, low.span.begin) &&
         !follows_new_level(field, low.span.begin);
}

}  // namespace

std::optional<Range> read_range(const FieldText& field, const Lexis& lexis,
                                const Quantity& first) {
  const auto separator = separator_at(field.normal.lower, first.span.end);
  if (!separator) return std::nullopt;
  if (separator->english_and &&
      !word_ends_before(field, lexis.range_between, first.span.begin)) {
    return std::nullopt;
  }
  auto second = quantity_behind(field, lexis, separator->end);
  if (!second || (first.is_year() && separator->sign)) return std::nullopt;
  // "rose $5 billion to $10 billion": by how much, and to what; "up 10 to 15 percent" is a range.
  if (separator->english_to && first.kind && second->kind &&
      word_ends_before(field, lexis.change_before, first.span.begin)) {
    return std::nullopt;
  }
  Range range{first, std::move(*second)};
  const bool high_was_bare = !range.high.kind;
  if (!share_kind(range.low, range.high, *separator)) return std::nullopt;
  if (*range.low.kind == FigureKind::kMoney) {
    range.low.settle_letter();
    range.high.settle_letter();
  }
  inherit_magnitude(range.low, range.high, high_was_bare);
  range.pair = is_pair(field, lexis, *separator, range.low, range.high);
  if (!range.pair && !(range.low.value() < range.high.value())) return std::nullopt;
  return range;
}

}  // namespace wiremill::extract
