#pragma once
// The core of a signal: what must differ for it to be published again. Its values in thousandths,
// a digest of its ledger, the ids behind it and how many claims are held.
//
//   Core::parse(Core(fold).text()) == Core(fold)

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "score/fold.h"

namespace wiremill::score {

struct Core {
  std::map<std::string, std::int64_t, std::less<>> values;  ///< thousandths; no entry: no value
  std::string ledger;                                       ///< digest; empty without entries
  std::vector<std::string> because;                         ///< ids, sorted
  std::int64_t held = 0;

  Core() = default;
  explicit Core(const Fold& fold);
  /// "tone=-150,mass=1761|<ledger>|id,id|0"; opaque to all but this room.
  std::string text() const;
  /// An empty core for anything else than text() gives.
  static Core parse(std::string_view text);
  /// Whether it differs by more than decay can tell: other ids, another ledger, another set of
  /// values, or one of them by more than `amount`.
  bool moved_from(const Core& earlier, double amount) const;
  /// Whether something began to count since: an id that was not listed, another ledger.
  bool gained_since(const Core& earlier) const;

  bool operator==(const Core&) const = default;
};

/// The id under which a piece of evidence is listed: its fact's, or the document's.
std::string evidence_id(const Evidence& evidence);

}  // namespace wiremill::score
