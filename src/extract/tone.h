#pragma once
// The tone of a document and of each company in it, from the catalogue's phrases: clause by clause,
// with negation, with the weight on what stands behind a "but", and with a company taking the tone
// of the clauses that name it.

#include <map>

#include "extract/scene.h"
#include "model/fact.h"

namespace wiremill::extract {

/// Adds up clauses of both fields, then gives the tones. Threads: one.
class ToneReader {
 public:
  explicit ToneReader(const Lexis& lexis);

  void add(const Scene& scene);
  model::Tone document() const;
  model::Tone company(std::uint32_t index) const;

 private:
  struct Sum {
    double score = 0;   ///< of phrases, weighted
    double weight = 0;  ///< sum of their magnitudes
    int phrases = 0;
  };
  Sum read_clause(const Scene& scene, const ByteRange& clause) const;
  bool is_negated(const Scene& scene, const ByteRange& clause, const Hit& hit) const;
  static model::Tone tone(const Sum& sum);

  const Lexis& lexis_;
  ClassId contrast_;
  ClassId negation_before_;
  ClassId negation_after_;
  Sum document_;
  std::map<std::uint32_t, Sum> companies_;
};

}  // namespace wiremill::extract
