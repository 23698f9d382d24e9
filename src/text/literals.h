#pragma once
// Finds every one of many literals in one pass: a trie in one flat array, walked once from each
// place where a word may begin. In Latin text that is the start of a word; scripts written without
// spaces, and Korean with its glued words, begin at every character.
//
//   LiteralsBuilder builder;
//   const auto id = builder.add("설비투자");
//   Literals literals = std::move(builder).build();
//   literals.find(text, [](Match m) { … });     // every literal at every start, short ones first
//
// Cost: bytes of text times the length of the longest literal at worst; near one step a byte on
// real text, whatever the number of literals.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wiremill::text {

struct Match {
  std::size_t begin = 0;  ///< bytes of the text
  std::size_t end = 0;
  std::uint32_t id = 0;
};

/// Threads: immutable once built, safe from any.
class Literals {
 public:
  /// Calls `use(Match)` for every literal, by place and then by length; returns the steps taken.
  template <class Use>
  std::int64_t find(std::string_view text, Use&& use) const {
    std::int64_t steps = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!may_begin(text, at)) continue;
      std::int32_t node = 0;
      std::size_t i = at;
      for (; i < text.size(); ++i, ++steps) {
        node = child(node, static_cast<unsigned char>(text[i]));
        if (node < 0) break;
        const std::int32_t id = slots_[static_cast<std::size_t>(node)].id;
        if (id >= 0) use(Match{at, i + 1, static_cast<std::uint32_t>(id)});
      }
      ++steps;
    }
    return steps;
  }

 private:
  friend class LiteralsBuilder;

  static bool may_begin(std::string_view text, std::size_t at);
  std::int32_t child(std::int32_t node, unsigned char byte) const {
    const std::int64_t to = std::int64_t{slots_[static_cast<std::size_t>(node)].base} + byte;
    const bool own = slots_[static_cast<std::size_t>(to)].owner == node;
    return own ? static_cast<std::int32_t>(to) : -1;
  }

  /// All that a step asks of a node stands together: one fetch from memory a step.
  struct Slot {
    std::int32_t base = 0;    ///< where the node's children begin
    std::int32_t owner = -1;  ///< the parent of the node in this slot, -1 for none
    std::int32_t id = -1;     ///< the literal that ends here, -1 for none
  };
  std::vector<Slot> slots_;
};

/// Collects literals; an equal literal has an equal id. Ids count up from 0.
class LiteralsBuilder {
 public:
  /// Requires: literal not empty.
  std::uint32_t add(std::string_view literal);
  std::size_t size() const { return ids_.size(); }
  Literals build() &&;

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
};

}  // namespace wiremill::text
