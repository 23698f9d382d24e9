#pragma once
// Korean disclosure forms: 단일판매ㆍ공급계약체결, its end (해지), 신규시설투자등. Each is a title and rows
// of a label and its value, and is one fact: who, with whom, how much, from when to when.
//
//   계약금액(원) : 15,000,000,000     계약상대방 : …     시작일 : 2026-02-20
//
// Of a corrected form the last value of a label counts. What the form withholds stays open and is
// flagged; nothing is guessed.

#include <vector>

#include "extract/frames.h"

namespace wiremill::extract {

/// The rules that such facts name: they are none of the catalogue's.
inline constexpr std::string_view kContractDisclosure = "disclosure.contract";
inline constexpr std::string_view kContractEndDisclosure = "disclosure.contract_ended";
inline constexpr std::string_view kFacilityDisclosure = "disclosure.facility";

/// The company that a filing is by: of the catalogue, or by its name alone. Without both when the
/// event names none.
model::Subject issuer_subject(const Setting& setting);

/// Adds the fact of the form, when the event is a filing with such a title; what rules read of the
/// same form out of its words goes.
void read_disclosure(const Scene& headline, const Scene& body, const Setting& setting,
                     std::vector<PlacedFact>& facts);

}  // namespace wiremill::extract
