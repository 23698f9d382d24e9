#pragma once
// Who is who: companies, where they are listed, the groups they form, the sectors they belong to,
// and the words that are names of companies as well.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace wiremill::catalog {

/// A name or ticker that holds on story dates in [from, to) only: Facebook's FB, today's META.
struct DatedName {
  std::string written;
  bool is_ticker = false;
  std::optional<base::Instant> from;
  std::optional<base::Instant> to;
};

/// A company, listed or private. Names are matched by `extract`; ids are firm ("AMZN", "OPENAI").
struct Company {
  std::string id;
  std::string ticker;    ///< today's; empty for a private company
  std::string exchange;  ///< id of an exchange; of a list that names another place, as it names it
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
  std::vector<DatedName> dated;  ///< what `aliases` and `ticker` hold without a date, with theirs
  std::optional<base::Instant> valid_from;  ///< names and ticker hold on story dates in here
  std::optional<base::Instant> valid_to;
  /// From an imported list alone. Its ticker is one of thousands and needs a second cue.
  bool is_imported = false;
  /// Names that a list gave. Whoever brings a list says whom he means: they win over the others.
  std::vector<std::string> listed_names;
  std::string place = {};  ///< file and line, for error texts

  /// The name or ticker may stand for this company in a story of that date.
  /// Case and spaces of `written` do not matter.
  bool holds(std::string_view written, base::Instant at) const;
  /// The ticker on that date; empty when it had none.
  std::string ticker_at(base::Instant at) const;
};

/// A market. "KOSPI", "KOSDAQ" and "코스피" are names of one: their codes are of one numbering.
struct Exchange {
  std::string id;
  std::vector<std::string> names;     ///< the id among them
  std::vector<std::string> suffixes;  ///< behind a symbol: "KS" of "000660.KS", "O" of "AMZN.O"
  std::string country;
  std::string place = {};  ///< file and line, for error texts
};

/// A set of companies spoken of as one ("hyperscalers").
struct Group {
  std::string id;
  std::string name;
  std::string name_ko;
  std::vector<std::string> aliases;
  std::vector<std::string> members;  ///< company ids
  std::string place = {};            ///< file and line, for error texts
};

/// Words that a company may be called by and that mostly mean something else; ASCII in lower case.
struct NameWords {
  using Words = std::set<std::string, std::less<>>;
  Words common;   ///< as tickers, and as short names without their capitals
  Words plain;    ///< names that are words: 대상, Target
  Words groups;   ///< a whole group's name that its holding bears too: 한화
  Words given;    ///< first names of people
  Words plurals;  ///< names that an "s" makes a plural: Apples
};

struct Sector {
  std::string id;
  std::string name;
  std::string name_ko;
  std::string place = {};  ///< file and line, for error texts
};

}  // namespace wiremill::catalog
