#include "extract/trace_lines.h"

#include <fmt/format.h>

namespace wiremill::extract {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

void explain_mentions(const model::FactsRecord& record,
                      std::initializer_list<const std::vector<PlacedFigure>*> figures,
                      const Companies& companies, Trace& trace) {
  for (const auto* const list : figures) {
    for (const PlacedFigure& placed : *list) {
      const model::Figure& figure = placed.figure;
      trace.lines.push_back(fmt::format("figure {} \"{}\" = {} ({}{}{})", figure.id,
                                        figure.span.text, placed.note,
                                        model::name_of(figure.bound),
                                        figure.per.empty() ? "" : ", per ", figure.per));
    }
  }
  for (const model::CompanyInText& company : record.companies) {
    trace.lines.push_back(fmt::format(
        "company {} by {} \"{}\", relevance {}{}{}", company.id,
        model::name_of(company.mentions.front().by), company.mentions.front().span.text,
        company.relevance, company.flags.empty() ? "" : ", flags ", joined(company.flags)));
  }
  trace.lines.insert(trace.lines.end(), companies.notes.begin(), companies.notes.end());
}

void explain_fact(const model::FactsRecord& record, const PlacedFact& placed, Trace& trace) {
  const model::Fact& fact = placed.fact;
  const model::Figure* const figure = record.figure(fact.figure);
  trace.lines.push_back(fmt::format(
      "fact {} {} of {} {}: {}, {}, {}, by rule {}{}{}", fact.id, model::name_of(fact.kind),
      fact.subject.id.empty() ? fact.subject.text : fact.subject.id,
      figure != nullptr ? figure->span.text : "without figure", model::name_of(fact.status),
      model::name_of(fact.modality), model::name_of(fact.newness), fact.rule,
      placed.note.empty() ? "" : "; ", placed.note));
  trace.lines.push_back(fmt::format("  words: {}", fact.quotes.front().text));
  if (!fact.held && placed.because.empty()) return;
  trace.lines.push_back(fmt::format("  {}: {}{}{}", fact.held ? "held" : "doubtful",
                                    joined(fact.flags), placed.because.empty() ? "" : ": ",
                                    placed.because));
}

}  // namespace wiremill::extract
