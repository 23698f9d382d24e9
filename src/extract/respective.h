#pragma once
// "매출과 영업이익은 각각 10조원, 1조원", "A와 B가 각각 5억달러와 3억달러를": as many amounts as names, in the
// same order. Here the nearest name is the wrong one.
//
//   if (auto own = respective_subject(scene, sentence, placed)) …   // A for 5억달러
//
// It counts and compares, no more: a list of another length says nothing about who owns what.

#include <optional>
#include <string>

#include "extract/binding.h"
#include "extract/rules.h"
#include "extract/scene.h"

namespace wiremill::extract {

/// The measure at the figure's place in a list of measures; nullptr when there is no such list.
const Hit* respective_measure(const Scene& scene, const ByteRange& sentence,
                              const PlacedFigure& placed);

/// The same for companies, where "each" stands between them and the figures.
std::optional<BoundSubject> respective_subject(const Scene& scene, const ByteRange& sentence,
                                               const PlacedFigure& placed);

/// "삼성전자에 장비를 공급한다", and nobody else is named: whom the particle marks does not act.
bool is_other_side(const Scene& scene, const ByteRange& sentence, const CompiledRule& rule,
                   const BoundSubject& bound);

/// "… 계약을 맺었다. 금액은 210억 달러다.": the id of the one amount of a next sentence that begins with
/// such a word and names nobody; empty for none.
std::string sum_behind(const Scene& scene, std::size_t sentence, const CompiledRule& rule);

}  // namespace wiremill::extract
