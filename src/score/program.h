#pragma once
// The catalogue made ready for folding: names turned into indexes, rules sorted by what a claim is
// about, known figures found by key.
//
//   auto program = compile(catalogue);
//   Topic topic = …;                       // what a claim is about
//   (*program)->watch(topic)               // which scopes look at it, by which rows and triggers

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "model/facts_record.h"

namespace wiremill::score {

/// What a claim is about: the part that all its mentions share.
struct Topic {
  bool tone = false;  ///< the tone of a document for a company, not a fact
  model::FactKind kind = model::FactKind::kCapex;
  model::SubjectType subject_type = model::SubjectType::kUnknown;
  std::string subject;  ///< id, or the text when there is no id
  std::string metric;
  bool plain = true;    ///< no segment, site, product or part: may stand for the whole company
  bool outside = false; ///< says an analyst
  std::string period;   ///< "FY2026"; empty when not said
  std::string period_before;  ///< "FY2025"; empty when there is no such period
};

/// A trigger of a pack that looks at a claim.
struct Watch {
  std::uint32_t pack = 0;
  std::uint32_t trigger = 0;
};

using References = std::vector<const catalog::Reference*>;  ///< oldest first

/// Who looks at a claim, and what is known already of what it is about.
struct Audience {
  std::vector<std::string> scopes;     ///< sorted
  std::vector<std::uint32_t> impacts;  ///< rows of the impact table
  std::vector<Watch> watches;
  const References* year_before = nullptr;  ///< the metric's known values a year before
  const References* revenue = nullptr;      ///< the subject's trailing revenue
  std::string_view main_sector;             ///< of the subject; empty when it has none
};

/// Threads: immutable once compiled, safe from any.
class Program {
 public:
  explicit Program(std::shared_ptr<const catalog::Catalogue> catalogue);

  const catalog::Catalogue& catalogue() const { return *catalogue_; }
  const catalog::Weights& weights() const { return catalogue_->weighing.weights; }
  const std::vector<catalog::Impact>& impacts() const { return catalogue_->weighing.impacts; }
  const std::vector<catalog::Pack>& packs() const { return catalogue_->weighing.packs; }

  /// The aspects of the impact table, sorted.
  const std::vector<std::string>& aspects() const { return aspects_; }
  /// Index into aspects(). Requires: an aspect of the impact table.
  std::uint32_t aspect(std::string_view name) const;

  Audience audience(const Topic& topic) const;
  /// Whether what the condition asks of a topic holds.
  bool looks_at(const catalog::Condition& when, const Topic& topic) const;
  /// The family a mention comes from: the outlet it quotes, else its publisher's.
  std::string family(const model::EventHeader& event, std::string_view via) const;
  /// Of a mention: by form for filings, press releases and columns, else by the family's tier.
  double credibility(const model::EventHeader& event, std::string_view family) const;
  base::Duration keep(model::FactKind kind) const;
  base::Duration keep_tone() const { return keep_tone_; }
  /// The longest that anything is kept.
  base::Duration keep_longest() const { return keep_longest_; }
  /// Known figures for a metric of a subject in a period, oldest first; nullptr when none.
  const References* references(std::string_view subject, std::string_view metric,
                               std::string_view period) const;

 private:
  void add_sectors(const Topic& topic, Audience& audience) const;
  void add_groups(const Topic& topic, Audience& audience) const;
  void add_packs(const Topic& topic, Audience& audience) const;

  std::shared_ptr<const catalog::Catalogue> catalogue_;
  std::vector<std::string> aspects_;
  std::map<std::string, double, std::less<>> credibility_;  ///< by family
  std::map<std::string, std::string, std::less<>> family_of_name_;
  std::map<std::string, References, std::less<>> references_;
  std::vector<base::Duration> keep_;  ///< by kind
  base::Duration keep_tone_{0};
  base::Duration keep_longest_{0};
};

base::Duration days(double count);

/// A number within the bounds that the catalogue sets for magnitudes.
double bounded(double magnitude, const catalog::Weights& weights);

}  // namespace wiremill::score
