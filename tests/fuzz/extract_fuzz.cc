// Feeds any bytes as headline, body and markup to the extractor with the shipped catalogue. It must
// always come back, repeat the text at its offsets, and say the same again.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/assert.h"
#include "catalog/catalogue.h"
#include "extract/extract.h"

namespace {

using namespace wiremill;

const extract::Extractor& extractor() {
  static const auto made = [] {
    const auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    WIREMILL_ASSERT(catalogue);
    const auto compiled = extract::compile(*catalogue, {});
    WIREMILL_ASSERT(compiled);
    return *compiled;
  }();
  return *made;
}

void check(const model::FactsRecord& record) {
  for (const model::Figure& figure : record.figures) {
    WIREMILL_ASSERT(figure.span.start < figure.span.end && !figure.span.text.empty());
    const bool both = figure.low && figure.high;
    WIREMILL_ASSERT(!both || *figure.low <= *figure.high);
  }
  for (const model::Fact& fact : record.facts) {
    WIREMILL_ASSERT(!fact.quotes.empty());
    WIREMILL_ASSERT(fact.figure.empty() || record.figure(fact.figure) != nullptr);
    WIREMILL_ASSERT(fact.confidence >= 0 && fact.confidence <= 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  model::Event event;
  event.id = event.story_id = "fuzz";
  event.published_at = *base::parse_rfc3339("2026-02-13T00:00:00Z");
  event.headline = text.substr(0, size / 4);
  event.body = text;
  for (const auto format : {model::BodyFormat::kText, model::BodyFormat::kHtml}) {
    event.body_format = format;
    const auto record = extractor().extract(event, event.published_at);
    check(record);
    WIREMILL_ASSERT(record == extractor().extract(event, event.published_at));
  }
  return 0;
}
