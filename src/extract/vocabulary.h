#pragma once
// Every literal of the catalogue in one matcher: company names, groups, instruments, outlets, word
// classes, currencies, units, tone phrases. One pass over a text gives all their hits.
//
//   Vocabulary vocabulary(catalogue, mistakes);
//   std::vector<Hit> hits = vocabulary.hits(normal, steps);   // by place

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "text/literals.h"
#include "text/normal.h"

namespace wiremill::extract {

enum class Term : std::uint8_t {
  kWord,         ///< index: word class
  kCompany,      ///< index: into catalogue.companies; a full name or alias
  kAmbiguous,    ///< the same, a name that others share
  kTicker,       ///< the same, by its ticker or code
  kGroup,        ///< into catalogue.groups
  kInstrument,   ///< into reading.instruments
  kExchange,     ///< into catalogue.exchanges
  kOutlet,       ///< into reading.publishers, as other outlets cite it
  kMoneyBefore,  ///< into reading.currencies
  kMoneyAfter,
  kCents,
  kMoneyDoubtful,
  kMoneyLarge,  ///< words that mean money beside a magnitude only: "million pounds"
  kMoneyMillions,  ///< "MEUR", "EURm": a currency with its magnitude
  kUnit,     ///< into reading.units
  kLexicon,  ///< into reading.lexicon
};

/// A literal of the catalogue where it stands in the normalised text, edges already checked.
struct Hit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Term term = Term::kWord;
  std::uint32_t index = 0;
};

/// The number of a word class; kNoClass for one that the catalogue does not have.
using ClassId = std::uint32_t;
inline constexpr ClassId kNoClass = 0xFFFFFFFF;

/// Threads: immutable once built, safe from any. Borrows: the catalogue.
class Vocabulary {
 public:
  explicit Vocabulary(const catalog::Catalogue& catalogue);

  /// Sorted by begin, then by end (longer first).
  std::vector<Hit> hits(const text::NormalText& normal, std::int64_t& steps) const;

  ClassId class_of(std::string_view id) const;
  /// Companies with this ticker or code, today's or an earlier one; indices, by id.
  std::span<const std::uint32_t> companies_of(std::string_view ticker) const;
  /// Classes whose id starts with the prefix: "status." gives every rung with its name.
  std::vector<std::pair<ClassId, std::string>> classes_under(std::string_view prefix) const;

 private:
  struct Entry {
    Term term;
    std::uint32_t index;
    bool left_edge = false;    ///< a Korean word that must begin a word
    bool right_edge = false;   ///< … that must end one (particles do not count)
    bool any_ending = false;   ///< Latin: no edge on the right
    bool exact_case = false;   ///< the text must stand as `written`
    bool any_capitals = false; ///< … or begin with a capital: "Infy" for INFY
    bool capital = false;      ///< a name: it must not begin in lower case
    bool company = false;      ///< a company's name: more may follow it than a particle
    std::string written = {};
  };

  void add_words(const catalog::Reading& reading, text::LiteralsBuilder& builder);
  void add_money(const catalog::Reading& reading, text::LiteralsBuilder& builder);
  void add_code(const catalog::Currency& currency, std::uint32_t index,
                text::LiteralsBuilder& builder);
  void add_company(const catalog::Company& company, std::uint32_t index,
                   text::LiteralsBuilder& builder);
  void add_companies(const catalog::Catalogue& catalogue, text::LiteralsBuilder& builder);
  void add_names(const catalog::Catalogue& catalogue, text::LiteralsBuilder& builder);
  void add(std::string_view written, Entry entry, text::LiteralsBuilder& builder);
  bool stands(const Entry& entry, const text::NormalText& normal, const text::Match& match) const;

  std::map<std::string, ClassId, std::less<>> classes_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_ticker_;
  std::vector<std::vector<Entry>> entries_;  ///< by literal
  text::Literals literals_;
};

/// What stands at `at` is the end of a Korean name or noun: no Hangul, or particles and then none.
bool ends_word(std::string_view text, std::size_t at);
/// The same for a company's name, behind which more than particles may stand: 엔비디아발, 테슬라주가.
bool ends_company(std::string_view text, std::size_t at);
/// Bytes of the particles that stand at `at`, 0 for none.
std::size_t particles_length(std::string_view text, std::size_t at);

}  // namespace wiremill::extract
