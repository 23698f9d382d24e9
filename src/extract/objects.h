#pragma once
// Whom a sentence is about when somebody else acts in it: the company that an analyst rates, an
// agency grades or a court fines. It stands behind the verb, or in front of a passive one.
//
//   bind_object(scene, clause, anchor);  // "Moody's cut its outlook on Oracle": Oracle
//
// It does not look into other clauses, and names nobody whom the clause does not name.

#include <optional>

#include "extract/binding.h"

namespace wiremill::extract {

/// The company that the words at `anchor` speak about; nothing where the clause names none.
std::optional<BoundSubject> bind_object(const Scene& scene, const ByteRange& clause,
                                        const ByteRange& anchor);

/// The subject that the next sentence of the same paragraph may leave out.
std::optional<Actor> carried_subject(const Scene& scene, const text::Sentence& sentence);

}  // namespace wiremill::extract
