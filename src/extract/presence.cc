#include "extract/presence.h"

#include <algorithm>

namespace wiremill::extract {

const std::vector<const CompiledRule*>& Presence::look(const Scene& scene,
                                                       const std::vector<CompiledRule>& rules,
                                                       const ByteRange& sentence) {
  awake_.clear();
  ++now_;
  bool any = false;
  for (const Hit& hit : scene.field.hits_in(sentence)) {
    if (hit.term != Term::kWord || hit.end > sentence.end) continue;
    if (hit.index >= seen_.size()) seen_.resize(hit.index + 1, 0);
    seen_[hit.index] = now_;
    any = true;
  }
  if (!any) return awake_;
  for (const CompiledRule& rule : rules) {
    if (is_awake(rule)) awake_.push_back(&rule);
  }
  return awake_;
}

bool Presence::any_stands(const std::vector<ClassId>& classes) const {
  return std::any_of(classes.begin(), classes.end(),
                     [&](ClassId id) { return id < seen_.size() && seen_[id] == now_; });
}

bool Presence::is_awake(const CompiledRule& rule) const {
  const auto stands = [&](const auto& classes) { return any_stands(classes); };
  if (!std::all_of(rule.all.begin(), rule.all.end(), stands)) return false;
  // What excludes a rule of clauses may stand in another clause.
  const bool by_clause = rule.is_tagged("in_clause") ||
                         (!rule.leads_with_figure() && rule.rule->reach == "clause" &&
                          !rule.reads_prints()) ||
                         rule.is_share_move();
  return by_clause || !any_stands(rule.none);
}

}  // namespace wiremill::extract
