#include "extract/odds.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::FactKind;
using model::Status;

constexpr std::size_t kOddsReachBytes = 16;
constexpr std::size_t kOddsNameBytes = 90;

/// "The probability of a recession to 20%", "odds of a shutdown at 31%": the word stands in front,
/// with what it is of between.
bool names_odds_before(const Scene& scene, const ByteRange& sentence, const ByteRange& figure) {
  const std::string_view lower(scene.field.normal.lower);
  const std::string_view before = lower.substr(0, figure.begin);
  if (!scene.lexis.beside.odds_before.end(before)) return false;
  const std::size_t from = figure.begin > kOddsNameBytes ? figure.begin - kOddsNameBytes : 0;
  const ByteRange front{std::max(sentence.begin, from), figure.begin};
  const auto [hit, name] = scene.nearest_named(scene.lexis.labels, front, figure);
  return name == "odds" &&
         lower.substr(hit->end, figure.begin - hit->end).find_first_of("0123456789;,") ==
             std::string_view::npos;
}

/// "확률 40%", "(약 55~65% 확률)": the word stands next to the number.
bool stands_beside_odds(const Scene& scene, const ByteRange& sentence, const ByteRange& figure) {
  const std::size_t from = figure.begin > kOddsReachBytes ? figure.begin - kOddsReachBytes : 0;
  return names_odds_before(scene, sentence, figure) ||
         scene.has_named(scene.lexis.labels, "odds",
                         {std::max(sentence.begin, from), figure.begin}) ||
         scene.has_named(scene.lexis.labels, "odds",
                         {figure.end, std::min(sentence.end, figure.end + kOddsReachBytes)});
}

/// What the odds are of: the row of the table, or the words in front of the bracket or colon.
ByteRange odds_of_what(const Scene& scene, const text::Sentence& sentence) {
  if (!sentence.row.empty()) return sentence.row;
  const std::size_t stop = scene.field.cut(sentence.span).find_first_of("(:");
  if (stop == std::string_view::npos || stop == 0 || stop > kOddsNameBytes) return sentence.span;
  return {sentence.span.begin, sentence.span.begin + stop};
}

}  // namespace

void build_odds(const Scene& scene, const Setting& setting, std::size_t index,
                std::vector<PlacedFact>& facts) {
  const text::Sentence& sentence = scene.sentences()[index];
  const bool table = scene.label(index).odds;
  if (!table && !scene.has_named(scene.lexis.labels, "odds", sentence.span)) return;
  for (const std::size_t number : scene.figures_in(sentence.span)) {
    const PlacedFigure& placed = scene.figures[number];
    if (placed.figure.kind != model::FigureKind::kPercent) continue;
    if (!table && !stands_beside_odds(scene, sentence.span, placed.span)) continue;
    const ByteRange what = odds_of_what(scene, sentence);
    PlacedFact out;
    out.anchor = placed.span;
    const bool of_rates = scene.has_named(scene.lexis.measures, "rate_odds", sentence.span);
    out.fact.kind = of_rates ? FactKind::kRateProbability : FactKind::kStatedProbability;
    out.fact.subject = {model::SubjectType::kUnknown, "", scene.field.span(what).text};
    out.fact.metric = "probability";
    out.fact.figure = placed.figure.id;
    out.fact.status = Status::kEstimated;
    out.fact.modality = model::Modality::kOpinion;
    out.fact.claimant = {model::ClaimantType::kPress, "", "", setting.via};
    out.fact.confidence = 0.8;
    out.fact.rule = table ? kOddsInTable : kOddsInText;
    out.fact.quotes = {scene.field.span(what)};
    if (table) out.fact.quotes.push_back(scene.field.span(sentence.span));
    facts.push_back(std::move(out));
  }
}

}  // namespace wiremill::extract
