#pragma once
// Finds every one of many literals in one pass: a trie in two flat arrays, walked once from each
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
        const std::int32_t id = ids_[static_cast<std::size_t>(node)];
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
    const std::int64_t to = std::int64_t{base_[static_cast<std::size_t>(node)]} + byte;
    return owner_[static_cast<std::size_t>(to)] == node ? static_cast<std::int32_t>(to) : -1;
  }

  std::vector<std::int32_t> base_;   ///< of a node: where its children begin
  std::vector<std::int32_t> owner_;  ///< of a slot: the parent of the node in it, -1 for none
  std::vector<std::int32_t> ids_;    ///< of a node: the literal that ends there, -1 for none
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
