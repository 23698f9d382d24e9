#pragma once
// Which rules the words of a sentence wake. Asked for every rule in every sentence, so a class is
// looked up by its number and nothing is searched.

#include <cstdint>
#include <vector>

#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// Threads: one. Memory: one number a word class.
class Presence {
 public:
  /// The rules of which each list has a word in the sentence and whose forbidden words do not stand
  /// there, in their order. Borrows: until the next call.
  const std::vector<const CompiledRule*>& look(const Scene& scene,
                                               const std::vector<CompiledRule>& rules,
                                               const ByteRange& sentence);

 private:
  bool any_stands(const std::vector<ClassId>& classes) const;
  bool is_awake(const CompiledRule& rule) const;

  std::vector<std::uint64_t> seen_;  ///< by class: the last look that found it
  std::uint64_t now_ = 0;
  std::vector<const CompiledRule*> awake_;
};

}  // namespace wiremill::extract
