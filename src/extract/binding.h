#pragma once
// Whose a figure or a word is: its subject, and the other parties.
//
//   auto bound = bind_subject(scene, sentence, clause, anchor, "company", fallback);
//   fact.parties = bind_parties(scene, clause, *bound, role);
//
// What a figure measures is said in governing_measure.h.

#include <optional>
#include <string>
#include <vector>

#include "catalog/reading.h"
#include "extract/scene.h"
#include "model/fact.h"

namespace wiremill::extract {

struct BoundSubject {
  model::Subject subject;
  std::optional<std::uint32_t> company;  ///< index into the catalogue's companies
  ByteRange span;                        ///< empty when it stands outside the sentence
  bool borrowed = false;  ///< from the sentence before, the headline or the symbols
};

/// What the fields outside the sentence offer as a subject.
struct Fallback {
  std::optional<Actor> before;           ///< last subject of the paragraph
  std::optional<std::uint32_t> company;  ///< the one company of headline or symbols
  std::string unknown;  ///< a symbol or a name in front of a headline that no catalogue entry has
  bool unknown_has_symbol = false;  ///< the event gave it: fit to be an id
};

/// "45%가 오픈AI 몫이다": the name has a share of a figure that is another's.
bool has_a_share(const Scene& scene, const Actor& actor);

/// The subject of what stands at `anchor`. `kinds` is the rule's: company, group, company_or_group.
std::optional<BoundSubject> bind_subject(const Scene& scene, const ByteRange& sentence,
                                         const ByteRange& clause, const ByteRange& anchor,
                                         const std::string& kinds, const Fallback& fallback);

/// Other companies of the clause, with the role opposite to the subject's.
std::vector<model::Party> bind_parties(const Scene& scene, const ByteRange& clause,
                                       const BoundSubject& subject,
                                       std::optional<model::Role> role);

/// The subject as it stands in the record.
model::Subject subject_of(const Scene& scene, const Actor& actor);

/// Subjects that a rule names itself: an institution, a country, nobody.
std::optional<BoundSubject> fixed_subject(const Scene& scene, const catalog::Rule& rule,
                                          const ByteRange& sentence, const ByteRange& anchor);

}  // namespace wiremill::extract
