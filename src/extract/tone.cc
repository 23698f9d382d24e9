#include "extract/tone.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

using model::ToneLabel;

constexpr double kHeadlineWeight = 2.0;
constexpr double kLeadWeight = 1.3;
constexpr double kBeforeContrast = 0.5;
/// Phrases of opposite sign cancel, so that a long text full of both stays near 0; a single clear
/// one gives ±0.5, more of one sign go towards ±1.
constexpr double kHalf = 0.6;
constexpr double kNeutralBand = 0.12;
constexpr std::size_t kNegationBytes = 28;
constexpr int kCertainPhrases = 4;

double rounded(double value) {
  const double shifted = value * 10000 + (value < 0 ? -0.5 : 0.5);
  return static_cast<double>(static_cast<std::int64_t>(shifted)) / 10000;
}

}  // namespace

ToneReader::ToneReader(const Lexis& lexis)
    : lexis_(lexis), contrast_(lexis.vocabulary.class_of("tone.contrast")),
      negation_before_(lexis.vocabulary.class_of("tone.negation_before")),
      negation_after_(lexis.vocabulary.class_of("tone.negation_after")) {}

bool ToneReader::is_negated(const Scene& scene, const ByteRange& clause, const Hit& hit) const {
  const std::size_t from = hit.begin > kNegationBytes ? hit.begin - kNegationBytes : 0;
  if (scene.field.has(negation_before_, {std::max(clause.begin, from), hit.begin})) return true;
  return scene.field.has(negation_after_,
                         {hit.end, std::min(clause.end, hit.end + kNegationBytes)});
}

ToneReader::Sum ToneReader::read_clause(const Scene& scene, const ByteRange& clause) const {
  Sum sum;
  std::size_t covered = 0;
  for (const Hit& hit : scene.field.hits_in(clause)) {
    if (hit.term != Term::kLexicon || hit.begin < covered) continue;
    covered = hit.end;
    double score = lexis_.catalogue.reading.lexicon[hit.index].score;
    if (is_negated(scene, clause, hit)) score = -0.6 * score;
    sum.score += score;
    sum.weight += score < 0 ? -score : score;
    ++sum.phrases;
  }
  return sum;
}

void ToneReader::add(const Scene& scene) {
  const bool headline = scene.field.field == model::Field::kHeadline;
  std::size_t count = 0;
  for (const text::Sentence& sentence : scene.sentences()) {
    const auto clauses = scene.clauses(sentence.span);
    std::optional<std::vector<Actor>> of_sentence;
    double base = headline ? kHeadlineWeight : count < 3 ? kLeadWeight : 1.0;
    ++count;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      Sum sum = read_clause(scene, clauses[i]);
      const bool last = i + 1 == clauses.size();
      const bool contrast_follows =
          !last && scene.field.has(contrast_, {clauses[i].begin, clauses[i + 1].end});
      const double weight = base * (contrast_follows ? kBeforeContrast : 1.0);
      const auto add_to = [&](Sum& to) {
        to.score += weight * sum.score;
        to.weight += weight * sum.weight;
        to.phrases += sum.phrases;
      };
      add_to(document_);
      auto actors = scene.actors_in(clauses[i]);
      if (actors.empty() && clauses.size() > 1) {
        if (!of_sentence) of_sentence = scene.actors_in(sentence.span);
        actors = *of_sentence;
      }
      std::vector<std::uint32_t> seen;
      for (const Actor& actor : actors) {
        const bool again = std::find(seen.begin(), seen.end(), actor.index) != seen.end();
        if (actor.type != model::SubjectType::kCompany || again) continue;
        seen.push_back(actor.index);
        add_to(companies_[actor.index]);
      }
    }
  }
}

model::Tone ToneReader::tone(const Sum& sum) {
  model::Tone tone;
  if (sum.phrases == 0) return tone;
  const double score = sum.score / (sum.weight + kHalf);
  const double size = score < 0 ? -score : score;
  tone.score = rounded(score);
  const double balance = sum.weight > 0 ? size * (sum.weight + kHalf) / sum.weight : 0;
  if (size > kNeutralBand) tone.label = sum.score > 0 ? ToneLabel::kPositive : ToneLabel::kNegative;
  const double amount = std::min(1.0, static_cast<double>(sum.phrases) / kCertainPhrases);
  tone.confidence = rounded(0.3 + 0.3 * amount + 0.3 * balance);
  return tone;
}

model::Tone ToneReader::document() const { return tone(document_); }

model::Tone ToneReader::company(std::uint32_t index) const {
  const auto found = companies_.find(index);
  return found == companies_.end() ? model::Tone{} : tone(found->second);
}

}  // namespace wiremill::extract
