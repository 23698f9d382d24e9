#pragma once
// Which rules the words of a sentence wake. Asked in every sentence, and most words wake nothing:
// a class leads to the few rules that need it, and only those are looked at.
//
//   const RuleIndex index(rules);                        // once
//   for (const CompiledRule* rule : presence.look(scene, index, sentence)) …

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// The rules by id, and by the classes of one list that they need a word of. Threads: any.
/// Borrows: the rules.
class RuleIndex {
 public:
  RuleIndex() = default;
  explicit RuleIndex(const std::vector<CompiledRule>& rules);

  /// Positions in the rules. Those that the class may wake, and those without such a list.
  const std::vector<std::uint32_t>& woken_by(ClassId id) const;
  const std::vector<std::uint32_t>& always() const { return always_; }
  const CompiledRule& rule(std::uint32_t position) const { return (*rules_)[position]; }
  /// The rule with this id; nullptr for a fact that no rule of the catalogue made.
  const CompiledRule* find(std::string_view id) const;

 private:
  const std::vector<CompiledRule>* rules_ = nullptr;
  std::vector<std::vector<std::uint32_t>> by_class_;
  std::vector<std::uint32_t> always_;
  std::map<std::string_view, std::uint32_t> by_id_;
};

/// Threads: one. Memory: one number a word class.
class Presence {
 public:
  /// The rules of which each list has a word in the sentence and whose forbidden words do not stand
  /// there, in their order. Borrows: until the next call.
  const std::vector<const CompiledRule*>& look(const Scene& scene, const RuleIndex& index,
                                               const ByteRange& sentence);

 private:
  bool any_stands(const std::vector<ClassId>& classes) const;
  bool is_awake(const CompiledRule& rule) const;

  std::vector<std::uint64_t> seen_;  ///< by class: the last look that found it
  std::uint64_t now_ = 0;
  std::vector<std::uint32_t> near_;  ///< rules that a class of this look may wake
  std::vector<const CompiledRule*> awake_;
};

}  // namespace wiremill::extract
