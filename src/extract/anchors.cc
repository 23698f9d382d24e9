#include "extract/anchors.h"

namespace wiremill::extract {
namespace {

/// The nearest word of the classes that is not a part of the lead or the lead of it: the 전망치 of
/// "전망치 상회" is what was beaten, not a forecast of its own.
std::optional<ByteRange> nearest(const Scene& scene, const std::vector<ClassId>& classes,
                                 const ByteRange& scope, const ByteRange& to) {
  std::optional<ByteRange> best;
  std::size_t best_gap = scope.end;
  for (const Hit& hit : scene.field.hits_in(scope)) {
    if (hit.end > scope.end || !Lexis::is_in(classes, hit)) continue;
    const ByteRange span{hit.begin, hit.end};
    const bool overlaps = span.begin < to.end && to.begin < span.end;
    if (overlaps || distance(span, to) >= best_gap) continue;
    best_gap = distance(span, to);
    best = span;
  }
  return best;
}

}  // namespace

std::optional<ByteRange> anchor_of(const Scene& scene, const CompiledRule& rule,
                                   const ByteRange& scope) {
  std::optional<ByteRange> best;
  for (const Hit& lead : scene.field.hits_in(scope)) {
    if (!Lexis::is_in(rule.all.front(), lead)) continue;
    ByteRange span{lead.begin, lead.end};
    bool complete = true;
    for (std::size_t i = 1; i < rule.all.size() && complete; ++i) {
      const auto near = nearest(scene, rule.all[i], scope, {lead.begin, lead.end});
      complete = near.has_value();
      if (near) span = {std::min(span.begin, near->begin), std::max(span.end, near->end)};
    }
    if (!complete) continue;
    const auto length = static_cast<int>(scene.field.span(span).end -
                                         scene.field.span(span).start);
    if (rule.rule->within > 0 && length > rule.rule->within) continue;
    if (!best || span.end - span.begin < best->end - best->begin) best = span;
  }
  return best;
}

}  // namespace wiremill::extract
