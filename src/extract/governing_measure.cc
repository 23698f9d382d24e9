#include "extract/governing_measure.h"

#include <algorithm>

#include "extract/respective.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

/// Costs in bytes of distance: how far away a word may stand and still be preferred.
constexpr std::int64_t kBehind = 18;
constexpr std::int64_t kAttributive = 30;
constexpr std::int64_t kAcrossFigure = 45;
constexpr std::int64_t kAcrossMark = 20;
constexpr std::int64_t kAcrossSemicolon = 200;
constexpr std::int64_t kVerbOfOutlay = 20;
constexpr std::int64_t kAcrossDots = 90;
constexpr std::size_t kMeasureReachBytes = 160;

bool has_figure_of_kind(const Scene& scene, const ByteRange& range, model::FigureKind kind) {
  const auto inside = scene.figures_in(range);
  return std::any_of(inside.begin(), inside.end(), [&](std::size_t i) {
    return scene.figures[i].figure.kind == kind;
  });
}

std::int64_t measure_cost(const Scene& scene, const PlacedFigure& placed, const Hit& hit) {
  const ByteRange& figure = placed.span;
  const ByteRange word{hit.begin, hit.end};
  auto cost = static_cast<std::int64_t>(distance(figure, word));
  const bool behind = hit.begin >= figure.end;
  // "305억원의 영업이익": the noun right behind the amount.
  const bool attributive = behind && scene.field.cut({figure.end, hit.begin}) == "의 ";
  if (attributive) cost -= kAttributive;
  if (behind && !attributive) cost += kBehind;
  const std::size_t word_end = std::min<std::size_t>(hit.end, figure.begin);
  const ByteRange gap =
      behind ? ByteRange{figure.end, hit.begin} : ByteRange{word_end, figure.begin};
  if (has_figure_of_kind(scene, gap, placed.figure.kind)) cost += kAcrossFigure;
  if (scene.field.cut(gap).find_first_of(",;") != std::string_view::npos) cost += kAcrossMark;
  if (scene.field.cut(gap).find(';') != std::string_view::npos) cost += kAcrossSemicolon;
  if (scene.field.cut(gap).find("→") != std::string_view::npos) cost += kAcrossFigure;
  if (scene.field.cut(gap).find("...") != std::string_view::npos) cost += kAcrossDots;
  return cost;
}

/// "Spend" and its like govern an amount only where no other measure stands: asked for apart.
const Hit* nearest_measure(const Scene& scene, const ByteRange& near, const PlacedFigure& figure,
                           bool spending) {
  const Hit* best = nullptr;
  std::int64_t best_cost = 0;
  std::size_t covered = 0;
  for (const Hit& hit : scene.field.hits_in(near)) {
    const auto name = Lexis::name_in(scene.lexis.measures, hit);
    if (name.empty() || hit.end > near.end) continue;
    if (hit.begin < covered) continue;  // inside a longer word, which stands first
    covered = hit.end;
    if ((name == "spending") != spending) continue;
    std::int64_t cost = measure_cost(scene, figure, hit);
    // "Invests $200 billion in capex": the noun says what for.
    if (name == "investment" && text::is_word(scene.field.text()[hit.begin])) cost += kVerbOfOutlay;
    if (best == nullptr || cost < best_cost) {
      best = &hit;
      best_cost = cost;
    }
  }
  return best;
}

}  // namespace

const Hit* governing_measure(const Scene& scene, const ByteRange& sentence,
                             const PlacedFigure& figure) {
  const std::size_t from = figure.span.begin > kMeasureReachBytes
                               ? figure.span.begin - kMeasureReachBytes : 0;
  const ByteRange near{std::max(sentence.begin, from),
                       std::min(sentence.end, figure.span.end + kMeasureReachBytes)};
  if (const Hit* const own = respective_measure(scene, sentence, figure)) return own;
  const Hit* const measure = nearest_measure(scene, near, figure, false);
  return measure != nullptr ? measure : nearest_measure(scene, near, figure, true);
}

}  // namespace wiremill::extract
