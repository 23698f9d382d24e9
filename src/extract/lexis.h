#pragma once
// The catalogue as `extract` uses it: the vocabulary, the numbers of the word classes that the
// code itself asks for, and the compiled rules.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/vocabulary.h"

namespace wiremill::extract {

/// Word classes that share a prefix, each with what its name says.
using Named = std::vector<std::pair<ClassId, std::string>>;

/// Threads: immutable once built. Borrows: the catalogue.
struct Lexis {
  explicit Lexis(const catalog::Catalogue& from);

  const catalog::Catalogue& catalogue;
  Vocabulary vocabulary;

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
  Named locations;      ///< sites: name of the class is the place
  ClassId clause_break = kNoClass;
  ClassId clause_begin = kNoClass;   ///< words that open a clause themselves
  ClassId group_total = kNoClass;
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

  /// The name of the class of a hit in `named`, empty when it is in none.
  static std::string_view name_in(const Named& named, const Hit& hit);
};

}  // namespace wiremill::extract
