#include "cli/tables.h"

#include <fmt/format.h>

#include "cli/board_reads.h"
#include "cli/wording.h"

namespace wiremill::cli {
namespace {

constexpr std::size_t kQuoteBytes = 160;

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

std::string facts_table(const model::FactsRecord& record, const catalog::Catalogue& catalogue) {
  if (record.facts.empty()) {
    return fmt::format("no facts; {} figures, {} companies, tone {}", record.figures.size(),
                       record.companies.size(), name_of(record.tone.label));
  }
  std::string text;
  for (const model::Fact& fact : record.facts) {
    text += fact_words({&record, &fact, 0}, catalogue);
    if (fact.modality != model::Modality::kAsserted) {
      text += fmt::format(" · {}", name_of(fact.modality));
    }
    if (fact.newness != model::Newness::kNew) text += fmt::format(" · {}", name_of(fact.newness));
    text += "\n";
    for (const model::Span& quote : fact.quotes) {
      text += fmt::format("    “{}”\n", shown(quote.text, kQuoteBytes));
    }
  }
  text.pop_back();
  return text;
}

std::string signal_line(const model::Signal& signal) {
  std::string values;
  if (signal.scenario) {
    const model::ScenarioView& view = *signal.scenario;
    for (std::size_t i = 0; i < view.names.size(); ++i) {
      values += fmt::format("  {} {:.1f}% ({})", view.names[i], 100 * view.weights[i],
                            signed_text(view.moved_points[i], 1));
    }
  }
  const auto tone = signal.values.find("tone");
  if (tone != signal.values.end() && tone->second) {
    values += fmt::format("  tone {}", signed_text(*tone->second, 3));
  }
  return values.empty() ? values
                        : fmt::format("{}  {}{}", minute_text(signal.as_of), signal.scope, values);
}

std::string reason_line(const model::Signal& signal) {
  if (signal.because.empty()) return "no fact yet:";
  const model::Because& first = signal.because.front();
  // Of a tone the quote is a name: its headline says more.
  const bool is_tone = first.kind == "tone" && !first.headline.empty();
  return fmt::format("because “{}”:",
                     shown(is_tone ? first.headline : first.quote.text, kQuoteBytes));
}

}  // namespace wiremill::cli
