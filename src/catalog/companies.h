#pragma once
// Who is who: companies, the groups they form and the sectors they belong to.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace wiremill::catalog {

/// A company, listed or private. Names are matched by `extract`; ids are firm ("AMZN", "OPENAI").
struct Company {
  std::string id;
  std::string ticker;    ///< empty for a private company
  std::string exchange;  ///< "NASDAQ", "NYSE", "KRX", …
  std::string name;      ///< the name to show
  std::string name_ko;
  std::vector<std::string> aliases;  ///< every written form, both languages, without particles
  /// Short forms that may mean another company too ("MS"): candidates, no signal without context.
  std::vector<std::string> ambiguous;
  std::string country;  ///< ISO 3166 alpha-2
  std::vector<std::string> sectors;  ///< ids of sectors, the main one first
  int fiscal_year_end_month = 12;    ///< 1…12
  /// The ticker is also a common word (ALL, ON, BE): it needs a second cue in the text.
  bool ticker_is_word = false;
  std::optional<base::Instant> valid_from;  ///< names and ticker hold on story dates in here
  std::optional<base::Instant> valid_to;
};

/// A set of companies spoken of as one ("hyperscalers").
struct Group {
  std::string id;
  std::string name;
  std::string name_ko;
  std::vector<std::string> aliases;
  std::vector<std::string> members;  ///< company ids
};

struct Sector {
  std::string id;
  std::string name;
  std::string name_ko;
};

}  // namespace wiremill::catalog
