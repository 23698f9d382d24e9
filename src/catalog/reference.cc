#include "catalog/names.h"
#include "catalog/weighing_parts.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Range;
using settings::Reader;

constexpr Range kTimes{1e-6, 1e6};
constexpr Range kAmount{0, 1e18};

std::optional<double> maybe(Reader& reader, std::string_view key, Range range) {
  if (!reader.node(key)) return std::nullopt;
  return reader.number(key, range);
}

/// "FY2025", "trailing".
bool is_period(std::string_view text) {
  constexpr std::string_view kYear = "FY";
  if (text == "trailing") return true;
  return text.size() == 6 && text.starts_with(kYear) &&
         text.find_first_not_of("0123456789", kYear.size()) == std::string_view::npos;
}

void check_reference(const Reference& reference, Names& names) {
  const std::string user = fmt::format("reference of \"{}\"", reference.subject);
  names.used("company or group", reference.subject, reference.place, user);
  for (const std::string& metric : reference.metrics) {
    names.used("metric", metric, reference.place, user);
    names.once("reference", fmt::format("{} {} {} {}", reference.subject, metric,
                                        reference.period, base::to_rfc3339(reference.as_of)),
               reference.place);
  }
}

}  // namespace

void read_reference(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "reference", mistakes);
    Reference reference;
    reference.place = settings::to_text(item.place());
    reference.subject = reader.text("subject");
    reference.metrics = reader.texts("metrics", {});
    const auto periods = reader.texts("period", {});
    reference.unit = reader.text("unit");
    reference.source = reader.text("source");
    const bool is_plan = reader.flag("plan", false);
    reference.ever_most = maybe(reader, "ever_most", kTimes);
    const auto value = reader.decimal("value");
    const auto as_of = reader.date("as_of");
    if (reference.metrics.empty()) reader.mistake("metrics", "reference: \"metrics\" is missing");
    if (periods.empty()) reader.mistake("period", "reference: \"period\" is missing");
    if (!value || value->is_zero() || value->is_negative()) {
      reader.mistake("value", "reference: \"value\" must be a decimal number above 0");
    }
    if (!as_of) reader.mistake("as_of", "reference: \"as_of\" is missing");
    reader.finish();
    reference.value = value.value_or(base::Decimal::of(1));
    reference.as_of = as_of.value_or(base::Instant());
    for (const std::string& period : periods) {
      if (!is_period(period)) {
        reader.mistake("period", fmt::format("reference: \"period\" is \"{}\", must be a year such "
                                             "as FY2025, or trailing", period));
      }
      reference.period = period;
      auto& list = is_plan ? catalogue.weighing.plans : catalogue.weighing.references;
      list.push_back(reference);
    }
  }
}

void read_plausible(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "plausible", mistakes);
    Plausible plausible;
    plausible.place = settings::to_text(item.place());
    plausible.metrics = reader.texts("metrics", {});
    plausible.against = reader.text("against");
    plausible.year_most = maybe(reader, "year_most", kTimes);
    plausible.year_least = maybe(reader, "year_least", kTimes);
    plausible.quarter_most = maybe(reader, "quarter_most", kTimes);
    plausible.ever_most = maybe(reader, "ever_most", kTimes);
    plausible.growth = reader.number("growth", 1, {1, 10});
    plausible.free_dollars = reader.number("free_dollars", 0, kAmount);
    if (plausible.metrics.empty()) reader.mistake("metrics", "plausible: \"metrics\" is missing");
    reader.finish();
    catalogue.weighing.plausible.push_back(std::move(plausible));
  }
}

void read_rates(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  for (const Node& item : node.items()) {
    Reader reader(item, "rate", mistakes);
    Rate rate;
    rate.place = settings::to_text(item.place());
    rate.currency = reader.text("currency");
    rate.per_dollar = reader.number("per_dollar", kTimes);
    if (!reader.date("as_of")) reader.mistake("as_of", "rate: \"as_of\" is missing");
    reader.text("source");
    reader.finish();
    catalogue.weighing.rates.push_back(std::move(rate));
  }
}

void cross_check_reference(const Weighing& weighing, Names& names) {
  for (const auto* const list : {&weighing.references, &weighing.plans}) {
    for (const Reference& reference : *list) check_reference(reference, names);
  }
  for (const Plausible& plausible : weighing.plausible) {
    for (const std::string& metric : plausible.metrics) {
      names.used("metric", metric, plausible.place, "plausible");
      names.once("plausible metric", metric, plausible.place);
    }
    names.used("metric", plausible.against, plausible.place, "plausible");
  }
  for (const Rate& rate : weighing.rates) names.once("rate", rate.currency, rate.place);
}

}  // namespace wiremill::catalog
