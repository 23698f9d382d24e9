#include "catalog/weighing_parts.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Range;
using settings::Reader;

std::optional<double> maybe_number(Reader& reader, std::string_view key, Range range) {
  if (!reader.node(key)) return std::nullopt;
  return reader.number(key, 0, range);
}

Condition read_condition(const Node& node, Mistakes& mistakes) {
  Reader reader(node, "condition", mistakes);
  Condition c;
  c.kinds = names<model::FactKind>(reader, "kind");
  c.metrics = reader.texts("metric", {});
  c.subjects = reader.texts("subject", {});
  c.groups = reader.texts("group", {});
  c.sectors = reader.texts("sector", {});
  c.statuses = names<model::Status>(reader, "status");
  c.not_statuses = names<model::Status>(reader, "not_status");
  c.roles = names<model::Role>(reader, "role");
  c.parties = reader.texts("party", {});
  c.directions = names<model::Direction>(reader, "direction");
  c.surprises = names<model::Surprise>(reader, "surprise");
  c.stances = names<model::Stance>(reader, "stance");
  c.direction_or_surprise = reader.flag("direction_or_surprise", false);
  c.same_period = reader.flag("same_period", false);
  c.revision_at_least = maybe_number(reader, "revision_at_least", {0, 10});
  c.surprise_at_least = maybe_number(reader, "surprise_at_least", {-100, 100});
  c.surprise_at_most = maybe_number(reader, "surprise_at_most", {-100, 100});
  c.baseline_at_least = maybe_number(reader, "baseline_at_least", {-1000, 1000});
  c.baseline_at_most = maybe_number(reader, "baseline_at_most", {-1000, 1000});
  c.move_at_least = maybe_number(reader, "move_at_least", {-1000, 1000});
  c.revenue_share_at_least = maybe_number(reader, "revenue_share_at_least", {0, 100});
  if (c.kinds.empty()) reader.mistake("kind", "condition: \"kind\" is missing");
  reader.finish();
  return c;
}

}  // namespace

Condition read_when(Reader& reader, Mistakes& mistakes) {
  if (const auto node = reader.node("when")) return read_condition(*node, mistakes);
  reader.mistake("when", "\"when\" is missing");
  return {};
}

}  // namespace wiremill::catalog
