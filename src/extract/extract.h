#pragma once
// From one event to its facts: figures with exact values, companies, tone, and typed statements,
// each with the words it came from. Compiled once from the catalogue, then a pure function.
//
//   Result<std::shared_ptr<const Extractor>> extractor = compile(catalogue, Options{});
//   FactsRecord record = (*extractor)->extract(event, received);
//
// The cost is linear in the length of the text: one pass finds every literal, figures are read
// where digits and number words stand, and patterns run only in sentences that hold their words.
// It keeps nothing between events: what needs memory (known plans, duplicates) belongs to score.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "catalog/catalogue.h"
#include "model/event.h"
#include "model/facts_record.h"

namespace wiremill::extract {

struct Options {
  /// Bytes of headline and of body that are read, 1 KiB…16 MiB; the rest is left out and the
  /// record flagged "truncated". More costs memory: about 12 bytes for each byte of text.
  std::size_t field_bytes_max = 2U << 20U;
  /// Sentences of a field, table cells among them; the rest of it is left out and the record
  /// flagged "truncated". Ordinary text has one in a hundred bytes.
  std::size_t sentences_max = 50'000;
  std::size_t figures_max = 2000;   ///< figures in a record; the rest is left out and flagged
  std::size_t companies_max = 500;  ///< companies in a record
  std::size_t mentions_max = 50;    ///< mentions listed for one company
  std::size_t facts_max = 200;      ///< facts in a record
  /// Memory of one compiled pattern, bytes. Too small and the pattern is refused by compile().
  std::int64_t pattern_memory_bytes = 4 << 20;
};

/// What one extraction did, for counters.
struct Work {
  std::int64_t steps = 0;               ///< literal matcher and figure reader steps: the cost
  std::int64_t rule_hits = 0;           ///< facts proposed by rules
  std::int64_t re2_errors = 0;          ///< pattern runs that ran out of memory
  std::int64_t suppressed_tickers = 0;  ///< tickers that are common words, without a second cue
  std::int64_t held_facts = 0;
  std::int64_t dropped_facts = 0;  ///< above facts_max; at least so many, reading stops there
};

/// Filled when asked for: the counts, and with `explain` the steps in words.
struct Trace {
  bool explain = true;
  std::vector<std::string> lines;
  Work work;
};

/// Threads: immutable, safe from any. Owns: a share of the catalogue.
class Extractor {
 public:
  virtual ~Extractor() = default;
  /// Total: every event gives a record. A withdrawal gives a record without facts. `received` is
  /// used where the event does not say itself when it was received.
  virtual model::FactsRecord extract(const model::Event& event, base::Instant received,
                                     Trace* trace = nullptr) const = 0;
};

/// What is wrong with the rules and their tests, each with its place: patterns that RE2 refuses,
/// unknown tags, expectations that no fact can meet. It asks nothing of the rest of the catalogue.
std::vector<catalog::Mistake> mistakes_in(const catalog::Catalogue& catalogue,
                                          const Options& options);

/// Errors: rejected, naming every pattern that does not compile and every unknown word class with
/// its file and line.
[[nodiscard]] base::Result<std::shared_ptr<const Extractor>> compile(
    std::shared_ptr<const catalog::Catalogue> catalogue, const Options& options);

/// Every rule that a fact may name: those of the catalogue, and those of stated odds.
std::vector<std::string> rule_ids(const catalog::Catalogue& catalogue);

}  // namespace wiremill::extract
