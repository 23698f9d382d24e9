#pragma once
// The catalogue as `extract` uses it: the vocabulary, the numbers of the word classes that the
// code itself asks for, and the compiled rules.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/beside.h"
#include "extract/vocabulary.h"

namespace wiremill::extract {

/// Word classes, each with a name: what the rest of its id says. Asked for every word of a text, so
/// a class is looked up by its number.
class Named {
 public:
  Named() = default;
  Named(std::vector<std::pair<ClassId, std::string>> classes);  // NOLINT: a list with an index

  auto begin() const { return classes_.begin(); }
  auto end() const { return classes_.end(); }
  bool empty() const { return classes_.empty(); }
  /// The name of the class, empty for one that is not among them.
  std::string_view name_of(ClassId id) const {
    return id < place_.size() && place_[id] != 0 ? std::string_view(classes_[place_[id] - 1].second)
                                                 : std::string_view();
  }

 private:
  std::vector<std::pair<ClassId, std::string>> classes_;
  std::vector<std::uint16_t> place_;  ///< by class: its place in `classes_` + 1, 0 for none
};

/// Threads: immutable once built. Borrows: the catalogue.
struct Lexis {
  explicit Lexis(const catalog::Catalogue& from);

  const catalog::Catalogue& catalogue;
  Vocabulary vocabulary;
  Beside beside;

  Named bound_before;  ///< "about", "at_least", … before an amount
  Named bound_after;
  Named per_before;  ///< "share", "barrel", … before an amount
  Named per_after;
  Named link_prefixes;  ///< "corrected", "withdrawn", … in front of a headline
  Named forms;          ///< words that tell a form
  Named statuses;       ///< rungs of the ladder
  Named modalities;     ///< conditional, possible, hypothetical, question, opinion, recommendation
  Named newness;        ///< background, reiterated
  Named polarity;       ///< denial, negation, not_negation
  Named claimants;      ///< company, analyst, unnamed_source, …
  Named labels;         ///< in headings and table heads: hypothetical, recommendation, view, odds
  Named measures;       ///< what an amount measures: capex, revenue, backlog, …
  Named comparator_before;
  Named comparator_after;
  Named directions;     ///< up, down
  Named surprises;      ///< above, below, in_line
  Named countries;      ///< whose prices and rates: US, KR, …
  Named variants;       ///< incl_finance_leases
  Named paces;          ///< yoy, mom: what a print compares with
  Named price_moves;    ///< up, down, closed: verbs that move a share
  Named locations;      ///< sites: name of the class is the place
  Named disclosure_titles;  ///< contract, contract_ended, facility: what a form is
  Named result_rows;        ///< metrics: labels of rows in tables of results
  Named disclosure_versions;  ///< before, after: of a corrected form
  Named disclosure_labels;  ///< amount, party, start, …: what stands behind them
  ClassId clause_break = kNoClass;
  ClassId clause_begin = kNoClass;   ///< words that open a clause themselves
  ClassId group_total = kNoClass;
  ClassId group_unnamed = kNoClass;  ///< "3사": several companies, named elsewhere
  ClassId share_of = kNoClass;       ///< "몫" behind a name: what it has of another's figure
  ClassId buys = kNoClass;           ///< verbs of buying: who acts is the customer
  ClassId part_before = kNoClass;    ///< "of which", "이 중": the amount behind is a part
  ClassId orders_from = kNoClass;    ///< "발주": whom the particle marks is the one who sells
  ClassId counterparty = kNoClass;   ///< "customer", "고객사" beside a name: not the one who acts
  ClassId reported = kNoClass;       ///< "said", "plans": a "would" behind it is a plan
  ClassId not_conditional = kNoClass;
  ClassId past = kNoClass;           ///< verbs that tell what was, when no rung is named
  ClassId joint = kNoClass;          ///< several companies in one project
  ClassId forecast_of_possible = kNoClass;
  ClassId range_between = kNoClass;
  ClassId range_to = kNoClass;
  ClassId exchange_rate = kNoClass;
  ClassId elided_won = kNoClass;
  ClassId not_money = kNoClass;
  ClassId counter = kNoClass;
  ClassId loss = kNoClass;
  ClassId vague = kNoClass;
  ClassId change_before = kNoClass;
  ClassId change_after = kNoClass;
  ClassId scale_header = kNoClass;
  ClassId outflow = kNoClass;   ///< rows of what was spent
  ClassId withheld = kNoClass;  ///< a form keeps something back
  Named changes_before;  ///< change_before and change_after, as lists of one
  Named changes_after;

  /// The name of the class of a hit in `named`, empty when it is in none.
  static std::string_view name_in(const Named& named, const Hit& hit) {
    return hit.term == Term::kWord ? named.name_of(hit.index) : std::string_view();
  }
  /// The hit is a word of one of the classes.
  static bool is_in(const std::vector<ClassId>& classes, const Hit& hit) {
    return hit.term == Term::kWord &&
           std::find(classes.begin(), classes.end(), hit.index) != classes.end();
  }
};

}  // namespace wiremill::extract
