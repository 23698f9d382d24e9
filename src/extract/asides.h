#pragma once
// Names that stand in an aside about another one: the Nvidia of "TSMC, which makes chips for
// Nvidia, plans …" and of "Foxconn, the biggest maker of Nvidia servers, raised …".
//
//   if (is_in_aside(scene, actors, actor, anchor)) cost += …;
//
// What the aside itself says stays with the names in it: no figure of its own is led away.

#include <vector>

#include "extract/scene.h"

namespace wiremill::extract {

/// Whether the aside opens behind another name, in front of `actor`, and closes before `anchor`.
bool is_in_aside(const Scene& scene, const std::vector<Actor>& actors, const Actor& actor,
                 const ByteRange& anchor);

}  // namespace wiremill::extract
