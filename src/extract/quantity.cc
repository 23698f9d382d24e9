#include "extract/quantity.h"

#include "extract/number_words.h"
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
    return before == '-' && begin > 1 && text::is_letter(text_[begin - 2]);
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
      const bool sign = hit.term == Term::kMoneyBefore || hit.term == Term::kMoneyDoubtful;
      if (!sign) return;
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

  void set_money(const Hit& hit) {
    const catalog::Currency& currency = lexis_.catalogue.reading.currencies[hit.index];
    out_.kind = model::FigureKind::kMoney;
    out_.currency = currency.code;
    out_.doubtful = hit.term == Term::kMoneyDoubtful;
    if (out_.doubtful) out_.candidates = currency.others;
    if (hit.term == Term::kCents) out_.cents = 2;
  }

  void read_after() {
    std::size_t at = out_.numeral.end;
    out_.span.end = at;
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
    if (hit.term != Term::kMoneyAfter && hit.term != Term::kCents && !large && !sign) return false;
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
    // "%20" is a character of a link.
    const bool escape = text_[hit.end - 1] == '%' && hit.end < text_.size() &&
                        is_word(text_[hit.end]);
    if (escape) return false;
    const catalog::Unit& unit = lexis_.catalogue.reading.units[hit.index];
    const auto kind = model::parse_name<model::FigureKind>(unit.kind);
    if (!kind) return false;
    out_.kind = kind;
    out_.unit = unit.unit;
    out_.span.end = hit.end;
    if (hit.begin == out_.numeral.letter_end || hit.begin == out_.numeral.letter_end + 1) {
      out_.settle_letter();
    }
    return true;
  }

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

namespace {

/// The word that holds this place is a web address.
bool is_in_link(std::string_view text, std::size_t at) {
  constexpr std::size_t kReachBytes = 300;
  const std::size_t from = at > kReachBytes ? at - kReachBytes : 0;
  const std::string_view before = text.substr(from, at - from);
  if (before.find("://") == std::string_view::npos) return false;
  return before.find_first_of(" \n", before.rfind("://")) == std::string_view::npos;
}

}  // namespace

std::optional<Quantity> read_quantity(const FieldText& field, const Lexis& lexis, std::size_t at,
                                      std::size_t floor) {
  const std::string_view text = field.text();
  if (!may_begin_numeral(text, field.normal.lower, at) || is_in_link(text, at)) {
    return std::nullopt;
  }
  auto numeral = read_numeral(text, field.normal.lower, at);
  if (!numeral) return std::nullopt;
  return QuantityReader(field, lexis, std::move(*numeral), floor).read();
}

}  // namespace wiremill::extract
