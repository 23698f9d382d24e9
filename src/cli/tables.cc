#include "cli/tables.h"

#include <fmt/format.h>

namespace wiremill::cli {
namespace {

constexpr std::size_t kQuoteBytes = 160;

std::string amount_of(const model::Figure* figure) {
  if (figure == nullptr) return "–";
  const std::string unit = !figure->currency.empty() ? figure->currency
                           : !figure->unit.empty()   ? figure->unit
                                                     : std::string(name_of(figure->kind));
  const std::string low = figure->low ? figure->low->text() : "";
  const std::string high = figure->high ? figure->high->text() : "";
  const std::string range = low == high ? low : low + "…" + high;
  const std::string bound =
      figure->bound == model::Bound::kExact || figure->bound == model::Bound::kRange
          ? ""
          : std::string(name_of(figure->bound)) + " ";
  return fmt::format("{}{} {}", bound, range, unit);
}

}  // namespace

std::string shown(std::string_view text, std::size_t bytes_max) {
  std::string out;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    out.push_back(control ? ' ' : c);
  }
  if (out.size() <= bytes_max) return out;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  return out.substr(0, end) + "…";
}

std::string facts_table(const model::FactsRecord& record) {
  if (record.facts.empty()) {
    return fmt::format("no facts; {} figures, {} companies, tone {}", record.figures.size(),
                       record.companies.size(), name_of(record.tone.label));
  }
  std::string text;
  for (const model::Fact& fact : record.facts) {
    const std::string subject = fact.subject.id.empty() ? fact.subject.text : fact.subject.id;
    text += fmt::format("{} | {} | {} | {} | {} | {} | {}{}\n", name_of(fact.kind),
                        shown(subject, 40), amount_of(record.figure(fact.figure)),
                        fact.period ? shown(fact.period->text, 40) : "–", name_of(fact.status),
                        name_of(fact.modality), name_of(fact.newness),
                        fact.held ? " | HELD" : "");
    for (const model::Span& quote : fact.quotes) {
      text += fmt::format("    “{}”\n", shown(quote.text, kQuoteBytes));
    }
  }
  text.pop_back();
  return text;
}

std::string signal_line(const model::Signal& signal) {
  std::string text = fmt::format("{} {}", base::to_rfc3339(signal.as_of), signal.scope);
  if (signal.scenario) {
    const model::ScenarioView& view = *signal.scenario;
    for (std::size_t i = 0; i < view.names.size(); ++i) {
      text += fmt::format("  {} {:.1f}% ({:+.1f})", view.names[i], 100 * view.weights[i],
                          view.moved_points[i]);
    }
  }
  for (const auto& [name, value] : signal.values) {
    const bool telling = name == "tone" || name == "total";
    if (value && telling) text += fmt::format("  {} {:+.3f}", name, *value);
  }
  if (!signal.because.empty()) {
    text += fmt::format("  because “{}”", shown(signal.because.front().quote.text, kQuoteBytes));
  }
  return text;
}

}  // namespace wiremill::cli
