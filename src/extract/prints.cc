#include "extract/prints.h"

#include <algorithm>

#include "extract/circumstances.h"
#include "extract/fitting.h"
#include "extract/governing_measure.h"
#include "extract/moves.h"
#include "extract/particulars.h"
#include "extract/settling.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::Fact;
using model::FigureKind;
using model::Surprise;

constexpr std::size_t kYieldReachBytes = 90;
constexpr std::size_t kIndexReachBytes = 30;

class Print {
 public:
  explicit Print(const PrintPlace& place)
      : place_(place), scene_(place.scene), rule_(place.rule),
        sentence_(scene_.sentences()[place.sentence].span) {}

  void run(std::vector<PlacedFact>& facts) {
    if (!rule_.is_tagged("print")) return read_instruments(facts);
    const Hit* const measure = first_measure();
    if (measure == nullptr) return;
    const auto surprise = said_surprise();
    bool first = true;
    std::size_t ordinal = 0;
    for (const FigurePart& part : place_.parts) {
      const PlacedFigure& placed = scene_.figures[part.figure];
      if (part.relation || placed.figure.kind != FigureKind::kPercent) continue;
      if (!is_governed(placed)) continue;
      add(*governing_measure(scene_, sentence_, placed), part, first ? surprise : std::nullopt,
          ordinal++, facts);
      first = false;
    }
    if (!first || !surprise) return;
    // "Softer than expected", without a number.
    PlacedFact out = start(*measure, {measure->begin, measure->end});
    out.fact.surprise = surprise;
    facts.push_back(std::move(out));
  }

 private:
  bool is_lead(const Hit& hit) const {
    const auto& classes = rule_.all.front();
    return hit.term == Term::kWord &&
           std::find(classes.begin(), classes.end(), hit.index) != classes.end();
  }

  const Hit* first_measure() const {
    for (const Hit& hit : scene_.field.hits_in(sentence_)) {
      if (is_lead(hit)) return &hit;
    }
    return nullptr;
  }

  bool is_governed(const PlacedFigure& placed) const {
    const Hit* const governing = governing_measure(scene_, sentence_, placed);
    if (governing == nullptr) return false;
    return std::any_of(rule_.metrics.begin(), rule_.metrics.end(),
                       [&](const auto& metric) { return metric.first == governing->index; });
  }

  std::optional<Surprise> said_surprise() const {
    return model::parse_name<Surprise>(
        scene_.first_named(scene_.lexis.surprises, sentence_).second);
  }

  PlacedFact start(const Hit& measure, const ByteRange& anchor) const {
    PlacedFact out;
    out.anchor = anchor;
    Fact& fact = out.fact;
    fact.kind = rule_.kind;
    fact.rule = rule_.rule->id;
    const ByteRange words{measure.begin, measure.end};
    fact.metric = metric_of(scene_, rule_, words, words);
    fact.subject = fixed_subject(scene_, *rule_.rule, sentence_, anchor)->subject;
    fact.period = period_of({scene_, place_.setting, place_.sentence}, sentence_, words,
                            std::nullopt, rule_);
    if (fact.period && !fact.period->start) fact.period.reset();  // "annual rate" is no time
    fact.qualifier = qualifier_of(scene_, rule_, sentence_, anchor);
    fact.direction = model::parse_name<Direction>(
        scene_.nearest_named(scene_.lexis.directions, sentence_, anchor).second);
    const Circumstances how = read_circumstances(scene_, place_.sentence, sentence_, anchor,
                                                 place_.setting.header.form);
    fact.status = settled_status(rule_, how, fact);
    settle_time(place_.setting, fact);
    fact.modality = how.modality;
    fact.polarity = how.polarity;
    fact.claimant = {model::ClaimantType::kRegulator, "", "", place_.setting.via};
    fact.confidence = rule_.rule->confidence;
    fact.quotes.push_back(scene_.field.span(sentence_));
    out.note = how.why;
    return out;
  }

  /// `ordinal`: which of the sentence's prints this is.
  void add(const Hit& measure, const FigurePart& part, std::optional<Surprise> said,
           std::size_t ordinal, std::vector<PlacedFact>& facts) {
    const PlacedFigure& placed = scene_.figures[part.figure];
    PlacedFact out = start(measure, placed.span);
    out.fact.figure = placed.figure.id;
    out.fact.surprise = said;
    if (const FigurePart* const other = comparator_of(scene_, place_.parts, part.figure)) {
      out.fact.comparator =
          model::Comparator{*other->relation, scene_.figures[other->figure].figure.id, {}};
      if (*other->relation == model::Comparison::kConsensus) {
        out.fact.surprise = against(placed.figure, scene_.figures[other->figure].figure);
      }
    }
    if (!out.fact.surprise) compare_with_next_sentence(placed.figure, ordinal, out.fact);
    if (is_only_expected(out.fact)) return;
    hold_contradictions(placed.figure, out.fact);
    facts.push_back(std::move(out));
  }

  /// "전문가들은 1월 CPI가 0.3% 상승했을 것으로 예상했다": no print yet.
  bool is_only_expected(const Fact& fact) const {
    if (fact.surprise || fact.comparator) return false;
    return scene_.has_named(scene_.lexis.statuses, "estimated", sentence_) ||
           scene_.has_named(scene_.lexis.claimants, "analyst", sentence_);
  }

  /// "CPI rose 0.1%, … said. Economists had forecast a 0.3% gain."
  void compare_with_next_sentence(const model::Figure& actual, std::size_t ordinal,
                                  Fact& fact) const {
    const std::size_t next = place_.sentence + 1;
    if (fact.comparator || next >= scene_.sentences().size()) return;
    const text::Sentence& sentence = scene_.sentences()[next];
    if (sentence.line != scene_.sentences()[place_.sentence].line) return;
    const bool expected =
        scene_.has_named(scene_.lexis.claimants, "analyst", sentence.span) ||
        scene_.has_named(scene_.lexis.comparator_before, "consensus", sentence.span);
    for (const auto& [words, metric] : rule_.metrics) {
      if (scene_.field.has(words, sentence.span)) return;
    }
    if (!expected) return;
    for (const std::size_t index : scene_.figures_in(sentence.span)) {
      const model::Figure& figure = scene_.figures[index].figure;
      if (figure.kind != FigureKind::kPercent || ordinal-- > 0) continue;
      fact.comparator = model::Comparator{model::Comparison::kConsensus, figure.id, {}};
      fact.surprise = against(actual, figure);
      return;
    }
  }

  // ----- yields ---------------------------------------------------------------------------------

  /// Every yield or index of the sentence; the figures up to the next one's name are its own.
  void read_instruments(std::vector<PlacedFact>& facts) {
    const bool index = rule_.is_tagged("index");
    const bool rate = rule_.is_tagged("fx");
    const std::string_view unit = index ? "points" : rate ? "KRW" : "percent";
    std::vector<const Hit*> named;
    std::size_t covered = 0;
    for (const Hit& hit : scene_.field.hits_in(sentence_)) {
      if (hit.term != Term::kInstrument || hit.begin < covered) continue;
      covered = hit.end;
      const bool known = std::any_of(named.begin(), named.end(),
                                     [&](const Hit* one) { return one->index == hit.index; });
      const auto& instrument = scene_.lexis.catalogue.reading.instruments[hit.index];
      if (!known && instrument.unit == unit) named.push_back(&hit);
    }
    for (std::size_t i = 0; i < named.size(); ++i) {
      own_ = {i == 0 ? sentence_.begin : named[i]->begin,
              i + 1 < named.size() ? named[i + 1]->begin : sentence_.end};
      const auto& id = scene_.lexis.catalogue.reading.instruments[named[i]->index].id;
      if (rate) {
        add_rate(*named[i], id, facts);
      } else if (index) {
        add_index(*named[i], id, facts);
      } else {
        add_yield(*named[i], id, facts);
      }
    }
  }

  /// "CPI 2.4%로 둔화…10년물 금리 하락": dots of omission part two pieces of news.
  bool is_cut_off(const ByteRange& figure, const ByteRange& word) const {
    const ByteRange gap{std::min(figure.end, word.end), std::max(figure.begin, word.begin)};
    return gap.begin < gap.end && scene_.field.cut(gap).find("...") != std::string_view::npos;
  }

  /// The nearest figure of the kind around the instrument, none of them a comparator.
  const PlacedFigure* near_figure(const Hit& hit, FigureKind kind) const {
    const PlacedFigure* best = nullptr;
    const ByteRange at{hit.begin, hit.end};
    for (const FigurePart& part : place_.parts) {
      const PlacedFigure& placed = scene_.figures[part.figure];
      if (part.relation || placed.figure.kind != kind || !placed.figure.per.empty()) continue;
      if (!own_.contains(placed.span.begin)) continue;
      const bool change = placed.figure.role == model::FigureRole::kChange;
      if (kind == FigureKind::kPercent && change) continue;
      // "4%대" says too little to be set against a baseline.
      if (kind == FigureKind::kPercent && placed.figure.bound != model::Bound::kExact) continue;
      if (distance(placed.span, at) > kYieldReachBytes || is_cut_off(placed.span, at)) continue;
      if (best == nullptr || distance(placed.span, at) < distance(best->span, at)) best = &placed;
    }
    return best;
  }

  /// By how much an index moved: its first percentage behind the name.
  void add_index(const Hit& hit, const std::string& id, std::vector<PlacedFact>& facts) {
    for (const std::size_t number : scene_.figures_in({hit.end, own_.end})) {
      const PlacedFigure& placed = scene_.figures[number];
      if (placed.figure.kind != FigureKind::kPercent) continue;
      if (distance(placed.span, {hit.begin, hit.end}) > kIndexReachBytes) return;
      PlacedFact out = start(hit, {hit.begin, hit.end});
      out.fact.subject = {model::SubjectType::kIndex, id,
                          scene_.field.span({hit.begin, hit.end}).text};
      out.fact.figure = placed.figure.id;
      out.fact.metric.clear();
      out.fact.claimant.type = model::ClaimantType::kPress;
      const auto own = scene_.nearest_named(scene_.lexis.directions, own_, placed.span).second;
      if (!own.empty()) out.fact.direction = model::parse_name<Direction>(own);
      facts.push_back(std::move(out));
      return;
    }
  }

  /// "4.7원 내린 1,468.8원": the level of an exchange rate is larger than its change.
  void add_rate(const Hit& hit, const std::string& id, std::vector<PlacedFact>& facts) {
    const PlacedFigure* level = nullptr;
    for (const std::size_t number : scene_.figures_in({hit.end, own_.end})) {
      const PlacedFigure& placed = scene_.figures[number];
      const bool won = placed.figure.kind == FigureKind::kMoney && placed.figure.currency == "KRW";
      // "1,440원대": too little to be a level.
      if (!won || scene_.field.text().substr(placed.span.end).starts_with("대")) continue;
      if (distance(placed.span, {hit.begin, hit.end}) > kYieldReachBytes) continue;
      const bool larger = level == nullptr || placed.figure.representative() >
                                                  level->figure.representative();
      if (larger) level = &placed;
    }
    const auto value = level == nullptr ? std::nullopt : level->figure.representative();
    if (!value || !rule_.least || *value < *rule_.least) return;
    PlacedFact out = start(hit, level->span);
    if (out.fact.modality != model::Modality::kAsserted) return;
    out.fact.subject = {model::SubjectType::kInstrument, id,
                        scene_.field.span({hit.begin, hit.end}).text};
    out.fact.claimant.type = model::ClaimantType::kPress;
    out.fact.metric = rule_.rule->metric;
    out.fact.figure = level->figure.id;
    facts.push_back(std::move(out));
  }

  void add_yield(const Hit& hit, const std::string& id, std::vector<PlacedFact>& facts) {
    const PlacedFigure* const level = near_figure(hit, FigureKind::kPercent);
    const PlacedFigure* move = near_figure(hit, FigureKind::kBasisPoints);
    if (move == nullptr) move = near_figure(hit, FigureKind::kPercentagePoints);
    if (level == nullptr && move == nullptr) return;
    PlacedFact out = start(hit, {hit.begin, hit.end});
    out.fact.subject = {model::SubjectType::kInstrument, id,
                        scene_.field.span({hit.begin, hit.end}).text};
    out.fact.metric = rule_.rule->metric;
    out.fact.direction = model::parse_name<Direction>(
        scene_.nearest_named(scene_.lexis.directions, own_, {hit.begin, hit.end}).second);
    out.fact.claimant.type = model::ClaimantType::kPress;
    out.fact.figure = level != nullptr ? level->figure.id : move->figure.id;
    if (level != nullptr && move != nullptr) {
      out.fact.measures.push_back({"change", move->figure.id});
    }
    facts.push_back(std::move(out));
  }

  const PrintPlace& place_;
  const Scene& scene_;
  const CompiledRule& rule_;
  ByteRange sentence_;
  ByteRange own_;  ///< what belongs to the yield that is being read
};

}  // namespace

void build_prints(const PrintPlace& place, std::vector<PlacedFact>& facts) {
  if (place.rule.is_share_move()) return build_moves(place, facts);
  Print(place).run(facts);
}

}  // namespace wiremill::extract
