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
  ClassId range_between = kNoClass;
  ClassId range_to = kNoClass;
  ClassId exchange_rate = kNoClass;
  ClassId elided_won = kNoClass;
  ClassId loss = kNoClass;
  ClassId vague = kNoClass;
  ClassId change_before = kNoClass;
  ClassId change_after = kNoClass;
  ClassId scale_header = kNoClass;

  /// The name of the class of a hit in `named`, empty when it is in none.
  static std::string_view name_in(const Named& named, const Hit& hit);
};

}  // namespace wiremill::extract
