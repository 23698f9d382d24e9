#pragma once
// Names that one file of the catalogue gives and others use. Private to this room.
//
//   Names names(catalogue, mistakes);
//   names.used("metric", rule.metric, rule.place, "rule \"capex.amount\"");
//   // rule "capex.amount": metric "capx" does not exist, did you mean "capex"?

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/spelling.h"
#include "catalog/catalogue.h"
#include "settings/settings.h"

namespace wiremill::catalog {

/// What may be named: "company", "group", "company or group", "sector", "exchange", "metric",
/// "instrument", "word class", "aspect", "subject" (of a fact), "country".
/// Borrows: the catalogue and the mistakes.
class Names {
 public:
  /// While some file could not be read, an unknown name may stand there and is no mistake.
  Names(const Catalogue& catalogue, bool is_complete, settings::Mistakes& mistakes);

  /// A mistake when the name does not exist; `user` says who names it.
  void used(std::string_view noun, const std::string& name, const std::string& place,
            std::string_view user);
  /// A mistake when the id of that noun was there before.
  void once(std::string_view noun, const std::string& id, const std::string& place);
  void mistake(const std::string& place, std::string text);
  /// Kinds of facts that rules, or `extract` without a rule, give.
  bool is_read(model::FactKind kind) const;
  bool is_complete() const { return is_complete_; }

 private:
  void collect(const Catalogue& catalogue);

  bool is_complete_;
  settings::Mistakes& mistakes_;
  std::map<std::string, base::Words, std::less<>> known_;
  std::map<std::string, std::map<std::string, std::string>, std::less<>> first_;  ///< id to place
  std::set<model::FactKind> kinds_;
};

}  // namespace wiremill::catalog
