#include "extract/frames.h"

#include <fmt/format.h>

#include <algorithm>

#include "extract/anchors.h"
#include "extract/circumstances.h"
#include "extract/comparators.h"
#include "extract/direction.h"
#include "extract/fitting.h"
#include "extract/governing_measure.h"
#include "extract/holding.h"
#include "extract/objects.h"
#include "extract/odds.h"
#include "extract/particulars.h"
#include "extract/prints.h"
#include "extract/respective.h"
#include "extract/settling.h"
#include "extract/voices.h"

namespace wiremill::extract {
namespace {

using model::Fact;
using model::FactKind;

constexpr double kBorrowedSubjectPenalty = 0.15;
constexpr double kHedgedPenalty = 0.1;
constexpr std::size_t kFrontReachBytes = 400;
constexpr std::size_t kRightBehindBytes = 32;
constexpr std::size_t kMeasureNearBytes = 70;
constexpr std::size_t kMeasureBehindBytes = 28;

/// One sentence and the rules that its words wake.
class SentenceFrames {
 public:
  SentenceFrames(const Scene& scene, const Setting& setting, std::size_t index,
                 const Fallback& fallback, Trace& trace, std::vector<PlacedFact>& facts)
      : scene_(scene), setting_(setting), index_(index), fallback_(fallback), trace_(trace),
        facts_(facts), sentence_(whole_row(scene, index)), clauses_(scene.clauses(sentence_.span)),
        parts_(read_parts(scene, sentence_.span)) {}

  void run(const std::vector<const CompiledRule*>& awake) {
    const std::size_t first = facts_.size();
    for (const CompiledRule* const woken : awake) {
      const CompiledRule& rule = *woken;
      const Match match = rule.matches(scene_.field.cut(sentence_.span));
      if (match == Match::kOutOfMemory) ++trace_.work.re2_errors;
      if (match != Match::kYes) continue;
      if (rule.reads_prints()) {
        build_prints({scene_, setting_, rule, index_, parts_, fallback_.before}, facts_);
      } else if (rule.leads_with_figure()) {
        by_figures(rule);
      } else {
        by_words(rule);
      }
    }
    keep_strongest(first);
  }

 private:
  /// Every list of the rule has a word in the range, and nothing that forbids it stands there.
  bool is_awake(const CompiledRule& rule, const ByteRange& range) const {
    for (const auto& any : rule.all) {
      if (!scene_.field.has_any(any, range)) return false;
    }
    return !scene_.field.has_any(rule.none, range);
  }

  ByteRange clause_of(std::size_t at) const {
    for (const ByteRange& clause : clauses_) {
      if (clause.contains(at)) return clause;
    }
    return sentence_.span;
  }

  // ----- rules led by a figure ------------------------------------------------------------------

  void by_figures(const CompiledRule& rule) {
    for (const FigurePart& part : parts_) {
      if (part.relation) continue;
      const PlacedFigure& placed = scene_.figures[part.figure];
      if (!may_lead(scene_, setting_, sentence_.span, rule, placed.figure)) continue;
      if (is_set_aside(scene_, sentence_.span, placed)) continue;
      const Hit* const measure = governing_measure(scene_, sentence_.span, placed);
      if (measure == nullptr || !Lexis::is_in(rule.all.front(), *measure)) continue;
      if (rule.is_tagged("in_clause") && !stands_in_clause(rule, placed, *measure)) continue;
      if (rule.is_tagged("whole_clause") && !is_awake(rule, clause_of(placed.span.begin))) continue;
      add_figure_fact(rule, part, *measure);
    }
  }

  /// The rule's other words stand in front of the figure in its clause, none of its excluding ones
  /// there or right behind it, and the measure is near.
  bool stands_in_clause(const CompiledRule& rule, const PlacedFigure& placed,
                        const Hit& measure) const {
    const ByteRange clause = clause_of(placed.span.begin);
    const std::size_t reach =
        placed.span.begin > kFrontReachBytes ? placed.span.begin - kFrontReachBytes : 0;
    const ByteRange front{std::max(clause.begin, reach), placed.span.begin};
    for (std::size_t i = 1; i < rule.all.size(); ++i) {
      if (!scene_.field.has_any(rule.all[i], front)) return false;
    }
    const std::size_t to = std::min(clause.end, placed.span.end + kRightBehindBytes);
    if (scene_.field.has_any(rule.none, {front.begin, to})) return false;
    if (!clause.contains(measure.begin)) return false;
    const bool behind = measure.begin >= placed.span.end;
    return distance({measure.begin, measure.end}, placed.span) <=
           (behind ? kMeasureBehindBytes : kMeasureNearBytes);
  }

  std::optional<BoundSubject> subject_for(const CompiledRule& rule, const ByteRange& clause,
                                          const ByteRange& near) const {
    const catalog::Rule& by = *rule.rule;
    const bool fixed = !by.subject_id.empty() || by.subject == "country" || by.subject == "unknown";
    if (fixed) return fixed_subject(scene_, by, sentence_.span, near);
    auto bound = bind_subject(scene_, sentence_.span, clause, near, by.subject, fallback_);
    if (bound && is_other_side(scene_, sentence_.span, rule, *bound)) bound.reset();
    return bound;
  }

  void add_figure_fact(const CompiledRule& rule, const FigurePart& part, const Hit& measure) {
    const PlacedFigure& placed = scene_.figures[part.figure];
    if (!metric_by_figure(scene_, sentence_.span, rule, placed) && rule.is_tagged("in_clause")) {
      return reject(rule, placed.span, "of another metric");
    }
    const ByteRange clause = clause_of(placed.span.begin);
    // Who buys stands in front, whatever the nearest name is.
    const ByteRange near =
        rule.is_tagged("opens") ? ByteRange{clause.begin, clause.begin} : placed.span;
    auto bound = subject_for(rule, clause, near);
    if (!bound) return reject(rule, placed.span, "no subject");
    const auto own = respective_subject(scene_, sentence_.span, placed);
    if (own && bound->company) bound = own;
    PlacedFact out = start(rule, *bound, clause, placed.span, {measure.begin, measure.end});
    if (rule.is_tagged("with_party") && out.fact.parties.empty()) {
      return reject(rule, placed.span, "no other side");
    }
    if (is_out_of_time(setting_, rule, out.fact)) {
      return reject(rule, placed.span, "its period is another one");
    }
    out.fact.figure = placed.figure.id;
    name_metric(rule, placed, out.fact);
    const FigurePart* const other = comparator_of(scene_, parts_, part.figure);
    const bool apart = other != nullptr && rule.is_tagged("in_clause") &&
                       !clause.contains(scene_.figures[other->figure].span.begin);
    if (other != nullptr && !apart) out.fact.comparator = comparator(*other);
    // "The lower half of the range" moves no guidance; only what was said before does.
    const bool unmoved = rule.kind == FactKind::kGuidance &&
                         (!out.fact.comparator ||
                          out.fact.comparator->relation == model::Comparison::kConsensus);
    if (!out.fact.direction && !unmoved) {
      out.fact.direction = direction_of(scene_, clause, placed.span, out.fact);
    }
    measure_against_consensus(scene_, out.fact);
    go_on(scene_, index_, placed.figure, out.fact);
    add_measures(scene_, clause, part.figure, out.fact);
    hold_contradictions(placed.figure, out.fact);
    finish(rule, std::move(out));
  }

  // ----- rules led by words ---------------------------------------------------------------------

  void by_words(const CompiledRule& rule) {
    const bool whole = rule.rule->reach == "sentence";
    const std::vector<ByteRange> scopes = whole ? std::vector{sentence_.span} : clauses_;
    for (const ByteRange& scope : scopes) {
      if (!is_awake(rule, scope)) continue;
      const auto anchor = anchor_of(scene_, rule, scope);
      if (!anchor) continue;
      add_word_fact(rule, scope, *anchor);
    }
  }

  void add_word_fact(const CompiledRule& rule, const ByteRange& scope, const ByteRange& anchor) {
    const auto bound = rule.is_tagged("about")
                           ? bind_object(scene_, scope, anchor)
                           : subject_for(rule, clause_of(anchor.begin), anchor);
    if (!bound) return reject(rule, anchor, "no subject");
    PlacedFact out = start(rule, *bound, scope, anchor, anchor);
    add_nearest_figure(rule, scope, anchor, out.fact);
    if (out.fact.figure.empty()) out.fact.figure = sum_behind(scene_, index_, rule);
    const bool bare = rule.is_tagged("with_figure") && out.fact.figure.empty();
    if (bare) return reject(rule, anchor, "no figure");
    measure_against_consensus(scene_, out.fact);
    const auto& other = out.fact.comparator;
    const bool revised = other && other->relation == model::Comparison::kPreviousGuidance;
    if (!out.fact.direction && (revised || rule.is_tagged("with_figure"))) {
      out.fact.direction = direction_of(scene_, scope, anchor, out.fact);
    }
    finish(rule, std::move(out));
  }

  void add_nearest_figure(const CompiledRule& rule, const ByteRange& scope,
                          const ByteRange& anchor, Fact& fact) const {
    if (rule.rule->figure == "none") return;
    const FigurePart* best = nullptr;
    for (const FigurePart& part : parts_) {
      const PlacedFigure& placed = scene_.figures[part.figure];
      if (part.relation || !scope.contains(placed.span.begin) || !fits(rule, placed.figure)) {
        continue;
      }
      const bool change = placed.figure.role == model::FigureRole::kChange;
      if (change && !rule.is_tagged("with_figure")) continue;
      if (is_set_aside(scene_, sentence_.span, placed)) continue;
      if (!metric_by_figure(scene_, sentence_.span, rule, placed)) continue;
      const bool nearer = best == nullptr ||
                          distance(placed.span, anchor) <
                              distance(scene_.figures[best->figure].span, anchor);
      if (nearer) best = &part;
    }
    if (best == nullptr) return;
    fact.figure = scene_.figures[best->figure].figure.id;
    name_metric(rule, scene_.figures[best->figure], fact);
    hold_contradictions(scene_.figures[best->figure].figure, fact);
    if (const FigurePart* const other = comparator_of(scene_, parts_, best->figure)) {
      fact.comparator = comparator(*other);
    }
  }

  /// "Operating income of $20bn on sales of $175bn": the figure says which of the metrics it is.
  void name_metric(const CompiledRule& rule, const PlacedFigure& placed, Fact& fact) const {
    const auto metric = metric_by_figure(scene_, sentence_.span, rule, placed);
    if (metric && !metric->empty()) fact.metric = *metric;
  }

  // ----- what all facts share -------------------------------------------------------------------

  model::Comparator comparator(const FigurePart& part) const {
    return {*part.relation, scene_.figures[part.figure].figure.id, std::nullopt};
  }

  PlacedFact start(const CompiledRule& rule, const BoundSubject& bound, const ByteRange& clause,
                   const ByteRange& anchor, const ByteRange& measure) {
    PlacedFact out;
    out.anchor = anchor;
    Fact& fact = out.fact;
    fact.kind = rule.kind;
    fact.rule = rule.rule->id;
    fact.subject = bound.subject;
    fact.role = role_of(scene_, rule, clause);
    fact.metric = metric_of(scene_, rule, clause, measure);
    fact.direction = rule.direction;
    fact.surprise = rule.surprise;
    fact.stance = rule.stance;
    const bool company = bound.subject.type == model::SubjectType::kCompany;
    fact.parties = bind_parties(scene_, company ? clause : sentence_.span, bound, fact.role);
    fact.period = period_of({scene_, setting_, index_}, clause, anchor, bound.company, rule);
    fact.qualifier = qualifier_of(scene_, rule, clause, anchor);
    const auto how = read_circumstances(scene_, index_, clause, anchor, setting_.header.form);
    settle(rule, bound, how, fact);
    out.note = how.why;
    fact.quotes.push_back(scene_.field.span(sentence_.span));
    return out;
  }

  void settle(const CompiledRule& rule, const BoundSubject& bound, const Circumstances& how,
              Fact& fact) const {
    fact.status = settled_status(rule, how, fact);
    fact.modality = settled_modality(rule, how);
    fact.newness = rule.is_tagged("no_newness") ? model::Newness::kNew : how.newness;
    fact.polarity = how.polarity;
    if (rule.kind == FactKind::kCentralBank) quote_speaker(scene_.label(index_), rule, fact);
    fact.claimant = claimant_of(setting_, how, fact);
    if (setting_.header.form == model::Form::kAnalystNote) analyst_speaks(how, fact);
    fact.confidence = rule.rule->confidence;
    if (bound.borrowed) fact.confidence -= kBorrowedSubjectPenalty;
    if (how.modality != model::Modality::kAsserted) fact.confidence -= kHedgedPenalty;
  }

  void finish(const CompiledRule& rule, PlacedFact out) {
    ++trace_.work.rule_hits;
    settle_bound(scene_, rule, out.fact);
    settle_time(setting_, out.fact);
    own_revision(out.fact);
    own_beside_consensus(setting_, parts_, out.fact);
    facts_.push_back(std::move(out));
  }

  /// Of two facts of a kind about one subject and figure in one sentence the stronger rule's stays.
  void keep_strongest(std::size_t first) {
    const auto priority = [&](const PlacedFact& fact) {
      const CompiledRule* const rule = setting_.index.find(fact.fact.rule);
      return rule != nullptr ? rule->rule->priority : 0;
    };
    for (std::size_t i = first; i < facts_.size();) {
      const bool beaten = std::any_of(facts_.begin() + static_cast<std::ptrdiff_t>(first),
                                      facts_.end(), [&](const PlacedFact& other) {
        const Fact& a = facts_[i].fact;
        const Fact& b = other.fact;
        const bool same = a.kind == b.kind && a.subject == b.subject &&
                          (a.figure == b.figure || a.figure.empty() || b.figure.empty());
        if (!same || &other == &facts_[i]) return false;
        const bool equal = a.figure == b.figure && a.direction == b.direction &&
                           a.surprise == b.surprise && a.stance == b.stance;
        return priority(other) > priority(facts_[i]) || (equal && &other < &facts_[i]);
      });
      if (beaten) {
        note(facts_[i].fact.rule, facts_[i].anchor, "a stronger rule holds here");
        facts_.erase(facts_.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
  }

  void reject(const CompiledRule& rule, const ByteRange& anchor, std::string_view why) {
    note(rule.rule->id, anchor, why);
  }
  void note(const std::string& rule, const ByteRange& anchor, std::string_view why) {
    if (!trace_.explain) return;
    trace_.lines.push_back(
        fmt::format("rejected {} at \"{}\": {}", rule, scene_.field.cut(anchor), why));
  }

  const Scene& scene_;
  const Setting& setting_;
  std::size_t index_;
  const Fallback& fallback_;
  Trace& trace_;
  std::vector<PlacedFact>& facts_;
  text::Sentence sentence_;
  std::vector<ByteRange> clauses_;
  std::vector<FigurePart> parts_;
};

}  // namespace

void build_facts(const Scene& scene, const Setting& setting, Trace& trace,
                 std::vector<PlacedFact>& facts) {
  Fallback fallback;
  fallback.company = setting.main_company;
  fallback.unknown = setting.unknown_company;
  fallback.unknown_has_symbol = setting.event.symbols.size() == 1;
  Presence presence;
  std::size_t line = 0;
  for (std::size_t i = 0; i < scene.sentences().size(); ++i) {
    const text::Sentence& sentence = scene.sentences()[i];
    if (sentence.line != line) fallback.before.reset();
    line = sentence.line;
    if (facts.size() > setting.facts_max) break;  // the rest would be left out anyway
    const auto& awake = presence.look(scene, setting.index, whole_row(scene, i).span);
    if (!awake.empty()) SentenceFrames(scene, setting, i, fallback, trace, facts).run(awake);
    build_odds(scene, setting, i, facts);
    if (auto carried = carried_subject(scene, sentence)) fallback.before = carried;
  }
}

}  // namespace wiremill::extract
