#include "wire/signal.h"

#include "base/assert.h"
#include "wire/decoding.h"
#include "wire/record_fields.h"
#include "wire/rounding.h"
#include "wire/settler.h"

namespace wiremill::wire {

template <class V>
void fields(V& v, Of<V, model::Because>& because) {
  v.need("fact", because.fact);
  v.need("claim", because.claim);
  v.need("kind", because.kind);
  v.need("subject", because.subject);
  v.may("value", because.value);
  v.may("previous", because.previous);
  v.may("status", because.status);
  v.may("claimant", because.claimant);
  v.need("sign", because.sign);
  v.may("aspect", because.aspect);
  v.may("rule", because.rule);
  v.need("contribution", because.contribution);
  v.need("factors", because.factors);
  v.need("quote", because.quote);
  v.need("story", because.story);
  v.need("revision", because.revision);
  v.may("headline", because.headline);
  v.may("url", because.url);
  v.need("families", because.families);
  v.need("mentions", because.mentions);
  v.need("at", because.at);
}

template <class V>
void fields(V& v, Of<V, model::LedgerEntry>& entry) {
  v.need("subject", entry.subject);
  v.need("metric", entry.metric);
  v.may("variant", entry.variant);
  v.may("period", entry.period);
  v.may("low", entry.low);
  v.may("high", entry.high);
  v.may("bound", entry.bound);
  v.may("unit", entry.unit);
  v.may("status", entry.status);
  v.may("claimant", entry.claimant);
  v.may("fact", entry.fact);
  v.need("at", entry.at);
  v.may("history", entry.history);
  v.may("members", entry.members);
  v.need("stated", entry.stated);
}

template <class V>
void fields(V& v, Of<V, model::TriggerState>& trigger) {
  v.need("id", trigger.id);
  v.need("state", trigger.state);
  v.may("variant", trigger.variant);
  v.may("reading", trigger.reading);
  v.need("strength", trigger.strength);
  v.need("capped", trigger.capped);
}

namespace {

/// One scenario of a set as a row; the noun keeps columns.
struct ScenarioRow {
  std::string id;
  double weight = 0;
  double prior = 0;
  double moved_points = 0;
};

template <class V>
void fields(V& v, Of<V, ScenarioRow>& row) {
  v.need("id", row.id);
  v.need("weight", row.weight);
  v.need("prior", row.prior);
  v.need("moved_points", row.moved_points);
}

std::vector<ScenarioRow> rows_of(const model::ScenarioView& view) {
  const std::size_t count = view.names.size();
  WIREMILL_ASSERT(view.weights.size() == count && view.prior.size() == count &&
                  view.moved_points.size() == count);
  std::vector<ScenarioRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back({view.names[i], view.weights[i], view.prior[i], view.moved_points[i]});
  }
  return rows;
}

void set_rows(model::ScenarioView& view, const std::vector<ScenarioRow>& rows) {
  view.names.clear();
  view.weights.clear();
  view.prior.clear();
  view.moved_points.clear();
  for (const ScenarioRow& row : rows) {
    view.names.push_back(row.id);
    view.weights.push_back(row.weight);
    view.prior.push_back(row.prior);
    view.moved_points.push_back(row.moved_points);
  }
}

}  // namespace

template <class V>
void fields(V& v, Of<V, model::ScenarioView>& view) {
  std::vector<ScenarioRow> rows = rows_of(view);
  v.need("set", view.set);
  v.need("scenarios", rows);
  if constexpr (V::kReads) set_rows(view, rows);
  v.may("prior_basis", view.prior_basis);
  v.need("opens", view.opens);
  v.need("closes", view.closes);
  v.need("state", view.state);
  v.need("capped", view.capped);
  v.may("triggers", view.triggers);
}

/// 0 in the noun, null on the wire: nothing was there before.
template <class V>
void supersedes(V& v, Of<V, std::int64_t>& sequence) {
  std::optional<std::int64_t> before;
  if (sequence != 0) before = sequence;
  v.may("supersedes", before);
  if constexpr (V::kReads) sequence = before.value_or(0);
}

template <class V>
void fields(V& v, Of<V, model::Signal>& signal) {
  v.fixed("schema", "wiremill.signal");
  v.fixed("version", 1);
  v.need("scope", signal.scope);
  v.need("type", signal.type);
  v.need("values", signal.values);
  v.group("change", [&](auto& change) {
    change.need("1h", signal.change_1h);
    change.need("24h", signal.change_24h);
  });
  v.need("cause", signal.cause);
  v.need("mode", signal.mode);
  v.need("as_of", signal.as_of);
  v.need("known_until", signal.known_until);
  v.may("valid_until", signal.valid_until);
  v.need("because", signal.because);
  v.need("against", signal.against);
  v.group("held", [&](auto& held) {
    held.need("count", signal.held_count);
    held.need("reasons", signal.held_reasons);
  });
  v.group("completeness", [&](auto& completeness) {
    completeness.need("coverage", signal.coverage);
    completeness.need("saturated", signal.saturated);
  });
  v.need("sequence", signal.sequence);
  supersedes(v, signal.supersedes);
  v.need("catalog", signal.catalog);
  v.may("scenario", signal.scenario);
  v.need("ledger", signal.ledger);
  v.need("half_life_days", signal.half_life_days);
  v.may("traceparent", signal.traceparent);
}

void settle(model::Signal& signal) { Settler(kSignalDecimals).settle(signal); }

std::string encode_signal(const model::Signal& signal) { return encode(signal, kSignalDecimals); }

base::Result<model::Signal> decode_signal(std::string_view bytes) {
  return decode<model::Signal>(bytes);
}

}  // namespace wiremill::wire
