#pragma once
// One field with everything that was found in it: what the frames look at to build facts.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "extract/companies.h"
#include "extract/document.h"
#include "extract/figures.h"
#include "extract/lexis.h"
#include "extract/periods.h"
#include "model/facts_record.h"

namespace wiremill::extract {

/// Someone or something that can be the subject of a fact, where it stands.
struct Actor {
  ByteRange span;
  model::SubjectType type = model::SubjectType::kCompany;
  std::uint32_t index = 0;  ///< into catalogue.companies or .groups
  bool in_brackets = false;
};

/// What a sentence's place says about it: under a heading such as "scenarios" nothing is asserted.
struct Label {
  bool hypothetical = false;
  bool recommendation = false;
  bool view = false;   ///< an outlook of the writer's: counts in columns only
  bool odds = false;   ///< a column of probabilities
};

/// Borrows: all that it is made of. Threads: one.
class Scene {
 public:
  Scene(const FieldText& field, const std::vector<PlacedFigure>& figures,
        const std::vector<PlacedCompany>& companies, const Lexis& lexis);

  const FieldText& field;
  const std::vector<PlacedFigure>& figures;
  const Lexis& lexis;

  const std::vector<text::Sentence>& sentences() const { return field.sentences; }
  const Label& label(std::size_t sentence) const { return labels_[sentence]; }
  /// Companies and groups that stand in the range, by place.
  std::vector<Actor> actors_in(const ByteRange& range) const;
  /// Indices of the figures that begin in the range.
  std::vector<std::size_t> figures_in(const ByteRange& range) const;
  /// The parts of a sentence between contrasts, semicolons and dots of omission.
  std::vector<ByteRange> clauses(const ByteRange& sentence) const;

  /// The times that the sentence which begins there speaks of: what `read()` finds, asked once.
  template <class Read>
  const std::vector<PeriodMention>& periods(std::size_t sentence_begin, Read&& read) const {
    const auto [at, is_new] = periods_.try_emplace(sentence_begin);
    if (is_new) at->second = read();
    return at->second;
  }

  /// The first named hit in the range, and its name; the name is empty when there is none.
  std::pair<const Hit*, std::string_view> first_named(const Named& named,
                                                      const ByteRange& range) const;
  /// The hit of `named` nearest to the anchor within the range.
  std::pair<const Hit*, std::string_view> nearest_named(const Named& named, const ByteRange& range,
                                                        const ByteRange& anchor) const;
  /// The first hit of the class with this name, nullptr for none.
  const Hit* find_named(const Named& named, std::string_view name, const ByteRange& range) const;
  bool has_named(const Named& named, std::string_view name, const ByteRange& range) const {
    return find_named(named, name, range) != nullptr;
  }

 private:
  Label read_label(const text::Sentence& sentence) const;
  void find_shadowed();
  /// Stands inside a longer word for a measure: the 수주 of 수주잔고 is no order.
  bool is_shadowed(const Hit& hit) const {
    return shadowed_[static_cast<std::size_t>(&hit - field.hits.data())];
  }

  const std::vector<PlacedCompany>& companies_;
  std::vector<Label> labels_;
  std::vector<bool> shadowed_;  ///< by hit of the field
  mutable std::map<std::size_t, std::vector<PeriodMention>> periods_;  ///< by begin of sentence
};

/// A sentence, or for the value in a table of two columns its row: "수주잔고 | 730억 달러".
text::Sentence whole_row(const Scene& scene, std::size_t sentence);

/// Bytes between two ranges; 0 when they touch or overlap.
std::size_t distance(const ByteRange& a, const ByteRange& b);

}  // namespace wiremill::extract
