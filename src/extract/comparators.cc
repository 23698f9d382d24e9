#include "extract/comparators.h"

#include <algorithm>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Comparison;

constexpr std::size_t kBeforeReachBytes = 60;
constexpr std::size_t kNamedGapBytes = 32;
/// Between the word and its figure: Korean puts more there than English does.
constexpr std::size_t kBeforeGapBytes = 24;
constexpr std::size_t kBeforeGapLatinBytes = 8;
constexpr std::size_t kOriginReachBytes = 24;
constexpr std::size_t kAfterReachBytes = 40;
constexpr std::size_t kAfterGapBytes = 14;

/// "previous" is settled by what the fact is about; until then the nearest general relation.
std::optional<Comparison> relation_of(std::string_view name) {
  return model::parse_name<Comparison>(name);
}

/// "지난해 매출은 4조원", "지난해 매출 4조원을": the year's own value and no comparison.
bool is_own_value(const Scene& scene, const ByteRange& gap, const ByteRange& figure) {
  const std::string_view behind = scene.field.text().substr(figure.end);
  if (scene.lexis.beside.than_behind.begin(behind)) return false;
  const auto hits = scene.field.hits_in(gap);
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
    return !Lexis::name_in(scene.lexis.measures, hit).empty();
  });
}

/// "from at least", "analysts had expected a profit of": what may stand between.
bool names_the_figure(const Beside& beside, std::string_view gap) {
  return beside.hedge_between.are(gap) ||
         (gap.size() <= kNamedGapBytes && gap.ends_with(" of ") && beside.noun_between.begin(gap));
}

/// "$18.7 billion, plus or minus $400 million", "$9 to $11, with a midpoint of $10": said about an
/// amount, no amount of its own.
bool is_aside(const Scene& scene, const PlacedFigure& placed) {
  const std::string_view before =
      std::string_view(scene.field.normal.lower).substr(0, placed.span.begin);
  return scene.lexis.beside.aside_before.end(before);
}

std::optional<Comparison> by_words_before(const Scene& scene, const ByteRange& figure,
                                          std::size_t from) {
  const std::size_t reach =
      figure.begin > kBeforeReachBytes ? figure.begin - kBeforeReachBytes : 0;
  std::optional<Comparison> found;
  std::size_t covered = 0;
  for (const Hit& hit : scene.field.hits_in({std::max(from, reach), figure.begin})) {
    const auto name = Lexis::name_in(scene.lexis.comparator_before, hit);
    if (name.empty() || hit.end > figure.begin || hit.begin < covered) continue;
    covered = hit.end;
    const bool latin = text::is_word(scene.field.text()[hit.end - 1]);
    const std::string_view gap = scene.field.cut({hit.end, figure.begin});
    const bool far = gap.size() > (latin ? kBeforeGapLatinBytes : kBeforeGapBytes);
    if (far && !names_the_figure(scene.lexis.beside, gap)) continue;
    // "전년 대비 20%" is a change against last year, not last year's value; "예상치를 웃도는 650억"
    // is what stands above the expected.
    if (scene.lexis.beside.leads_away.stand_in(gap)) continue;
    // "rose from a year earlier to $401 billion": behind "to" stands what is new.
    if (gap.find(',') != std::string_view::npos || gap == " to ") continue;
    const bool korean = !latin && name == "prior_year";
    if (korean && is_own_value(scene, {hit.end, figure.begin}, figure)) continue;
    found = relation_of(name);
  }
  return found;
}

/// "2.4% vs 2.5% expected": behind a percentage or what is compared with, the word
/// is enough.
bool is_plainly_expected(const Scene& scene, const PlacedFigure& placed) {
  const Beside& beside = scene.lexis.beside;
  const auto before = std::string_view(scene.field.normal.lower).substr(0, placed.span.begin);
  const bool percent = placed.figure.kind == model::FigureKind::kPercent;
  if (!percent && !beside.start_before.end(before)) return false;
  const std::string_view behind =
      std::string_view(scene.field.normal.lower).substr(placed.span.end);
  return beside.expected_behind.begin(behind);
}

std::optional<Comparison> by_words_after(const Scene& scene, const PlacedFigure& placed,
                                         std::size_t to, bool has_next) {
  const ByteRange& figure = placed.span;
  for (const Hit& hit : scene.field.hits_in(
           {figure.end, std::min(to, figure.end + kAfterReachBytes)})) {
    const auto name = Lexis::name_in(scene.lexis.comparator_after, hit);
    if (name.empty() || hit.begin - figure.end > kAfterGapBytes) continue;
    // "0.2% 올라 시장 예상치(0.3%)를": the word belongs to the next figure.
    if (has_next && to > hit.end && to - hit.end <= hit.begin - figure.end) {
      continue;
    }
    const std::string_view gap = scene.field.cut({figure.end, hit.begin});
    if (gap.find_first_of(",;") != std::string_view::npos) continue;
    // "102억달러로 예상치를 웃돌았다": what is beaten stands between, the amount is the company's.
    if (scene.lexis.beside.beats_behind.begin(gap)) continue;
    const auto relation = relation_of(name);
    // "2.5% from a year earlier" is a rate over the year, not last year's.
    const bool rate = placed.figure.kind == model::FigureKind::kPercent &&
                      relation == Comparison::kPriorYear;
    if (!rate) return relation;
  }
  return std::nullopt;
}

/// "722억 달러였던 자본지출은 1150억 달러로": what it was.
bool is_former(const Scene& scene, const ByteRange& figure) {
  return scene.lexis.beside.former_behind.begin(scene.field.text().substr(figure.end));
}

/// "112억 달러로 1년 전 382억 달러에서 급감했다": where the value in front came from.
bool is_origin(const Scene& scene, const PlacedFigure& placed) {
  if (placed.figure.kind != model::FigureKind::kMoney) return false;
  const std::size_t end = placed.span.end;
  if (!scene.lexis.beside.origin_behind.begin(scene.field.text().substr(end))) return false;
  return scene.first_named(scene.lexis.directions, {end, end + kOriginReachBytes}).first != nullptr;
}

/// "up from $131 billion in 2025": last year's value rather than an earlier plan.
bool has_own_year(const Scene& scene, const ByteRange& figure) {
  return scene.lexis.beside.own_year_behind.begin(scene.field.text().substr(figure.end));
}

/// "$4.78 a share against estimates of $3.95": the second need not say again what it is per.
bool is_alike(const model::Figure& a, const model::Figure& b) {
  const bool rates = a.per == b.per || (a.per == "share" && b.per.empty());
  return a.kind == b.kind && a.currency == b.currency && a.unit == b.unit && rates;
}

}  // namespace

namespace {

/// "석 달 전 제시한 350억달러보다": the particle itself says that the amount is only compared with.
std::optional<Comparison> by_particle(const Scene& scene, const ByteRange& figure,
                                      std::size_t from) {
  if (!scene.field.text().substr(figure.end).starts_with("보다")) return std::nullopt;
  const std::size_t reach =
      figure.begin > kBeforeReachBytes ? figure.begin - kBeforeReachBytes : 0;
  const std::string_view before = scene.field.cut({std::max(from, reach), figure.begin});
  return scene.lexis.beside.guided_in.stand_in(before) ? Comparison::kPreviousGuidance
                                                       : Comparison::kBaseline;
}

/// "had expected 0.3% and 2.6%": the second is expected as the first is.
bool continues_comparison(const Scene& scene, const std::vector<FigurePart>& parts,
                          const PlacedFigure& placed) {
  if (parts.empty() || !parts.back().relation) return false;
  const PlacedFigure& before = scene.figures[parts.back().figure];
  if (!is_alike(before.figure, placed.figure)) return false;
  const std::string_view gap = scene.field.cut({before.span.end, placed.span.begin});
  return scene.lexis.beside.joined_by.are(gap);
}

/// As many comparators as stated figures, all behind them: they stand in the same order.
const FigurePart* parallel(const Scene& scene, const std::vector<FigurePart>& parts,
                           std::size_t figure) {
  std::vector<const FigurePart*> stated;
  std::vector<const FigurePart*> others;
  for (const FigurePart& part : parts) {
    if (!is_alike(scene.figures[figure].figure, scene.figures[part.figure].figure)) continue;
    if (!part.relation && !others.empty()) return nullptr;
    (part.relation ? others : stated).push_back(&part);
  }
  if (stated.size() < 2 || stated.size() != others.size()) return nullptr;
  for (std::size_t i = 0; i < stated.size(); ++i) {
    if (stated[i]->figure == figure) return others[i];
  }
  return nullptr;
}

}  // namespace

std::vector<FigurePart> read_parts(const Scene& scene, const ByteRange& sentence) {
  std::vector<FigurePart> parts;
  const auto figures = scene.figures_in(sentence);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const PlacedFigure& placed = scene.figures[figures[i]];
    if (is_aside(scene, placed)) continue;
    const std::size_t from = i > 0 ? scene.figures[figures[i - 1]].span.end : sentence.begin;
    const std::size_t to =
        i + 1 < figures.size() ? scene.figures[figures[i + 1]].span.begin : sentence.end;
    FigurePart part{figures[i], std::nullopt};
    if (is_plainly_expected(scene, placed)) part.relation = Comparison::kConsensus;
    if (!part.relation) part.relation = by_words_before(scene, placed.span, from);
    const bool has_next = i + 1 < figures.size();
    if (!part.relation) part.relation = by_words_after(scene, placed, to, has_next);
    if (!part.relation) part.relation = by_particle(scene, placed.span, from);
    if (!part.relation && continues_comparison(scene, parts, placed)) {
      part.relation = parts.back().relation;
    }
    // "600억 달러에서 650억 달러로"
    const bool next_alike = i + 1 < figures.size() &&
                            is_alike(placed.figure, scene.figures[figures[i + 1]].figure);
    const std::string_view behind = scene.field.text().substr(placed.span.end);
    if (next_alike && (behind.starts_with("에서") || behind.starts_with("대에서"))) {
      part.relation = Comparison::kPreviousGuidance;
    }
    if (!part.relation && !parts.empty() && is_origin(scene, placed)) {
      part.relation = Comparison::kPriorYear;
    }
    if (!part.relation && next_alike && is_former(scene, placed.span)) {
      part.relation = Comparison::kPriorYear;
    }
    if (part.relation == Comparison::kPreviousGuidance && has_own_year(scene, placed.span)) {
      part.relation = Comparison::kPriorYear;
    }
    parts.push_back(part);
  }
  return parts;
}

const FigurePart* comparator_of(const Scene& scene, const std::vector<FigurePart>& parts,
                                std::size_t figure) {
  if (const FigurePart* const other = parallel(scene, parts, figure)) return other;
  const PlacedFigure& main = scene.figures[figure];
  const FigurePart* best = nullptr;
  std::size_t best_cost = 0;
  for (const FigurePart& part : parts) {
    if (!part.relation || part.figure == figure) continue;
    const PlacedFigure& other = scene.figures[part.figure];
    if (!is_alike(main.figure, other.figure)) continue;
    // A comparator belongs to the stated figure next to it.
    const auto between = [&](const FigurePart& third) {
      const std::size_t low = std::min(figure, part.figure);
      const std::size_t high = std::max(figure, part.figure);
      return !third.relation && third.figure > low && third.figure < high &&
             is_alike(main.figure, scene.figures[third.figure].figure);
    };
    if (std::any_of(parts.begin(), parts.end(), between)) continue;
    const std::size_t cost = distance(main.span, other.span) + (part.figure < figure ? 40 : 0);
    if (best == nullptr || cost < best_cost) {
      best = &part;
      best_cost = cost;
    }
  }
  return best;
}

Sequel sequel_of(const Scene& scene, std::size_t sentence, const model::Figure& figure) {
  Sequel sequel;
  if (sentence + 1 >= scene.sentences().size()) return sequel;
  const text::Sentence& next = scene.sentences()[sentence + 1];
  if (next.line != scene.sentences()[sentence].line || !scene.actors_in(next.span).empty()) {
    return sequel;
  }
  const auto now = figure.representative();
  for (const FigurePart& part : read_parts(scene, next.span)) {
    const model::Figure& other = scene.figures[part.figure].figure;
    if (!is_alike(figure, other) || !other.converts.empty()) continue;
    // A value of its own, other than the one it goes on about: it speaks of something else.
    if (!part.relation && other.representative() != now) return {};
    if (part.relation == Comparison::kPriorYear && !sequel.prior_year) {
      sequel.prior_year = model::Comparator{Comparison::kPriorYear, other.id, std::nullopt};
    }
    if (part.relation == Comparison::kConsensus && !sequel.surprise) {
      sequel.surprise = against(figure, other);
    }
  }
  const Hit* const year = scene.find_named(scene.lexis.comparator_before, "prior_year", next.span);
  if (year != nullptr && year->begin == next.span.begin) {
    sequel.direction = model::parse_name<model::Direction>(
        scene.first_named(scene.lexis.directions, next.span).second);
  }
  return sequel;
}

std::optional<model::Surprise> against(const model::Figure& actual,
                                       const model::Figure& expected) {
  const auto is = actual.representative();
  const auto was = expected.representative();
  if (!is || !was) return std::nullopt;
  if (*is == *was) return model::Surprise::kInLine;
  return *is < *was ? model::Surprise::kBelow : model::Surprise::kAbove;
}

}  // namespace wiremill::extract
