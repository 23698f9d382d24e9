#include "extract/direction.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::Direction;
using model::Fact;

constexpr std::size_t kChangeReachBytes = 120;
constexpr std::size_t kRightBehindBytes = 8;

/// Another measure stands between: "2천억 달러 CapEx 발표 직후 주가가 급락" is not about capex.
bool crosses_measure(const Scene& scene, const ByteRange& anchor, const Hit& word) {
  const ByteRange gap{std::min<std::size_t>(anchor.end, word.end),
                      std::max<std::size_t>(anchor.begin, word.begin)};
  std::string_view first;
  for (const Hit& hit : scene.field.hits_in(gap)) {
    const auto name = Lexis::name_in(scene.lexis.measures, hit);
    if (name.empty() || name == first) continue;
    if (!first.empty() || name == "share_price") return true;
    first = name;
  }
  return false;
}

/// "+65% organically": the sign may be a part of the figure.
bool placed_with_plus(const Scene& scene, const PlacedFigure& placed) {
  return scene.field.text().substr(placed.span.begin).starts_with('+');
}

/// "$244 billion, up 40%", "$37.5 billion in its second quarter, up 66%": a change behind the
/// figure, before the next amount.
std::optional<Direction> by_change(const Scene& scene, const ByteRange& clause,
                                   const ByteRange& anchor) {
  const std::string_view lower = scene.field.normal.lower;
  const std::size_t to = std::min(clause.end, anchor.end + kChangeReachBytes);
  for (const std::size_t next : scene.figures_in({anchor.end, to})) {
    const PlacedFigure& placed = scene.figures[next];
    if (placed.figure.kind == model::FigureKind::kMoney) return std::nullopt;
    if (placed.figure.kind != model::FigureKind::kPercent) continue;
    const std::string_view before = lower.substr(anchor.end, placed.span.begin - anchor.end);
    const Beside& beside = scene.lexis.beside;
    if (beside.change_up_before.end(before) || placed_with_plus(scene, placed)) {
      return Direction::kUp;
    }
    if (beside.change_down_before.end(before)) return Direction::kDown;
  }
  return std::nullopt;
}

/// "영업이익 20조원…전년比 208% 급증": a headline goes on behind its dots about the same amount.
std::optional<Direction> behind_dots(const Scene& scene, const ByteRange& clause,
                                     const ByteRange& anchor) {
  const std::string_view text = scene.field.text();
  if (clause.end != anchor.end || !text.substr(clause.end).starts_with("...")) return std::nullopt;
  const std::size_t to = std::min(text.size(), anchor.end + kChangeReachBytes);
  const auto figures = scene.figures_in({anchor.end, to});
  if (figures.empty()) return std::nullopt;
  const PlacedFigure& change = scene.figures[figures.front()];
  if (change.figure.kind != model::FigureKind::kPercent) return std::nullopt;
  for (const Hit& hit : scene.field.hits_in({anchor.end, change.span.begin})) {
    if (!Lexis::name_in(scene.lexis.measures, hit).empty()) return std::nullopt;
  }
  const std::size_t end = change.span.end;
  const ByteRange behind{end, std::min(text.size(), end + kRightBehindBytes)};
  return model::parse_name<Direction>(scene.first_named(scene.lexis.directions, behind).second);
}

}  // namespace

std::optional<Direction> direction_of(const Scene& scene, const ByteRange& clause,
                                      const ByteRange& anchor, const Fact& fact) {
  if (fact.comparator && fact.comparator->relation != model::Comparison::kConsensus) {
    const auto by_id = [&](const std::string& id) -> std::optional<base::Decimal> {
      for (const PlacedFigure& one : scene.figures) {
        if (one.figure.id == id) return one.figure.representative();
      }
      return std::nullopt;
    };
    const auto now = by_id(fact.figure);
    const auto then = by_id(fact.comparator->figure);
    if (now && then && *now != *then) return *now > *then ? Direction::kUp : Direction::kDown;
  }
  const auto [hit, name] = scene.nearest_named(scene.lexis.directions, clause, anchor);
  if (hit == nullptr || crosses_measure(scene, anchor, *hit)) {
    const auto change = by_change(scene, clause, anchor);
    return change ? change : behind_dots(scene, clause, anchor);
  }
  return model::parse_name<Direction>(name);
}

}  // namespace wiremill::extract
