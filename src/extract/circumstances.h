#pragma once
// How a statement is made: how firm (status), in what mode (modality), how new, denied or not, and
// by whom. Read from the words around it and from where it stands.

#include <optional>
#include <string>

#include "extract/scene.h"
#include "model/fact.h"

namespace wiremill::extract {

struct Circumstances {
  std::optional<model::Status> status;  ///< none: the text does not say
  model::Modality modality = model::Modality::kAsserted;
  model::Newness newness = model::Newness::kNew;
  model::Polarity polarity = model::Polarity::kAffirmed;
  std::optional<model::ClaimantType> claimant;
  std::string claimant_text;
  std::string why;  ///< for the trace: the words that decided
};

/// `anchor` is the figure or the word that the fact hangs on; `clause` the part of the sentence
/// that it stands in.
Circumstances read_circumstances(const Scene& scene, std::size_t sentence, const ByteRange& clause,
                                 const ByteRange& anchor, model::Form form);

}  // namespace wiremill::extract
