#include "extract/brackets.h"

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Figure;
using model::FigureKind;

/// Two readings of one amount agree when they differ by at most this part: rounding.
constexpr double kRoundingPart = 0.02;
constexpr std::size_t kBracketBytesMax = 24;

/// Between the first amount and the bracketed one stand only the bracket and a hedge.
bool opens_bracket(const FieldText& field, std::size_t from, std::size_t to) {
  if (to < from || to - from > kBracketBytesMax) return false;
  const std::string_view between = field.cut({from, to});
  const std::size_t bracket = between.find_first_of("([");
  if (bracket == std::string_view::npos || bracket > 1) return false;
  if (bracket == 1 && between[0] != ' ') return false;
  return between.find_first_of(")]", bracket) == std::string_view::npos;
}

/// Nothing but hedges between the opening bracket and the amount.
bool only_hedges(const FieldText& field, const Lexis& lexis, std::size_t from, std::size_t to) {
  const std::string_view between = field.cut({from, to});
  std::size_t at = from + between.find_first_of("([") + 1;
  while (at < to) {
    if (field.text()[at] == ' ' || field.text()[at] == '~') {
      ++at;
      continue;
    }
    std::size_t end = at;
    for (const Hit& hit : field.hits_at(at)) {
      const bool hedge = !Lexis::name_in(lexis.bound_before, hit).empty();
      if (hedge && hit.end <= to) end = std::max<std::size_t>(end, hit.end);
    }
    if (end == at) return false;
    at = end;
  }
  return true;
}

bool closes_bracket(const FieldText& field, std::size_t at) {
  const std::string_view text = field.text();
  return at < text.size() && (text[at] == ')' || text[at] == ']');
}

bool agree(const Figure& a, const Figure& b) {
  const auto one = a.representative();
  const auto two = b.representative();
  if (!one || !two) return true;
  const double x = one->magnitude().approximate();
  const double y = two->magnitude().approximate();
  const double larger = x > y ? x : y;
  const double apart = x > y ? x - y : y - x;
  return apart <= kRoundingPart * larger;
}

void contradict(Figure& first, Figure& second, std::size_t i) {
  for (Figure* const figure : {&first, &second}) {
    figure->flags.emplace_back("inconsistent_figure");
  }
  first.alternatives.push_back(std::to_string(i + 1));
  second.alternatives.push_back(std::to_string(i));
}

}  // namespace

bool repeats_in_bracket(const FieldText& field, const PlacedFigure& before,
                        const Quantity& quantity) {
  if (before.figure.kind != FigureKind::kMoney || quantity.kind) return false;
  if (!quantity.numeral.has_magnitude() && quantity.numeral.letter_end == 0 &&
      !quantity.numeral.grouped) {
    return false;
  }
  const std::size_t end =
      quantity.numeral.letter_end > 0 ? quantity.numeral.letter_end : quantity.span.end;
  return opens_bracket(field, before.span.end, quantity.span.begin) && closes_bracket(field, end);
}

void relate_brackets(const FieldText& field, const Lexis& lexis,
                     std::vector<PlacedFigure>& figures) {
  for (std::size_t i = 0; i + 1 < figures.size(); ++i) {
    Figure& first = figures[i].figure;
    Figure& second = figures[i + 1].figure;
    const std::size_t from = figures[i].span.end;
    const std::size_t to = figures[i + 1].span.begin;
    if (first.kind != FigureKind::kMoney || second.kind != FigureKind::kMoney) continue;
    if (!opens_bracket(field, from, to) || !second.per.empty()) continue;
    const bool alone = only_hedges(field, lexis, from, to);
    if (first.currency != second.currency) {
      second.converts = std::to_string(i);
    } else if (agree(first, second)) {
      if (alone) second.same_as = std::to_string(i);
    } else if (alone && closes_bracket(field, figures[i + 1].span.end)) {
      contradict(first, second, i);
    }
  }
}

}  // namespace wiremill::extract
