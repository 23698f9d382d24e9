#include "extract/scales.h"

#include <algorithm>

#include "extract/number_words.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kHeaderBytesMax = 80;
/// 억 and more.
constexpr int kLargeScale = 8;
/// How far before a number the label of its row is looked for.
constexpr std::size_t kRowBytesMax = 1000;

struct ScaleWord {
  std::string_view written;
  int power;
};

/// Longest first where one ends another.
constexpr ScaleWord kScaleWords[] = {
    {"thousands", 3}, {"millions", 6}, {"billions", 9}, {"십억", 9}, {"백만", 6},
    {"천만", 7},      {"억", 8},       {"조", 12},      {"천", 3},   {"만", 4},
    {"mn", 6},        {"bn", 9}};

}  // namespace

Scales::Scales(const FieldText& field, const Lexis& lexis) : field_(field), lexis_(lexis) {
  if (lexis.scale_header == kNoClass) return;
  for (const Hit& hit : field.hits) {
    if (hit.term != Term::kWord || hit.index != lexis.scale_header) continue;
    const std::string_view rest =
        std::string_view(field.normal.lower).substr(hit.begin, kHeaderBytesMax);
    const std::string_view words = rest.substr(0, rest.find_first_of(")\n]"));
    Header header;
    for (const ScaleWord& scale : kScaleWords) {
      if (header.power == 0 && words.find(scale.written) != std::string_view::npos) {
        header.power = scale.power;
      }
    }
    for (const Hit& money : field.hits_in({hit.begin, hit.begin + words.size()})) {
      const bool currency = money.term == Term::kMoneyAfter || money.term == Term::kMoneyBefore;
      if (!currency) continue;
      header.currency = lexis.catalogue.reading.currencies[money.index].code;
    }
    // "(단위: 원)" scales nothing, and tells the currency.
    if (header.power == 0 && header.currency.empty()) continue;
    header.mixed = words.find('%') != std::string_view::npos;
    header.except_per_share = words.find("per share") != std::string_view::npos;
    header.words = {hit.begin, hit.begin + words.size()};
    // A header among the rows of another ends where that one does.
    const bool among = !headers_.empty() && headers_.back().reach.contains(header.words.end);
    const std::size_t end = among ? headers_.back().reach.end : reach_end(header.words.end);
    header.reach = {header.words.end, end};
    if (header.currency.empty()) header.currency = currency_within(header.reach);
    headers_.push_back(std::move(header));
  }
}

/// Of a table whose header leaves it out: that of its first sign or code.
std::string Scales::currency_within(const ByteRange& reach) const {
  for (const Hit& hit : field_.hits_in(reach)) {
    if (hit.term != Term::kMoneyBefore && hit.term != Term::kMoneyDoubtful) continue;
    if (text::is_lower(field_.text()[hit.begin])) continue;
    return lexis_.catalogue.reading.currencies[hit.index].code;
  }
  return {};
}

/// A row of a table: mostly numbers behind a label, and no full stop.
bool Scales::is_row(std::string_view line) const {
  if (line.find_first_not_of(" \t") == std::string_view::npos) return true;
  if (line.starts_with('|')) return true;
  const bool number = std::any_of(line.begin(), line.end(), text::is_digit);
  return number ? !line.ends_with('.') && !line.ends_with("다") : line.size() < kHeaderBytesMax;
}

std::size_t Scales::reach_end(std::size_t from) const {
  const std::string_view text = field_.text();
  std::size_t end = std::min(text.find('\n', from), text.size());
  while (end < text.size()) {
    const std::size_t next = std::min(text.find('\n', end + 1), text.size());
    if (!is_row(text.substr(end + 1, next - end - 1))) break;
    end = next;
  }
  return end;
}

const Scales::Header* Scales::header_of(const Quantity& quantity) const {
  const Header* const last = last_header(quantity.span.begin);
  return last != nullptr && last->reach.contains(quantity.span.begin) ? last : nullptr;
}

/// The last header that begins at the place or before it. No earlier one reaches further.
const Scales::Header* Scales::last_header(std::size_t at) const {
  const auto behind = std::upper_bound(
      headers_.begin(), headers_.end(), at,
      [](std::size_t place, const Header& header) { return place < header.words.begin; });
  return behind == headers_.begin() ? nullptr : &*(behind - 1);
}

bool Scales::is_header(std::size_t at) const {
  const Header* const last = last_header(at);
  return last != nullptr && last->words.contains(at);
}

bool Scales::applies(const Quantity& quantity) const {
  const Numeral& numeral = quantity.numeral;
  const Header* const header = header_of(quantity);
  if (header == nullptr || numeral.has_magnitude() || numeral.korean || numeral.spelled) {
    return false;
  }
  if (quantity.kind && *quantity.kind != model::FigureKind::kMoney) return false;
  const std::size_t begin = quantity.span.begin;
  const std::size_t from = row_begin(begin);
  if (!quantity.kind) {
    if (header->currency.empty()) return false;
    if (!numeral.grouped && !is_small_amount(*header, quantity, from)) return false;
  }
  for (const auto& [words, per] : lexis_.per_after) {
    if (per == "share" && field_.has(words, {std::max(from, header->reach.begin), begin})) {
      return false;
    }
  }
  // Two decimals and no thousands in a table "except per share data": a per-share line.
  return !(header->except_per_share && numeral.decimals == 2 && !numeral.grouped);
}

std::size_t Scales::row_begin(std::size_t at) const {
  const std::size_t from = at > kRowBytesMax ? at - kRowBytesMax : 0;
  const std::size_t line = field_.text().substr(from, at - from).rfind('\n');
  return line == std::string_view::npos ? from : from + line + 1;
}

/// "(단위: 조원) 매출액 93.0": amounts of so large a scale have no thousands. A rate in such a table
/// says so in its label.
bool Scales::is_small_amount(const Header& header, const Quantity& quantity,
                             std::size_t from) const {
  if (header.power < kLargeScale || header.mixed || quantity.is_year()) return false;
  const std::string_view label = field_.cut({from, quantity.span.begin});
  for (const std::string_view rate : {"률", "율", "%", "비중", "주당", "대비", "EPS"}) {
    if (label.find(rate) != std::string_view::npos) return false;
  }
  // The label comes first: a date or a number of the list has none.
  return std::any_of(label.begin(), label.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// "(1,234)" and "△1,234" are losses, but in a row of what was spent.
bool Scales::is_loss(const Quantity& quantity) const {
  const auto [begin, end] = quantity.span;
  const std::string_view text = field_.text();
  if (text.substr(0, begin).ends_with("△")) return true;
  const bool bracket = begin > 0 && text[begin - 1] == '(' && end < text.size() && text[end] == ')';
  return bracket && !field_.has(lexis_.outflow, {row_begin(begin), begin});
}

void Scales::scale(Quantity& quantity) const {
  const Header& header = *header_of(quantity);
  const auto value = quantity.numeral.value.shifted(header.power);
  if (!value) return;
  quantity.numeral.value = *value;
  if (header.power > 0) quantity.numeral.magnitudes = {header.power};
  quantity.negative = quantity.negative || is_loss(quantity);
  if (quantity.kind) return;
  quantity.kind = model::FigureKind::kMoney;
  quantity.currency = header.currency;
}

namespace {

/// "(원)", "(백만원)", "(천 USD)" as the unit of a label.
bool take_money_of_label(const FieldText& field, const Lexis& lexis, const ByteRange& unit,
                         Quantity& quantity) {
  const std::string_view words = field.cut(unit);
  int power = 0;
  std::size_t money = unit.begin;
  for (const ScaleWord& scale : kScaleWords) {
    if (power > 0 || !words.starts_with(scale.written)) continue;
    power = scale.power;
    money += scale.written.size() + (words.substr(scale.written.size()).starts_with(' ') ? 1 : 0);
  }
  // Of bare won only what has thousands: "(원) 3" may be anything.
  if (power == 0 && !quantity.numeral.grouped) return false;
  for (const Hit& hit : field.hits_at(money)) {
    const bool currency = hit.term == Term::kMoneyAfter || hit.term == Term::kMoneyBefore;
    const auto value = quantity.numeral.value.shifted(power);
    if (!currency || hit.end != unit.end || !value) continue;
    quantity.kind = model::FigureKind::kMoney;
    quantity.currency = lexis.catalogue.reading.currencies[hit.index].code;
    quantity.numeral.value = *value;
    return true;
  }
  return false;
}

}  // namespace

bool take_unit_of_label(const FieldText& field, const Lexis& lexis, Quantity& quantity) {
  if (quantity.kind || quantity.numeral.has_magnitude() || quantity.numeral.korean) return false;
  const std::string_view text = field.text();
  // In a row of several figures the label does not tell which of them counts.
  const std::size_t behind = text.find_first_not_of(" \t|", quantity.span.end);
  if (behind != std::string_view::npos && text[behind] != '\n') return false;
  const std::string_view label = text.substr(0, quantity.span.begin);
  const std::size_t last = label.find_last_not_of(" :|\t");
  if (last == std::string_view::npos || label[last] != ')') return false;
  const std::size_t from = last > kHeaderBytesMax ? last - kHeaderBytesMax : 0;
  const std::size_t open = label.substr(from, last - from).rfind('(');
  if (open == std::string_view::npos) return false;
  const std::size_t inside = from + open + 1;
  if (label.substr(inside, last - inside) == "%") {
    quantity.kind = model::FigureKind::kPercent;
    return true;
  }
  return take_money_of_label(field, lexis, {inside, last}, quantity);
}

}  // namespace wiremill::extract
