#include "extract/presence.h"

#include <algorithm>
#include <utility>

namespace wiremill::extract {

RuleIndex::RuleIndex(const std::vector<CompiledRule>& rules) : rules_(&rules) {
  const auto is_smaller = [](const auto& a, const auto& b) { return a.size() < b.size(); };
  for (std::uint32_t position = 0; position < rules.size(); ++position) {
    by_id_.emplace(rules[position].rule->id, position);
    const auto& all = rules[position].all;
    if (all.empty()) {
      always_.push_back(position);
      continue;
    }
    for (const ClassId id : *std::min_element(all.begin(), all.end(), is_smaller)) {
      if (id >= by_class_.size()) by_class_.resize(id + 1);
      by_class_[id].push_back(position);
    }
  }
}

const CompiledRule* RuleIndex::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &rule(found->second);
}

const std::vector<std::uint32_t>& RuleIndex::woken_by(ClassId id) const {
  static const std::vector<std::uint32_t> none;
  return id < by_class_.size() ? by_class_[id] : none;
}

const std::vector<const CompiledRule*>& Presence::look(const Scene& scene, const RuleIndex& index,
                                                       const ByteRange& sentence) {
  awake_.clear();
  near_.clear();
  ++now_;
  bool any = false;
  for (const Hit& hit : scene.field.hits_in(sentence)) {
    if (hit.term != Term::kWord || hit.end > sentence.end) continue;
    any = true;
    if (hit.index >= seen_.size()) seen_.resize(hit.index + 1, 0);
    if (std::exchange(seen_[hit.index], now_) == now_) continue;
    const auto& woken = index.woken_by(hit.index);
    near_.insert(near_.end(), woken.begin(), woken.end());
  }
  if (!any) return awake_;
  near_.insert(near_.end(), index.always().begin(), index.always().end());
  std::sort(near_.begin(), near_.end());
  near_.erase(std::unique(near_.begin(), near_.end()), near_.end());
  for (const std::uint32_t position : near_) {
    if (is_awake(index.rule(position))) awake_.push_back(&index.rule(position));
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
