#include "extract/hedges.h"

#include <array>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Bound;
using model::Figure;

constexpr int kTopicWordsMax = 2;
constexpr std::size_t kExchangeReachBytes = 60;
constexpr std::size_t kElidedReachBytes = 40;
constexpr std::size_t kCountedReachBytes = 36;

/// The name of the class of `named` whose word ends at `at`, one blank between allowed.
std::string_view name_before(const FieldText& field, const Named& named, std::size_t at) {
  std::string_view name;
  const auto look = [&](std::size_t end) {
    field.hits_ending(end, [&](const Hit& hit) {
      if (name.empty()) name = Lexis::name_in(named, hit);
    });
  };
  look(at);
  if (name.empty() && at > 0 && field.text()[at - 1] == ' ') look(at - 1);
  return name;
}

std::string_view name_at(const FieldText& field, const Named& named, std::size_t at) {
  for (const Hit& hit : field.hits_at(at)) {
    if (const auto name = Lexis::name_in(named, hit); !name.empty()) return name;
  }
  return {};
}

/// What ends here is the object or another part of the clause, not the topic of an amount.
bool particle_ends(std::string_view text) {
  for (const std::string_view particle : {"을", "를", "에", "로", "의", "과", "와", "서", "고", "며"}) {
    if (text.ends_with(particle)) return true;
  }
  return false;
}

/// "2조에 육박", "6000억 달러를 넘는": only these join an amount with its hedge.
std::size_t object_particle_length(std::string_view text) {
  for (const std::string_view particle : {"을", "를", "이", "가", "에", "은", "는"}) {
    if (text.starts_with(particle)) return particle.size();
  }
  return 0;
}

/// The same behind the figure: directly, behind a blank, a particle, or both.
std::string_view name_after(const FieldText& field, const Named& named, std::size_t at) {
  const std::string_view text = field.text();
  const std::size_t particle = at + object_particle_length(text.substr(at));
  for (const std::size_t place : {at, particle}) {
    if (const auto name = name_at(field, named, place); !name.empty()) return name;
    if (place < text.size() && (text[place] == ' ' || text[place] == '-')) {
      if (const auto name = name_at(field, named, place + 1); !name.empty()) return name;
    }
  }
  return {};
}

void set_bound(Figure& figure, Bound bound) {
  if (figure.bound == Bound::kRange || figure.bound == Bound::kVague) return;
  figure.bound = bound;
  if (bound == Bound::kAtLeast || bound == Bound::kMoreThan) figure.high.reset();
  if (bound == Bound::kAtMost || bound == Bound::kLessThan) figure.low.reset();
}

/// "~200", "<5", "≥10", "10+".
std::optional<Bound> bound_by_sign(std::string_view text, const ByteRange& span) {
  const std::string_view before = text.substr(0, span.begin);
  if (before.ends_with("≥")) return Bound::kAtLeast;
  if (before.ends_with("≤")) return Bound::kAtMost;
  if (before.ends_with('>')) return Bound::kMoreThan;
  if (before.ends_with('<')) return Bound::kLessThan;
  if (before.ends_with('~') && (before.size() == 1 || before[before.size() - 2] == ' ' ||
                                before[before.size() - 2] == '(')) {
    return Bound::kAbout;
  }
  if (span.end < text.size() && text[span.end] == '+') return Bound::kAtLeast;
  return std::nullopt;
}

/// "4% 초중반": somewhere above, so that the number is no more than a floor.
bool is_part_of_decade(std::string_view behind) {
  if (behind.starts_with("대")) behind.remove_prefix(3);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  for (const std::string_view part : {"초반", "중반", "후반", "초중반", "중후반", "초·중반", "중·후반"}) {
    if (behind.starts_with(part)) return true;
  }
  return false;
}

void read_bound(const FieldText& field, const Lexis& lexis, PlacedFigure& placed) {
  auto name = name_before(field, lexis.bound_before, placed.span.begin);
  // "예상치 0.3%를 밑돌았다" tells where the actual figure is, not what was expected.
  const bool compared = !name_before(field, lexis.comparator_before, placed.span.begin).empty();
  if (name.empty() && !compared) name = name_after(field, lexis.bound_after, placed.span.end);
  if (!name.empty()) {
    // "Over four years" is a span, not more than four.
    const bool span = placed.figure.kind == model::FigureKind::kDuration && name == "more_than";
    const auto bound = model::parse_name<Bound>(name);
    if (bound && !span) set_bound(placed.figure, *bound);
    return;
  }
  if (const auto bound = bound_by_sign(field.text(), placed.span)) {
    set_bound(placed.figure, *bound);
  }
  // "4%대", "2조원대": somewhere in there.
  const std::string_view behind = field.text().substr(placed.span.end);
  if (behind.starts_with("대") && ends_word(behind, 3)) set_bound(placed.figure, Bound::kAbout);
  if (is_part_of_decade(behind)) {
    placed.figure.high.reset();
    placed.figure.bound = Bound::kVague;
  }
}

/// "주당 배당금은 1,444원", "1인당 국민소득 3만달러": between the rate and its amount stand at most
/// two words, the last of them bare or the topic.
std::string_view rate_of_topic(const FieldText& field, const Named& rates, std::size_t at) {
  const std::string_view text = field.text();
  std::size_t words = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
  for (const std::string_view topic : {"은", "는"}) {
    if (text.substr(0, words).ends_with(topic)) words -= topic.size();
  }
  if (words == at - 1 && at > 0 && particle_ends(text.substr(0, words))) return {};
  for (int i = 0; i < kTopicWordsMax; ++i) {
    const std::size_t begin = words;
    while (words > 0 && static_cast<unsigned char>(text[words - 1]) >= 0x80) --words;
    if (words == begin || words == 0) return {};
    const bool blank = text[words - 1] == ' ';
    const auto name = name_before(field, rates, words);
    if (!name.empty() || !blank) return name;
    --words;
  }
  return {};
}

/// A currency word behind the rate ("원·달러 환율 1,350원") or a unit ("주당", "per share").
void read_rate(const FieldText& field, const Lexis& lexis, PlacedFigure& placed) {
  auto per = name_before(field, lexis.per_before, placed.span.begin);
  if (per.empty()) per = rate_of_topic(field, lexis.per_before, placed.span.begin);
  if (per.empty()) per = name_after(field, lexis.per_after, placed.span.end);
  if (per.empty() && placed.figure.kind == model::FigureKind::kMoney) {
    const std::size_t begin = placed.span.begin;
    const std::size_t from = begin > kExchangeReachBytes ? begin - kExchangeReachBytes : 0;
    const Hit* const hit = field.first(lexis.exchange_rate, {from, begin});
    const auto between = hit ? field.cut({hit->end, begin}) : std::string_view("\n");
    if (between.find_first_of("\n.0123456789") == std::string_view::npos) per = "fx";
  }
  placed.figure.per = std::string(per);
}

void read_role(const FieldText& field, const Lexis& lexis, PlacedFigure& placed) {
  if (!name_before(field, lexis.changes_before, placed.span.begin).empty() ||
      !name_after(field, lexis.changes_after, placed.span.end).empty()) {
    placed.figure.role = model::FigureRole::kChange;
  }
}

/// "revenue was (": what follows is what the sentence speaks of, not an aside.
bool ends_with_copula(const FieldText& field, std::size_t at) {
  const std::string_view before = std::string_view(field.normal.lower).substr(0, at);
  for (const std::string_view word : {" is ", " was ", " were ", " of ", " at ", ": "}) {
    if (before.ends_with(word)) return true;
  }
  return false;
}

/// "a net loss of ($99.9 million)": the bracket holds nothing but the amount.
void read_bracket_sign(const FieldText& field, const Lexis& lexis, PlacedFigure& placed) {
  const std::string_view text = field.text();
  const auto [begin, end] = placed.span;
  if (placed.figure.kind != model::FigureKind::kMoney || !placed.figure.low ||
      placed.figure.low != placed.figure.high || begin == 0 || end >= text.size() ||
      text[begin - 1] != '(' || text[end] != ')') {
    return;
  }
  const std::size_t from = begin > kElidedReachBytes ? begin - kElidedReachBytes : 0;
  const bool loss = field.has(lexis.loss, {from, begin - 1}) &&
                    field.cut({from, begin - 1}).find_first_of("0123456789\n") ==
                        std::string_view::npos;
  if (!loss && !ends_with_copula(field, begin - 1)) return;
  placed.figure.low = placed.figure.high = placed.figure.low->negated();
}

}  // namespace

void hedge(const FieldText& field, const Lexis& lexis, PlacedFigure& placed) {
  read_bracket_sign(field, lexis, placed);
  read_bound(field, lexis, placed);
  read_rate(field, lexis, placed);
  read_role(field, lexis, placed);
}

bool leaves_won_out(const FieldText& field, const Lexis& lexis, const Quantity& quantity) {
  const Numeral& numeral = quantity.numeral;
  if (!numeral.korean || numeral.spelled || !numeral.has_magnitude()) return false;
  if (numeral.magnitudes.front() < 8) return false;
  const std::string_view text = field.text();
  std::size_t at = quantity.span.end;
  if (text.substr(at).starts_with("대 ")) at += 3;
  if (!ends_word(text, at) && !field.begins(lexis.elided_won, at)) return false;
  // 억 and 조 count money unless something else that is counted stands next to them.
  const std::size_t behind = at + (text.substr(at).starts_with(' ') ? 1 : 0);
  if (field.begins(lexis.counter, at) || field.begins(lexis.counter, behind)) return false;
  const std::size_t begin = quantity.span.begin;
  const std::size_t from = begin > kCountedReachBytes ? begin - kCountedReachBytes : 0;
  const std::size_t to = std::min(text.size(), at + kCountedReachBytes);
  return !field.has(lexis.not_money, {from, begin}) && !field.has(lexis.not_money, {at, to});
}

std::optional<Hit> currency_behind(const FieldText& field, std::size_t at) {
  for (const std::string_view link : {"", " ", "-", " of ", " of us ", " u.s. "}) {
    if (!std::string_view(field.normal.lower).substr(at).starts_with(link)) continue;
    for (const Hit& hit : field.hits_at(at + link.size())) {
      if (hit.term == Term::kMoneyAfter) return hit;
    }
  }
  return std::nullopt;
}

}  // namespace wiremill::extract
