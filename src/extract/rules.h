#pragma once
// The catalogue's rules, compiled: word classes as numbers, attributes as values, patterns as RE2
// with a memory bound. Only here, and in periods.cc, patterns are compiled.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "catalog/catalogue.h"
#include "extract/lexis.h"
#include "model/fact.h"

namespace wiremill::extract {

enum class Match { kYes, kNo, kOutOfMemory };

class Pattern;

/// One rule. Borrows: the catalogue's rule.
struct CompiledRule {
  const catalog::Rule* rule = nullptr;
  model::FactKind kind = model::FactKind::kCapex;
  std::vector<std::vector<ClassId>> all;
  std::vector<ClassId> none;
  std::vector<std::pair<ClassId, std::string>> metrics;
  std::vector<model::FigureKind> figure_kinds;
  std::optional<base::Decimal> least;
  std::optional<model::Role> role;
  model::Status status = model::Status::kEstimated;
  std::optional<model::Direction> direction;
  std::optional<model::Surprise> surprise;
  std::optional<model::Stance> stance;
  std::shared_ptr<const Pattern> pattern;  ///< nullptr for none

  bool is_tagged(std::string_view tag) const;
  Match matches(std::string_view sentence) const;
  /// Read by a frame of its own: see prints.h and moves.h.
  bool reads_prints() const;
  bool is_share_move() const { return is_tagged("move") || is_tagged("flow"); }
  bool leads_with_figure() const { return rule->figure == "required"; }
};

/// Every pattern that RE2 refuses or that matches whatever stands there, and every unknown tag.
std::vector<catalog::Mistake> mistakes_in_rules(const std::vector<catalog::Rule>& rules,
                                                std::int64_t pattern_memory_bytes);

/// Errors: rejected, naming every unknown word class, unknown tag and bad pattern with its place.
[[nodiscard]] base::Result<std::vector<CompiledRule>> compile_rules(
    const Lexis& lexis, std::int64_t pattern_memory_bytes);

}  // namespace wiremill::extract
