#include "text/literals.h"

#include <algorithm>

#include "base/assert.h"
#include "text/utf8.h"

namespace wiremill::text {
namespace {

constexpr std::size_t kAlphabet = 256;

/// A range of sorted keys that share their first `depth` bytes, and the node that stands for them.
struct Range {
  std::size_t begin;
  std::size_t end;
  std::size_t depth;
  std::int32_t node;
};

struct Edge {
  unsigned char byte;
  std::size_t begin;
  std::size_t end;
};

using Keys = std::vector<std::pair<std::string, std::uint32_t>>;

std::vector<Edge> edges_of(const Keys& keys, const Range& range) {
  std::vector<Edge> edges;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const auto byte = static_cast<unsigned char>(keys[i].first[range.depth]);
    if (edges.empty() || edges.back().byte != byte) edges.push_back({byte, i, i});
    edges.back().end = i + 1;
  }
  return edges;
}

/// Where free slots are sought: the first free one moves on, so that building stays near linear.
class Slots {
 public:
  explicit Slots(std::vector<std::int32_t>& owner) : owner_(owner) {}

  std::int32_t place(const std::vector<Edge>& edges) {
    while (first_ < owner_.size() && owner_[first_] != kFree) ++first_;
    std::size_t slot = std::max<std::size_t>(first_, edges.front().byte + std::size_t{1});
    std::size_t tried = 0;
    for (;; ++slot) {
      const std::size_t base = slot - edges.front().byte;
      grow(base + kAlphabet);
      const bool fits = std::all_of(edges.begin(), edges.end(), [&](const Edge& edge) {
        return owner_[base + edge.byte] == kFree;
      });
      if (fits) return static_cast<std::int32_t>(base);
      // A crowded stretch is given up: a little memory for a bounded search.
      if (++tried == kTriesMax) first_ = slot;
    }
  }

  static constexpr std::int32_t kFree = -1;

 private:
  static constexpr std::size_t kTriesMax = 64;
  void grow(std::size_t size) {
    if (owner_.size() < size) owner_.resize(std::max(size, owner_.size() * 2), kFree);
  }
  std::vector<std::int32_t>& owner_;
  std::size_t first_ = 1;
};

}  // namespace

bool Literals::may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_word(c)) {
    return at == 0 || !is_word(text[at - 1]) || (is_digit(text[at - 1]) && !is_digit(c));
  }
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
}

std::uint32_t LiteralsBuilder::add(std::string_view literal) {
  WIREMILL_ASSERT(!literal.empty());
  return ids_.emplace(literal, static_cast<std::uint32_t>(ids_.size())).first->second;
}

Literals LiteralsBuilder::build() && {
  Keys keys(ids_.begin(), ids_.end());
  std::sort(keys.begin(), keys.end());
  std::vector<std::int32_t> base(1, 0);
  std::vector<std::int32_t> owner(kAlphabet * 2, Slots::kFree);
  std::vector<std::int32_t> ids_at(1, -1);
  Slots slots(owner);
  std::vector<Range> open{{0, keys.size(), 0, 0}};
  owner[0] = 0;
  while (!open.empty()) {
    Range range = open.back();
    open.pop_back();
    const auto node = static_cast<std::size_t>(range.node);
    if (base.size() < owner.size()) {
      base.resize(owner.size(), 0);
      ids_at.resize(owner.size(), -1);
    }
    while (range.begin < range.end && keys[range.begin].first.size() == range.depth) {
      ids_at[node] = static_cast<std::int32_t>(keys[range.begin++].second);
    }
    const auto edges = edges_of(keys, range);
    if (edges.empty()) continue;
    const std::int32_t first = slots.place(edges);
    base[node] = first;
    for (const Edge& edge : edges) {
      const std::int32_t child = first + edge.byte;
      owner[static_cast<std::size_t>(child)] = range.node;
      open.push_back({edge.begin, edge.end, range.depth + 1, child});
    }
  }
  base.resize(owner.size(), 0);
  ids_at.resize(owner.size(), -1);
  // A walk never leaves the arrays: every base has a whole alphabet behind it.
  const auto largest = *std::max_element(base.begin(), base.end());
  owner.resize(std::max(owner.size(), static_cast<std::size_t>(largest) + kAlphabet),
               Slots::kFree);
  Literals out;
  out.slots_.resize(owner.size());
  for (std::size_t i = 0; i < owner.size(); ++i) {
    out.slots_[i] = {i < base.size() ? base[i] : 0, owner[i], i < ids_at.size() ? ids_at[i] : -1};
  }
  return out;
}

}  // namespace wiremill::text
