#include "wire/event.h"

#include <fmt/format.h>

#include "wire/decoding.h"
#include "wire/traceparent.h"

namespace wiremill::wire {

template <class V>
void fields(V& v, Of<V, model::Filing>& filing) {
  v.when("filing_form", filing.filing_form);
  v.when("items", filing.items);
  v.when("issuer", filing.issuer);
  v.when("issuer_code", coded(filing.issuer_code));
  v.when("filed_at", filing.filed_at);
  v.when("period", filing.period);
}

template <class V>
void fields(V& v, Of<V, model::Event>& event) {
  v.need("id", coded(event.id));
  v.when("story_id", coded(event.story_id));
  v.may("revision", event.revision);
  v.may("action", event.action);
  v.when("form", event.form);
  v.when("source", event.source);
  v.when("publisher", event.publisher);
  v.need("published_at", event.published_at);
  v.when("received_at", event.received_at);
  v.when("embargo_until", event.embargo_until);
  v.when("lang", event.lang);
  v.may("body_format", event.body_format);
  v.when("url", event.url);
  v.when("symbols", event.symbols);
  v.when("headline", event.headline);
  v.when("body", event.body);
  v.when("synthetic", event.synthetic);
  v.when("traceparent", event.traceparent);
}

namespace {

bool is_filing(const FieldReader& reader, const model::Event& event) {
  if (event.form) return *event.form == model::Form::kFiling;
  return reader.has("filing_form") || reader.has("issuer") || reader.has("issuer_code") ||
         reader.has("filed_at");
}

void check_id(std::string_view name, const std::string& id, const EventLimits& limits,
              FieldReader& reader) {
  const Place here{&reader.place(), name};
  if (id.empty()) {
    reader.failure().note(here, "bad_value", "is \"\", want at least one character");
  } else if (id.size() > limits.id_bytes_max) {
    reader.failure().note(here, "bad_value", fmt::format("has {} bytes, want at most {}",
                                                         id.size(), limits.id_bytes_max));
  }
}

/// What the noun promises beyond its types.
void keep_invariants(model::Event& event, const EventLimits& limits, FieldReader& reader) {
  check_id("id", event.id, limits, reader);
  if (event.story_id.empty()) event.story_id = event.id;
  check_id("story_id", event.story_id, limits, reader);
  if (event.revision < 1) {
    reader.failure().note(Place{&reader.place(), "revision"}, "bad_value",
                          fmt::format("is {}, want 1 or more", event.revision));
  }
  const bool has_text = !event.headline.empty() || !event.body.empty();
  if (!has_text && event.action != model::Action::kWithdraw) {
    reader.failure().note(reader.place(), "missing_field",
                          "headline and body are both missing or empty, want at least one");
  }
  event.traceparent = parse_traceparent(event.traceparent);
}

}  // namespace

base::Result<DecodedEvent> decode_event(std::string_view bytes, const EventLimits& limits) {
  const auto document =
      parse_json(bytes, {.bytes_max = limits.bytes_max, .nul_allowed = false});
  if (!document) return base::fail(document.error());
  DecodedEvent decoded;
  model::Event& event = decoded.event;
  const Place top;
  Failure failure;
  FieldReader reader(**document, top, failure);
  if (failure) return base::fail(failure.error());
  fields(reader, event);
  if (!failure && is_filing(reader, event)) {
    event.form = model::Form::kFiling;
    fields(reader, event.filing.emplace());
  }
  if (!failure) keep_invariants(event, limits, reader);
  if (failure) return base::fail(failure.error());
  decoded.unknown_fields = reader.unknown_fields();
  return decoded;
}

std::string encode_event(const model::Event& event) {
  JsonWriter out(0);
  FieldWriter writer(out);
  out.begin_object();
  fields(writer, event);
  if (event.filing) fields(writer, *event.filing);
  out.end_object();
  return out.take();
}

}  // namespace wiremill::wire
