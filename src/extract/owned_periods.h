#pragma once
// Which period stands right behind which figure.
//
//   "$13.8 billion in fiscal 2025, and $20 billion in fiscal 2026": each has the one behind it.
//   "$77.7 billion and $128.3 billion in 2024 and 2025": the first has the first.
//
// It does not look at clauses or at periods in front of a figure; where no period is a figure's
// own, the nearest one is taken by the caller.

#include <optional>
#include <vector>

#include "extract/periods.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// Where the figure ends that the period stands right behind; nothing when it stands behind none.
std::optional<std::size_t> end_of_owner(const Scene& scene, const PeriodMention& mention);

/// The period that belongs to the figure at `anchor` by its place; nullptr when none does.
/// Requires: `mentions` in the order of the text.
const PeriodMention* owned_period(const Scene& scene, const std::vector<PeriodMention>& mentions,
                                  const ByteRange& anchor);

}  // namespace wiremill::extract
