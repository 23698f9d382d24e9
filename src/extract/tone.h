#pragma once
// The tone of a document and of each company in it: what its clauses say (tone_units.h), with more
// weight on the headline and on what stands behind a "but", less on questions and lists. A company
// takes the tone of what is said of it: "A soars, B slumps", "A sues B", "A raises target for B".

#include <map>
#include <string_view>
#include <vector>

#include "extract/scene.h"
#include "extract/tone_units.h"
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
    double score = 0;   ///< of units, weighted
    double weight = 0;  ///< sum of their magnitudes
    double heaviest = 0;  ///< the greatest weight of a clause, before doubt and contrast
    int units = 0;
    void add(double unit, double times, double whole);
  };
  struct Weight {
    double now = 1;
    double whole = 1;  ///< before doubt and contrast
  };
  /// Actors that share what is said of them: "A, B and C fall".
  struct Side {
    ByteRange span;
    std::vector<std::uint32_t> companies;
    bool oblique = false;  ///< "by A", "A에": what happens, happens to another
  };
  /// A clause with what it says and of whom.
  struct Part {
    std::vector<ToneUnit> units;
    std::vector<Side> sides;
    Weight weight;
  };
  /// What weakens a sentence, and where.
  struct Turns {
    bool listing = false;
    bool flat = false;
    std::vector<std::uint32_t> contrasts;
    std::vector<std::uint32_t> doubts;
  };
  Turns turns_in(const Scene& scene, const ByteRange& sentence) const;
  std::vector<Part> parts_of(const Scene& scene, const ByteRange& sentence, double whole) const;
  static void favour_predicate(std::vector<Part>& parts);
  static void favour_events(std::vector<Part>& parts);
  void add_part(const Part& part, const Side* carried);
  void add_to_sides(const ToneUnit& unit, const std::vector<Side>& sides, const Side* carried,
                    Weight weight);
  void share(const std::vector<Part>& parts, std::string_view text);
  static std::vector<Side> sides_of(std::string_view text, const std::vector<Actor>& actors,
                                    const std::vector<ToneUnit>& units);
  static model::Tone tone(const Sum& sum);

  ToneWords words_;
  Sum document_;
  std::map<std::uint32_t, Sum> companies_;
};

}  // namespace wiremill::extract
