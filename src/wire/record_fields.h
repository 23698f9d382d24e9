#pragma once
// The fields of the facts record and of what other records repeat from it, each described once:
// names, order and what may be missing. See field_reader.h for the verbs. Private to this room.

#include <string_view>

#include "model/facts_record.h"
#include "wire/field_reader.h"

namespace wiremill::wire {

inline constexpr std::string_view kFactsSchema = "wiremill.facts";
inline constexpr std::int64_t kFactsVersion = 1;

template <class V>
void fields(V& v, Of<V, model::Span>& span) {
  v.need("field", span.field);
  v.need("start", span.start);
  v.need("end", span.end);
  v.need("text", span.text);
}

template <class V>
void fields(V& v, Of<V, model::Figure>& figure) {
  v.need("id", figure.id);
  fields(v, figure.span);
  v.need("kind", figure.kind);
  v.may("unit", figure.unit);
  v.may("low", figure.low);
  v.may("high", figure.high);
  v.need("bound", figure.bound);
  v.may("currency", figure.currency);
  v.may("currency_basis", figure.currency_basis);
  v.when("currency_candidates", figure.currency_candidates);
  v.may("per", figure.per);
  v.need("role", figure.role);
  v.may("same_as", figure.same_as);
  v.may("converts", figure.converts);
  v.when("alternatives", figure.alternatives);
  v.may("flags", figure.flags);
}

template <class V>
void fields(V& v, Of<V, model::Tone>& tone) {
  v.need("label", tone.label);
  v.need("score", tone.score);
  v.need("confidence", tone.confidence);
}

template <class V>
void fields(V& v, Of<V, model::CompanyMention>& mention) {
  fields(v, mention.span);
  v.need("by", mention.by);
}

template <class V>
void fields(V& v, Of<V, model::CompanyInText>& company) {
  v.may("id", company.id);
  v.may("ticker", company.ticker);
  v.may("exchange", company.exchange);
  v.need("relevance", company.relevance);
  v.may("mentions", company.mentions);
  v.need("tone", company.tone);
  v.when("flags", company.flags);
}

template <class V>
void fields(V& v, Of<V, model::Subject>& subject) {
  v.need("type", subject.type);
  v.may("id", subject.id);
  v.may("text", subject.text);
}

template <class V>
void fields(V& v, Of<V, model::Party>& party) {
  v.may("id", party.id);
  v.may("text", party.text);
  v.need("role", party.role);
  v.may("share", party.share);
}

/// The agreement that a qualifier names, an object of its own on the wire.
template <class Text>
struct Agreement {
  Text& id;
  Text& relation;
};
template <class V, class Text>
void fields(V& v, Agreement<Text>& agreement) {
  v.may("id", agreement.id);
  v.may("relation", agreement.relation);
}
template <class V, class Text>
void fields(V& v, const Agreement<Text>& agreement) {
  v.may("id", agreement.id);
  v.may("relation", agreement.relation);
}
template <class Text>
bool is_nothing(const Agreement<Text>& agreement) {
  return agreement.id.empty() && agreement.relation.empty();
}

template <class V>
void fields(V& v, Of<V, model::Qualifier>& qualifier) {
  Agreement<Of<V, std::string>> agreement{qualifier.agreement, qualifier.relation};
  v.when("variant", qualifier.variant);
  v.when("segment", qualifier.segment);
  v.when("location", qualifier.location);
  v.when("product", qualifier.product);
  v.when("agreement", agreement);
  v.when("part_of", qualifier.part_of);
}

template <class V>
void fields(V& v, Of<V, model::Measure>& measure) {
  v.need("name", measure.name);
  v.need("figure", measure.figure);
}

template <class V>
void fields(V& v, Of<V, model::Period>& period) {
  v.may("text", period.text);
  v.may("start", period.start);
  v.may("end", period.end);
  v.need("basis", period.basis);
  v.may("fiscal", period.fiscal);
  v.when("annualised_from", period.annualised_from);
}

template <class V>
void fields(V& v, Of<V, model::Comparator>& comparator) {
  v.need("relation", comparator.relation);
  v.may("figure", comparator.figure);
  v.may("period", comparator.period);
}

template <class V>
void fields(V& v, Of<V, model::Claimant>& claimant) {
  v.need("type", claimant.type);
  v.may("id", claimant.id);
  v.may("text", claimant.text);
  v.may("via", claimant.via);
}

template <class V>
void fields(V& v, Of<V, model::Fact>& fact) {
  v.need("id", fact.id);
  v.need("kind", fact.kind);
  v.need("subject", fact.subject);
  v.may("role", fact.role);
  v.may("parties", fact.parties);
  v.may("metric", fact.metric);
  v.may("qualifier", fact.qualifier);
  v.may("figure", fact.figure);
  v.may("measures", fact.measures);
  v.may("comparator", fact.comparator);
  v.may("period", fact.period);
  v.need("status", fact.status);
  v.need("modality", fact.modality);
  v.need("newness", fact.newness);
  v.may("direction", fact.direction);
  v.may("surprise", fact.surprise);
  v.may("stance", fact.stance);
  v.need("polarity", fact.polarity);
  v.need("claimant", fact.claimant);
  v.need("confidence", fact.confidence);
  v.may("held", fact.held);
  v.may("flags", fact.flags);
  v.need("rule", fact.rule);
  v.may("quotes", fact.quotes);
}

template <class V>
void fields(V& v, Of<V, model::CatalogStamp>& catalog) {
  v.need("version", catalog.version);
  v.need("digest", catalog.digest);
}

template <class V>
void fields(V& v, Of<V, model::EventHeader>& event) {
  v.need("id", event.id);
  v.need("story_id", event.story_id);
  v.need("revision", event.revision);
  v.need("action", event.action);
  v.need("form", event.form);
  v.may("source", event.source);
  v.may("publisher", event.publisher);
  v.need("lang", event.lang);
  v.need("published_at", event.published_at);
  v.may("family", event.family);
  v.need("received_at", event.received_at);
  v.need("scored_at", event.scored_at);
  v.may("embargo_until", event.embargo_until);
  v.may("headline", event.headline);
  v.may("url", event.url);
  v.may("link_key", event.link_key);
  v.may("link_prefix", event.link_prefix);
  v.may("lead_digest", event.lead_digest);
  v.may("synthetic", event.synthetic);
  v.may("traceparent", event.traceparent);
}

template <class V>
void fields(V& v, Of<V, model::FactsRecord>& record) {
  v.fixed("schema", kFactsSchema);
  v.fixed("version", kFactsVersion);
  v.need("event", record.event);
  v.need("catalog", record.catalog);
  v.may("figures", record.figures);
  v.may("companies", record.companies);
  v.need("tone", record.tone);
  v.may("facts", record.facts);
  v.may("flags", record.flags);
}

}  // namespace wiremill::wire
