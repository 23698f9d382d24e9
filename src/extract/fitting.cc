#include "extract/fitting.h"

#include <algorithm>

#include "extract/governing_measure.h"

namespace wiremill::extract {
namespace {

constexpr std::string_view kPerShare = "eps";
constexpr std::string_view kPerShareOfProperty = "ffo";
constexpr std::string_view kPerHour = "gpu_rental_price";
constexpr std::size_t kPartReachBytes = 48;

bool has_metric(const CompiledRule& rule, std::string_view name) {
  return rule.rule->metric == name ||
         std::any_of(rule.metrics.begin(), rule.metrics.end(),
                     [&](const auto& metric) { return metric.second == name; });
}

/// "Raised its outlook to $54 billion": what elsewhere raises money is the rule's own verb here.
bool is_own_word(const Scene& scene, const CompiledRule& rule, const Hit& measure) {
  if (rule.leads_with_figure()) return false;
  return std::any_of(rule.all.begin(), rule.all.end(), [&](const auto& any) {
    return std::any_of(any.begin(), any.end(), [&](ClassId id) {
      return scene.field.has(id, {measure.begin, measure.end});
    });
  });
}

/// The second of two contradicting readings is the first one's alternative, not another fact.
bool is_alternative(const Scene& scene, const PlacedFigure& placed) {
  const auto& others = placed.figure.alternatives;
  return std::any_of(scene.figures.begin(), scene.figures.end(), [&](const PlacedFigure& one) {
    return one.span.begin < placed.span.begin &&
           std::find(others.begin(), others.end(), one.figure.id) != others.end();
  });
}

/// "200억 달러 아님", "8200억원으로 보도했으나": what a correction takes back.
bool is_taken_back(const Beside& beside, std::string_view behind) {
  if (beside.taken_back_behind.begin(behind)) return true;
  const std::size_t to = beside.taken_back_to.begun(behind);
  return to > 0 && beside.taken_back_verb.begin(behind.substr(to));
}

/// "5조8430억원으로 집계돼 5조원을 넘겼다": a bound that a figure in front keeps anyway.
bool is_passed(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  const bool open = placed.figure.bound == model::Bound::kMoreThan && placed.figure.low;
  const auto twice = open ? placed.figure.low->plus(*placed.figure.low) : std::nullopt;
  if (!twice) return false;
  const auto front = scene.figures_in({sentence.begin, placed.span.begin});
  return std::any_of(front.begin(), front.end(), [&](std::size_t index) {
    const model::Figure& one = scene.figures[index].figure;
    const auto value = one.representative();
    return value && one.kind == placed.figure.kind && one.currency == placed.figure.currency &&
           *placed.figure.low <= *value && *value <= *twice;
  });
}

/// "1조483억원으로 처음 1조원을 넘어섰다": the mark that the figure in front has passed.
bool is_milestone(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  if (is_passed(scene, sentence, placed)) return true;
  const std::string_view before = scene.field.cut({sentence.begin, placed.span.begin});
  if (!scene.lexis.beside.milestone_before.end(before)) return false;
  const auto front = scene.figures_in({sentence.begin, placed.span.begin});
  return std::any_of(front.begin(), front.end(), [&](std::size_t index) {
    return scene.figures[index].figure.kind == placed.figure.kind;
  });
}

/// "$2 billion, not $20 billion", "2,416억원이 아니라 2,146억원"; "$52 billion, including $47 billion".
bool is_ruled_out(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  const std::string_view before =
      std::string_view(scene.field.normal.lower)
          .substr(sentence.begin, placed.span.begin - sentence.begin);
  const std::string_view behind = scene.field.text().substr(placed.span.end);
  const Beside& beside = scene.lexis.beside;
  return beside.ruled_out_before.end(before) || beside.ruled_out_behind.begin(behind) ||
         is_taken_back(beside, behind) || is_milestone(scene, sentence, placed);
}

/// "이 중 반도체에 47조원", "of which $40 billion": a part of the figure in front. "Of which Amazon
/// accounted for $131 billion" is Amazon's own.
bool is_part(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  const std::size_t reach =
      placed.span.begin > kPartReachBytes ? placed.span.begin - kPartReachBytes : 0;
  std::size_t from = std::max(sentence.begin, reach);
  for (const std::size_t other : scene.figures_in({from, placed.span.begin})) {
    from = std::max(from, scene.figures[other].span.end);
  }
  const ByteRange before{from, std::max(from, placed.span.begin)};
  const Hit* const part = scene.field.first(scene.lexis.part_before, before);
  return part != nullptr && scene.actors_in({part->end, before.end}).empty();
}

}  // namespace

bool fits_but_for_size(const CompiledRule& rule, const model::Figure& figure) {
  const auto& kinds = rule.figure_kinds;
  if (std::find(kinds.begin(), kinds.end(), figure.kind) == kinds.end()) return false;
  const bool per_share = figure.per == "share";
  const bool per_hour = figure.per == "hour" && has_metric(rule, kPerHour);
  if (per_share && !has_metric(rule, kPerShare)) return false;
  if (!per_share && !per_hour && !figure.per.empty()) return false;
  if (!per_share && rule.rule->metric == kPerShare) return false;
  if (!figure.converts.empty() || !figure.same_as.empty()) return false;
  if (figure.bound == model::Bound::kVague) return false;
  // "Lifted by $5 billion" says how much more, not how much.
  const bool change = figure.role == model::FigureRole::kChange;
  return !change || figure.kind != model::FigureKind::kMoney;
}

bool fits(const CompiledRule& rule, const model::Figure& figure) {
  if (!fits_but_for_size(rule, figure)) return false;
  const auto value = figure.representative();
  return !rule.least || figure.per == "share" || !value || value->magnitude() >= *rule.least;
}

bool is_set_aside(const Scene& scene, const ByteRange& sentence, const PlacedFigure& placed) {
  return is_alternative(scene, placed) || is_ruled_out(scene, sentence, placed) ||
         is_part(scene, sentence, placed);
}

std::optional<std::string> metric_by_figure(const Scene& scene, const ByteRange& sentence,
                                            const CompiledRule& rule,
                                            const PlacedFigure& placed) {
  const Hit* const measure = governing_measure(scene, sentence, placed);
  const auto metric =
      std::find_if(rule.metrics.begin(), rule.metrics.end(), [&](const auto& one) {
        return measure != nullptr && scene.field.has(one.first, {measure->begin, measure->end});
      });
  if (placed.figure.per == "share") {
    const bool property = metric != rule.metrics.end() && metric->second == kPerShareOfProperty;
    return std::string(property ? kPerShareOfProperty : kPerShare);
  }
  if (metric != rule.metrics.end()) return metric->second;
  const bool own = measure == nullptr || rule.metrics.empty() || is_own_word(scene, rule, *measure);
  return own ? std::optional(std::string()) : std::nullopt;
}

void hold_contradictions(const model::Figure& figure, model::Fact& fact) {
  for (const std::string_view flag : {"inconsistent_figure", "fx_off"}) {
    if (std::find(figure.flags.begin(), figure.flags.end(), flag) == figure.flags.end()) continue;
    fact.held = true;
    fact.flags.emplace_back(flag);
  }
}

}  // namespace wiremill::extract
