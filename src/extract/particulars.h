#pragma once
// The single attributes of a fact, each read from the words around its anchor.

#include <optional>
#include <string>

#include "extract/circumstances.h"
#include "extract/frames.h"

namespace wiremill::extract {

/// A sentence with what surrounds it.
struct Place {
  const Scene& scene;
  const Setting& setting;
  std::size_t sentence;
};

std::string metric_of(const Scene& scene, const CompiledRule& rule, const ByteRange& clause,
                      const ByteRange& measure);

/// The period nearest to the anchor in its clause, else in its sentence; a figure fact may take the
/// year of the sentence before.
std::optional<model::Period> period_of(const Place& place, const ByteRange& clause,
                                       const ByteRange& anchor,
                                       std::optional<std::uint32_t> company,
                                       const CompiledRule& rule);

model::Qualifier qualifier_of(const Scene& scene, const CompiledRule& rule,
                              const ByteRange& clause, const ByteRange& anchor);

/// The rule's role, or the customer's where the text tells of buying.
std::optional<model::Role> role_of(const Scene& scene, const CompiledRule& rule,
                                   const ByteRange& clause);

/// An ending that is only a rumour or a thought has not happened: it must not count as one.
model::Modality settled_modality(const CompiledRule& rule, const Circumstances& how);

model::Status settled_status(const CompiledRule& rule, const Circumstances& how,
                             const model::Fact& fact);

model::Claimant claimant_of(const Setting& setting, const Circumstances& how,
                            const model::Fact& fact);

/// Further figures of the clause: power, units, term, change.
void add_measures(const Scene& scene, const ByteRange& clause, std::size_t figure,
                  model::Fact& fact);

}  // namespace wiremill::extract
