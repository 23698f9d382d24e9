#include "extract/quantity.h"

#include <algorithm>

#include "extract/english_numerals.h"
#include "extract/number_words.h"
#include "extract/numeral_edges.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using text::is_word;

/// Endings that may stand behind 원, 엔, 동 without making another word of it (원가, 원유 are none).
constexpr std::string_view kWonEndings[] = {"대", "씩", "권", "짜리", "어치", "선", "여", "당",
                                            "상당", "규모", "이상", "이하", "미만", "초과", "수준",
                                            "가량", "정도", "안팎", "남짓", "쯤", "넘", "투자",
                                            "돌파", "육박", "이었", "이라", "이어", "이란", "인",
                                            "였", "에게", "밖에", "뿐", "치", "으로서", "이면",
                                            "입", "임", "내외", "전후", "까", "보다", "하던", "하는"};

bool may_follow_won(std::string_view text, std::size_t at) {
  if (ends_word(text, at)) return true;
  const std::string_view rest = text.substr(at);
  for (const std::string_view ending : kWonEndings) {
    if (rest.starts_with(ending)) return true;
  }
  return false;
}

bool is_one_syllable(const Hit& hit) { return hit.end - hit.begin == 3; }

/// "3배수", "2배나", "4배짜리"; "200만 배럴" is no multiple.
bool may_follow_unit(std::string_view text, std::size_t at) {
  if (may_follow_won(text, at)) return true;
  for (const std::string_view ending : {"수", "나", "가까", "증", "늘", "뛰", "높", "많", "빠", "급"}) {
    if (text.substr(at).starts_with(ending)) return true;
  }
  return false;
}

class QuantityReader {
 public:
  QuantityReader(const FieldText& field, const Lexis& lexis, Numeral numeral, std::size_t floor)
      : field_(field), lexis_(lexis), text_(field.text()), floor_(floor) {
    out_.span = {numeral.begin, numeral.end};
    out_.numeral = std::move(numeral);
  }

  std::optional<Quantity> read() {
    const bool glued_to_word = starts_inside_word();
    read_before();
    if ((glued_to_word && !out_.prefixed) || unknown_) return std::nullopt;
    if (out_.prefixed) out_.settle_letter();
    read_after();
    if (!out_.kind && ends_inside_word()) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool starts_inside_word() const {
    const std::size_t begin = out_.span.begin;
    if (begin == 0) return false;
    const char before = text_[begin - 1];
    if (text::is_letter(before)) return true;
    // "A-150", "10-K": a name, unless the hyphen is a sign or joins a range.
    return before == '-' && begin > std::max<std::size_t>(1, floor_) &&
           text::is_letter(text_[begin - 2]);
  }

  bool ends_inside_word() const {
    const std::size_t end = out_.span.end;
    return end < text_.size() && is_word(text_[end]) && out_.numeral.letter_end == 0;
  }

  void read_before() {
    if (sign_word_before(text_.substr(0, out_.span.begin)) < 0) out_.negative = true;
    std::size_t at = out_.span.begin;
    const auto skip_sign = [&] {
      if (at > 0 && (text_[at - 1] == '-' || text_[at - 1] == '+') && sign_stands(at - 1)) {
        out_.negative = text_[at - 1] == '-';
        --at;
      }
    };
    const std::size_t digits = at;
    skip_sign();
    if (!take_currency_before(at) && at > 0 && text_[at - 1] == ' ') take_currency_before(at - 1);
    if (!out_.prefixed) {
      at = digits;
      if (out_.negative && digits > 0 && text_[digits - 1] == '-') out_.span.begin = digits - 1;
      return;
    }
    at = out_.span.begin;
    if (sign_word_before(text_.substr(0, at)) < 0) out_.negative = true;
    if (!out_.negative) {
      skip_sign();
      if (out_.negative) out_.span.begin = at;
    }
  }

  /// A hyphen is a minus where nothing that it could join stands before it.
  bool sign_stands(std::size_t at) const {
    if (at == 0) return true;
    const char before = text_[at - 1];
    return before == ' ' || before == '(' || before == '|' || before == '\n' || before == '$' ||
           before == '/' || before == ':' || before == '~';
  }

  bool take_currency_before(std::size_t end) {
    field_.hits_ending(end, [&](const Hit& hit) {
      if (out_.prefixed) return;
      if (!may_stand_before(hit)) return;
      if (hit.begin < floor_) return;  // it belongs to the amount before
      const char first = text_[hit.begin];
      // "xyz$": some dollar, but not one that the catalogue knows.
      if (hit.begin > 0 && is_word(text_[hit.begin - 1])) {
        unknown_ = unknown_ || hit.term == Term::kMoneyDoubtful;
        return;
      }
      // Codes are written in capitals; "cad" or "try" before a number are words.
      if (text::is_lower(first) && hit.end - hit.begin <= 3 && text_[hit.end - 1] != '$') return;
      set_money(hit);
      out_.prefixed = true;
      out_.span.begin = hit.begin;
    });
    return out_.prefixed;
  }

  /// A doubtful sign may, a doubtful name ("in francs 5 …") may not; a code that is also a word
  /// ("TRY 5") only before what looks like an amount.
  bool may_stand_before(const Hit& hit) const {
    switch (hit.term) {
      case Term::kMoneyBefore: case Term::kMoneyMillions: return true;
      case Term::kMoneyDoubtful: return !text::is_letter(text_[hit.begin]);
      case Term::kMoneyLarge: {
        const Numeral& numeral = out_.numeral;
        const bool code = hit.end - hit.begin == 3 && text::is_upper(text_[hit.begin]);
        return code && (numeral.has_magnitude() || numeral.letter_end > 0 || numeral.grouped ||
                        numeral.decimals == 2);
      }
      case Term::kWord: case Term::kCompany: case Term::kAmbiguous: case Term::kTicker:
      case Term::kGroup: case Term::kInstrument: case Term::kExchange: case Term::kOutlet:
      case Term::kMoneyAfter: case Term::kCents: case Term::kUnit: case Term::kLexicon:
        return false;
    }
    return false;
  }

  void set_money(const Hit& hit) {
    const catalog::Currency& currency = lexis_.catalogue.reading.currencies[hit.index];
    out_.kind = model::FigureKind::kMoney;
    out_.currency = currency.code;
    out_.doubtful = hit.term == Term::kMoneyDoubtful;
    if (out_.doubtful) out_.candidates = currency.others;
    if (hit.term == Term::kCents) out_.cents = 2;
    if (hit.term == Term::kMoneyMillions) take_millions();
  }

  /// "MEUR 120", "SEKm 40": the magnitude stands with the currency.
  void take_millions() {
    constexpr int kMillion = 6;
    Numeral& numeral = out_.numeral;
    const auto value = numeral.value.shifted(kMillion);
    if (numeral.has_magnitude() || numeral.korean || !value) return;
    numeral.value = *value;
    numeral.magnitudes = {kMillion};
    numeral.letter_end = 0;
  }

  /// "10 000 dollars", "€1 250 000": thousands behind blanks, where it is money for certain.
  void join_blank_groups() {
    Numeral& numeral = out_.numeral;
    const std::size_t digits = numeral.end - numeral.begin;
    if (numeral.has_magnitude() || numeral.korean || numeral.spelled || numeral.decimals > 0 ||
        numeral.letter_end > 0 || digits > 3) {
      return;
    }
    const std::size_t end = blank_groups_end(text_, numeral.end);
    if (end == numeral.end) return;
    const bool money = out_.prefixed || std::any_of(
        field_.hits_at(end + 1).begin(), field_.hits_at(end + 1).end(),
        [](const Hit& hit) { return hit.term == Term::kMoneyAfter; });
    if (!money) return;
    std::string plain(text_.substr(numeral.begin, end - numeral.begin));
    std::erase(plain, ' ');
    const auto value = base::Decimal::parse(plain);
    if (!value) return;
    numeral.value = *value;
    numeral.end = end;
    numeral.grouped = true;
    add_english_tail(field_.normal.lower, numeral);
  }

  /// "GPU 26만장", "서버 3천대": what is counted stands before the number.
  bool take_counted_before() {
    const std::string_view behind = text_.substr(out_.numeral.end);
    for (const std::string_view counter : {"장", "개", "대", "기"}) {
      if (!behind.starts_with(counter)) continue;
      const std::size_t end = out_.numeral.end + counter.size();
      const std::size_t begin = out_.span.begin;
      if (!may_follow_won(text_, end) || begin == 0 || text_[begin - 1] != ' ') return false;
      field_.hits_ending(begin - 1, [&](const Hit& hit) {
        if (hit.term != Term::kUnit || out_.kind) return;
        const catalog::Unit& unit = lexis_.catalogue.reading.units[hit.index];
        if (unit.kind != "quantity" || unit.large) return;
        out_.kind = model::FigureKind::kQuantity;
        out_.unit = unit.unit;
        out_.span.end = end;
      });
      return out_.kind.has_value();
    }
    return false;
  }

  /// "threefold": glued to the word of the number.
  bool take_fold() {
    constexpr std::string_view kFold = "fold";
    const std::size_t end = out_.numeral.end + kFold.size();
    if (!out_.numeral.spelled || !text_.substr(out_.numeral.end).starts_with(kFold)) return false;
    if (end < text_.size() && is_word(text_[end])) return false;
    out_.kind = model::FigureKind::kMultiple;
    out_.span.end = end;
    return true;
  }

  void read_after() {
    join_blank_groups();
    std::size_t at = out_.numeral.end;
    out_.span.end = at;
    if (!out_.prefixed && (take_counted_before() || take_fold())) return;
    if (take_after(at)) return;
    if (out_.numeral.letter_end > 0 && take_after(out_.numeral.letter_end)) return;
    const bool gap = at < text_.size() && (text_[at] == ' ' || text_[at] == '-');
    if (gap && take_after(at + 1)) return;
    const std::size_t letter = out_.numeral.letter_end;
    if (letter > 0 && letter < text_.size() && text_[letter] == ' ') take_after(letter + 1);
  }

  bool take_after(std::size_t at) {
    for (const Hit& hit : field_.hits_at(at)) {
      if (take_money_after(hit) || take_unit(hit)) return true;
    }
    return false;
  }

  bool take_money_after(const Hit& hit) {
    const bool large = hit.term == Term::kMoneyLarge && out_.numeral.has_magnitude();
    const bool sign = hit.term == Term::kMoneyDoubtful && !out_.prefixed && !leads_on(hit.end);
    const bool millions = hit.term == Term::kMoneyMillions && !out_.prefixed;
    if (hit.term != Term::kMoneyAfter && hit.term != Term::kCents && !large && !sign && !millions) {
      return false;
    }
    if (out_.prefixed && leads_on(hit.end)) return false;  // "US$52 bln-US$56 bln"
    if (is_one_syllable(hit) && !may_follow_won(text_, hit.end)) return false;
    const bool more = out_.prefixed && hit.term == Term::kCents;
    if (more) return false;
    if (!out_.prefixed) {
      set_money(hit);
    } else if (out_.doubtful) {
      const std::string code = lexis_.catalogue.reading.currencies[hit.index].code;
      out_.doubtful = false;
      out_.candidates.clear();
      out_.currency = code;
    }
    if (hit.begin == out_.numeral.letter_end || hit.begin == out_.numeral.letter_end + 1) {
      out_.settle_letter();
    }
    out_.span.end = hit.end;
    take_magnitude_behind();
    return true;
  }

  /// "5 $ 20": the sign belongs to the number behind it.
  bool leads_on(std::size_t at) const {
    if (at < text_.size() && text_[at] == ' ') ++at;
    return at < text_.size() && text::is_digit(text_[at]);
  }

  /// "75 USD million".
  void take_magnitude_behind() {
    if (out_.numeral.has_magnitude() || out_.numeral.korean) return;
    const std::size_t at = out_.span.end;
    if (at >= text_.size() || text_[at] != ' ') return;
    const auto word = magnitude_word(field_.normal.lower, at + 1);
    if (!word || word->needs_currency) return;
    const auto value = out_.numeral.value.shifted(word->power);
    if (!value) return;
    out_.numeral.value = *value;
    out_.numeral.magnitudes = {word->power};
    out_.span.end = word->end;
  }

  bool take_unit(const Hit& hit) {
    if (hit.term != Term::kUnit || out_.prefixed) return false;
    if (is_one_syllable(hit) && text::is_hangul(code_point(hit.begin)) &&
        !may_follow_unit(text_, hit.end)) {
      return false;
    }
    // "%20" is a character of a link.
    const bool escape = text_[hit.end - 1] == '%' && hit.end < text_.size() &&
                        is_word(text_[hit.end]);
    if (escape) return false;
    const catalog::Unit& unit = lexis_.catalogue.reading.units[hit.index];
    const auto kind = model::parse_name<model::FigureKind>(unit.kind);
    if (!kind || (unit.large && !is_large())) return false;
    // "the 2010 percentage": a year and a word behind it.
    if (field_.normal.lower.compare(hit.begin, hit.end - hit.begin, "percentage") == 0 &&
        out_.is_year()) {
      return false;
    }
    out_.kind = kind;
    out_.unit = unit.unit;
    out_.span.end = hit.end;
    if (hit.begin == out_.numeral.letter_end || hit.begin == out_.numeral.letter_end + 1) {
      out_.settle_letter();
    }
    return true;
  }

  bool is_large() const { return out_.numeral.has_magnitude() || out_.numeral.grouped; }
  char32_t code_point(std::size_t at) const { return text::next_code_point(text_, at); }

  const FieldText& field_;
  const Lexis& lexis_;
  std::string_view text_;
  std::size_t floor_;
  bool unknown_ = false;
  Quantity out_;
};

}  // namespace

base::Decimal Quantity::value() const {
  const base::Decimal whole =
      cents > 0 ? numeral.value.shifted(-cents).value_or(numeral.value) : numeral.value;
  return negative ? whole.negated() : whole;
}

bool Quantity::is_year() const {
  const bool plain = !numeral.korean && !numeral.has_magnitude() && !numeral.grouped;
  return plain && !kind && numeral.decimals == 0 && value() >= base::Decimal::of(1900) &&
         value() <= base::Decimal::of(2100);
}

void Quantity::settle_letter() {
  if (numeral.letter_end == 0) return;
  const auto value = numeral.value.shifted(numeral.letter_power);
  if (!value) return;
  numeral.value = *value;
  numeral.magnitudes.push_back(numeral.letter_power);
  numeral.end = numeral.letter_end;
  numeral.letter_end = 0;
  span.end = std::max(span.end, numeral.end);
}

std::optional<Quantity> read_quantity(const FieldText& field, const Lexis& lexis, std::size_t at,
                                      std::size_t floor) {
  const std::string_view text = field.text();
  if (!may_begin_numeral(text, field.normal.lower, at) || is_in_link(text, at)) {
    return std::nullopt;
  }
  auto numeral = read_numeral(text, field.normal.lower, at);
  if (!numeral || is_ordinal(text, at)) return std::nullopt;
  skip_repeat(text, field.normal.lower, *numeral);
  return QuantityReader(field, lexis, std::move(*numeral), floor).read();
}

}  // namespace wiremill::extract
