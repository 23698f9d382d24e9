#pragma once
// What `extract` needs to know besides companies: who publishes, what is measured, the words that
// carry status, modality and tone, how amounts are written, and the rules that join them to facts.
//
// Words are written as they stand in text, without case. "rais{e,es,ed}" stands for each of its
// forms; "|" at an end of a Korean word asks for the edge of a word there ("|약|"), "*" at the end
// of an English one for any ending ("acceler*"). Particles need not be listed.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wiremill::catalog {

/// A publisher family: the unit of independent confirmation.
struct Publisher {
  std::string family;                ///< "reuters"
  std::string name;                  ///< to show
  std::string tier;                  ///< filing, company, wire, daily, aggregator, column
  std::vector<std::string> names;    ///< as publishers and sources are written, without case
  std::vector<std::string> quoted;   ///< as other outlets cite it in text
  std::vector<std::string> domains;  ///< "reuters.com"
  std::string place = {};  ///< file and line, for error texts
};

struct Metric {
  std::string id;
  std::string name;
  std::string name_ko;
  std::string unit;  ///< currency, percent, percentage_points, basis_points, days, …
  double low = -1e308;  ///< what is below or above cannot be true, in the unit
  double high = 1e308;
  std::string place = {};  ///< file and line, for error texts
};

struct Instrument {
  std::string id;
  std::string name;
  std::string name_ko;
  std::string unit;
  std::vector<std::string> aliases;
  std::string place = {};  ///< file and line, for error texts
};

/// Words that mean the same to the rules: "capex", "status.rumoured", "bound.before.about".
struct WordClass {
  std::string id;
  std::vector<std::string> words;
  std::string place;  ///< file and line, for error texts
};

/// What a word of the tone lexicon does in its clause.
enum class ToneRole {
  kPhrase,   ///< has a tone of its own
  kMeasure,  ///< "profit", "costs": says what a rise of it means
  kMove,     ///< "rises", "줄었": a direction that takes its meaning from a measure
};

/// Whom a tone is about.
enum class ToneAim {
  kSubject,  ///< "A wins": who stands in front
  kObject,   ///< "… sues B", "raises the target of B": who stands behind
  kAll,      ///< "A and B merge"
  kRival,    ///< "A overtakes B": good for A, bad for B
};

/// A phrase with its tone, -1…1. Of a measure: what its rise is worth. Of a move: its direction
/// times its strength.
struct LexiconEntry {
  std::string phrase;
  double score = 0;
  ToneRole role = ToneRole::kPhrase;
  ToneAim aim = ToneAim::kSubject;
  double alone = 1;   ///< of a move, a measure: the share that stands when the other is missing
  bool about = false;  ///< a fear, a hope: what it is about is no news
  std::string place;  ///< file and line, for error texts
};

struct Currency {
  std::string code;
  std::string code_in_text;  ///< the code in capitals counts: always, with_magnitude, never
  std::vector<std::string> before;    ///< "US$", "€", "KRW"
  std::vector<std::string> after;     ///< "dollars", "달러"
  std::vector<std::string> one_in_a_hundred;  ///< "cents"
  std::vector<std::string> with_magnitude;  ///< money behind a magnitude only: "million pounds"
  std::vector<std::string> doubtful;  ///< signs that other currencies share: inferred
  std::vector<std::string> others;    ///< codes that a doubtful sign may also mean
};

/// What follows a number and makes it a figure of a kind: "%", "bp", "GW", "GPUs".
struct Unit {
  std::string kind;  ///< a figure kind
  std::string unit;  ///< "GW"; empty when the kind says it all
  bool large = false;  ///< counts beside a magnitude or thousands only: 150만주, "1,200 t"
  std::vector<std::string> words;
};

/// A short name that may mean several companies, and the words that settle it.
struct Ambiguity {
  std::string word;
  std::string company;
  std::vector<std::string> near;
  std::string place = {};  ///< file and line, for error texts
};

/// A written company name that is something else next to these words ("비자 발급").
struct Guard {
  std::string alias;
  std::vector<std::string> before;
  std::vector<std::string> after;
};

/// What a rule's own test expects: each key of an expectation must equal the fact's value.
struct RuleTest {
  std::string text;
  std::string headline;
  std::vector<std::map<std::string, std::string>> facts;  ///< empty: no asserted fact of the kind
  std::string place;
};

/// Joins words, figure, company and period of a clause or sentence to a fact.
struct Rule {
  std::string id;
  std::string kind;
  std::vector<std::vector<std::string>> all;  ///< of each list one word class must stand there
  std::vector<std::string> none;              ///< none of these may
  std::string reach;                          ///< clause or sentence
  int within = 0;       ///< most code points between the outermost words; 0 for no limit
  std::string pattern;  ///< RE2 that the sentence must match as well; empty for none
  std::string subject;  ///< company, group, company_or_group, instrument, institution, country
  std::string subject_id;    ///< fixed id, for institutions and instruments
  std::string role;          ///< of the subject
  std::string metric;        ///< fixed metric; empty: by `metrics`
  std::vector<std::pair<std::string, std::string>> metrics;  ///< word class to metric, first hit
  std::string figure;        ///< required, optional, none
  std::vector<std::string> figure_kinds;
  std::string least;         ///< smallest plausible amount in units of the currency
  std::string status;        ///< when the text does not say
  std::string direction;
  std::string surprise;
  std::string stance;
  double confidence = 0;     ///< 0…1, of a clean match
  int priority = 0;          ///< of two rules of a kind in one clause the greater wins
  std::vector<std::string> tags;  ///< switches of the frame: see deploy/catalog/README.md
  std::vector<RuleTest> tests;
  std::string place;
};

struct Reading {
  std::vector<Publisher> publishers;
  std::vector<Metric> metrics;
  std::vector<Instrument> instruments;
  std::vector<WordClass> words;
  std::vector<LexiconEntry> lexicon;
  std::vector<Currency> currencies;
  std::vector<Unit> units;
  std::vector<Ambiguity> ambiguities;
  std::vector<Guard> guards;
  std::vector<Rule> rules;

  /// The family of a publisher as events name it; nullptr when unknown.
  const Publisher* publisher(std::string_view family) const;
};

/// "rais{e,es,ed}" to raise, raises, raised; "{a,b} {c,d}" to all four.
std::vector<std::string> expand_forms(std::string_view word);

}  // namespace wiremill::catalog
