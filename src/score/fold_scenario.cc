// Scenario packs: exclusive sets whose weights move by likelihood ratios.
//
//   u_k = prior_k · exp(Σ over trigger families of capped, diminishing pieces) · S_k
//   weight_k = u_k / Σ u
//
// A piece is credibility × status × log LR of the row that holds, capped in its spread between the
// most and the least favoured scenario, fading for events and whole for states.

#include <fmt/format.h>

#include <algorithm>

#include "score/arith.h"
#include "score/fold.h"

namespace wiremill::score {
namespace {

using Vector = std::vector<double>;  // one number a scenario

constexpr double kPercent = 100;
constexpr double kBasisPointsPerPercent = 100;
constexpr double kThousand = 1000;
constexpr double kMicrosecondsPerDay = 86'400e6;

double spread(const Vector& v) {
  const auto [least, most] = std::minmax_element(v.begin(), v.end());
  return *most - *least;
}

void scale(Vector& v, double by) {
  for (double& x : v) x *= by;
}

/// Shrinks the whole vector until its spread is at most ln(ratio). True: it had to.
bool cap(Vector& v, double ratio) {
  const double limit = ln(ratio);
  const double now = spread(v);
  if (now <= limit) return false;
  scale(v, limit / now);
  return true;
}

/// What one claim does to the set through one trigger.
struct Piece {
  std::size_t trigger = 0;
  const catalog::TriggerRow* row = nullptr;
  Judgement judged;
  Factors factors;
  bool capped = false;
  Vector log_odds;
};

/// A claim as the pack sees it.
struct Candidate {
  const Claim* claim = nullptr;
  const Account* account = nullptr;
  Judgement judged;
};

class ScenarioFold {
 public:
  ScenarioFold(const Scope& scope, Moment moment, const FoldContext& context,
               const catalog::Pack& pack, Fold& fold)
      : scope_(scope), moment_{std::min(moment.t, pack.closes), moment.slot},
        program_(*context.program), weights_(program_.weights()), pack_(pack), fold_(fold) {}

  void run(base::Instant t) {
    collect();
    for (std::size_t i = 0; i < pack_.triggers.size(); ++i) test(i);
    families();
    const Vector logs = sum();
    const Vector weights = normalised(logs);
    publish(weights, t);
    if (moment_.slot == Moment::Slot::kNow) explain(logs, weights);
  }

 private:
  void collect() {
    by_trigger_.resize(pack_.triggers.size());
    views_.resize(pack_.triggers.size());
    const PackView view{pack_.evidence_from, &pack_.forms_excluded};
    for (const Scope::Weighed& weighed : scope_.claims()) {
      const Claim* const claim = weighed.claim;
      fold_.accounts.push_back(claim->seen_by(view, moment_.t, program_));
      const Account& account = fold_.accounts.back();
      if (account.newest() == nullptr || account.newest()->stale) continue;
      const Candidate candidate{claim, &account, judge(*claim, account, moment_, program_)};
      for (const Watch& watch : claim->audience().watches) {
        if (&program_.packs()[watch.pack] != &pack_) continue;
        by_trigger_[watch.trigger].push_back(candidate);
      }
    }
  }

  /// The first reading since the pack's evidence began: what later ones are measured by.
  static const Mention* first_reading(const std::vector<Candidate>& candidates) {
    const Mention* first = nullptr;
    for (const Candidate& candidate : candidates) {
      for (const Statement& statement : candidate.account->statements) {
        if (statement.stale || statement.first->denied || !statement.first->value) continue;
        if (first == nullptr || before(*statement.first, *first)) first = statement.first;
      }
    }
    return first;
  }

  void test(std::size_t index) {
    const catalog::Trigger& trigger = pack_.triggers[index];
    std::vector<Candidate>& candidates = by_trigger_[index];
    model::TriggerState& view = views_[index];
    view.id = trigger.id;
    view.state = candidates.empty() ? "untested" : "off";
    if (trigger.type == catalog::TriggerType::kEvent) {
      for (const Candidate& candidate : candidates) fire(index, candidate.judged);
      return;
    }
    const auto newest = std::max_element(
        candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
          return before(*a.judged.statement->first, *b.judged.statement->first);
        });
    if (newest == candidates.end()) return;
    const Mention* const first = first_reading(candidates);
    const auto baseline = trigger.baseline || first == nullptr ? trigger.baseline : first->value;
    const auto& value = newest->judged.statement->first->value;
    if (baseline && value) {
      // Rounded: 4.2 against 4.1 is ten points, not a little more or less.
      const double points = (*value - *baseline) * kBasisPointsPerPercent;
      newest->judged.baseline_points = static_cast<double>(thousandths(points)) / kThousand;
    }
    view.reading = reading_text(trigger, newest->judged);
    fire(index, newest->judged);
  }

  static std::string reading_text(const catalog::Trigger& trigger, const Judgement& judged) {
    const auto& surprise = judged.statement->surprise_points;
    const bool by_baseline = std::any_of(
        trigger.rows.begin(), trigger.rows.end(), [](const catalog::TriggerRow& row) {
          return row.when.baseline_at_least || row.when.baseline_at_most;
        });
    if (by_baseline && judged.baseline_points) {
      return fmt::format("{:+.1f} bp", *judged.baseline_points);
    }
    return surprise ? fmt::format("{:+.2f} points", *surprise) : std::string();
  }

  void fire(std::size_t index, const Judgement& judged) {
    const catalog::Trigger& trigger = pack_.triggers[index];
    for (const catalog::TriggerRow& row : trigger.rows) {
      if (!program_.looks_at(row.when, judged.claim->topic()) || !holds(row.when, judged)) continue;
      Piece piece;
      piece.trigger = index;
      piece.row = &row;
      piece.judged = judged;
      piece.factors.credibility = judged.statement->credibility;
      piece.factors.status = judged.status_weight;
      const double weight = piece.factors.product() * judged.sign;
      for (const double ratio : row.ratios) piece.log_odds.push_back(weight * ln(ratio));
      const bool official = trigger.official || judged.own_firm;
      piece.capped =
          cap(piece.log_odds, official ? weights_.official_spread : weights_.claim_spread);
      if (trigger.type == catalog::TriggerType::kEvent) {
        piece.factors.decay =
            decay(judged.statement->first->scored, moment_.t, trigger.half_life_days);
        scale(piece.log_odds, piece.factors.decay);
      }
      note(piece);
      pieces_.push_back(std::move(piece));
      return;
    }
  }

  void note(const Piece& piece) {
    model::TriggerState& view = views_[piece.trigger];
    const double strength = piece.factors.product();
    view.capped = view.capped || piece.capped;
    if (view.state == "on" && strength <= view.strength) return;
    view.state = "on";
    view.variant = piece.row->id;
    view.strength = strength;
  }

  /// Strongest first, the i-th counts diminishing^(i-1), the family as a whole is capped.
  void families() {
    std::map<std::string_view, std::vector<Piece*>> by_family;
    for (Piece& piece : pieces_) by_family[pack_.triggers[piece.trigger].family].push_back(&piece);
    for (auto& [family, members] : by_family) {
      std::sort(members.begin(), members.end(), [](const Piece* a, const Piece* b) {
        const double x = spread(a->log_odds);
        const double y = spread(b->log_odds);
        if (x != y) return x > y;
        return std::tie(a->judged.claim->text(), a->trigger) <
               std::tie(b->judged.claim->text(), b->trigger);
      });
      Vector sum(pack_.scenarios.size(), 0);
      double share = 1;
      for (Piece* const piece : members) {
        scale(piece->log_odds, share);
        share *= weights_.diminishing;
        for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += piece->log_odds[k];
      }
      const double before_cap = spread(sum);
      if (!cap(sum, weights_.family_spread)) continue;
      capped_ = true;
      for (Piece* const piece : members) scale(piece->log_odds, spread(sum) / before_cap);
    }
  }

  /// log (u / prior).
  Vector sum() const {
    Vector logs(pack_.scenarios.size(), 0);
    for (const Piece& piece : pieces_) {
      for (std::size_t k = 0; k < logs.size(); ++k) logs[k] += piece.log_odds[k];
    }
    add_silence(logs);
    return logs;
  }

  void add_silence(Vector& logs) const {
    if (!pack_.silence || moment_.t <= pack_.evidence_from) return;
    for (const model::TriggerState& view : views_) {
      if (view.id == pack_.silence->trigger && view.state == "on") return;
    }
    const double gone = static_cast<double>((moment_.t - pack_.evidence_from).count()) /
                        kMicrosecondsPerDay / pack_.silence->span_days;
    for (std::size_t k = 0; k < logs.size(); ++k) {
      logs[k] += ln(1 - pack_.silence->quiet[k] * std::min(1.0, gone));
    }
  }

  /// Without evidence this is the prior, to the last bit.
  Vector normalised(const Vector& logs) const {
    const double greatest = *std::max_element(logs.begin(), logs.end());
    Vector weights;
    double sum = 0;
    for (std::size_t k = 0; k < logs.size(); ++k) {
      weights.push_back(pack_.scenarios[k].prior * exp(logs[k] - greatest));
      sum += weights.back();
    }
    for (double& weight : weights) weight /= sum;
    return weights;
  }

  void publish(const Vector& weights, base::Instant t) {
    model::ScenarioView view;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      const catalog::Scenario& scenario = pack_.scenarios[k];
      view.names.push_back(scenario.id);
      view.weights.push_back(weights[k]);
      view.prior.push_back(scenario.prior);
      view.moved_points.push_back((weights[k] - scenario.prior) * kPercent);
      fold_.values["weight." + scenario.id] = weights[k];
    }
    view.set = pack_.id;
    view.prior_basis = pack_.prior_basis;
    view.opens = pack_.opens;
    view.closes = pack_.closes;
    view.state = t < pack_.closes ? "open" : "closed";
    view.triggers = views_;
    view.capped = capped_ || std::any_of(pieces_.begin(), pieces_.end(),
                                         [](const Piece& piece) { return piece.capped; });
    fold_.scenario = std::move(view);
    fold_.speaks = true;
  }

  /// For and against the scenario that gained most: how many points each piece moves it, found by
  /// leaving the piece out.
  void explain(const Vector& logs, const Vector& weights) {
    std::size_t gainer = 0;
    const auto gain = [&](std::size_t k) { return weights[k] - pack_.scenarios[k].prior; };
    for (std::size_t k = 1; k < weights.size(); ++k) gainer = gain(k) > gain(gainer) ? k : gainer;
    for (const Piece& piece : pieces_) {
      if (thousandths(spread(piece.log_odds)) == 0) continue;  // the tail of a long family
      const catalog::Trigger& trigger = pack_.triggers[piece.trigger];
      Vector without = logs;
      for (std::size_t k = 0; k < logs.size(); ++k) without[k] -= piece.log_odds[k];
      without = normalised(without);
      Evidence evidence;
      evidence.claim = piece.judged.claim;
      evidence.statement = piece.judged.statement;
      evidence.earlier = piece.judged.earlier;
      evidence.aspect = trigger.id;
      evidence.rule = piece.row->id;
      evidence.factors = piece.factors;
      evidence.weight = piece.factors.product();
      evidence.contribution = (weights[gainer] - without[gainer]) * kPercent;
      evidence.strength = evidence.contribution < 0 ? -1 : 1;
      for (std::size_t k = 0; k < weights.size(); ++k) {
        const std::string& id = pack_.scenarios[k].id;
        evidence.details.emplace_back("log_odds." + id, piece.log_odds[k]);
        evidence.details.emplace_back("points." + id, (weights[k] - without[k]) * kPercent);
      }
      fold_.evidence.push_back(std::move(evidence));
      fold_.half_life_days[trigger.id] = trigger.half_life_days;
    }
  }

  const Scope& scope_;
  Moment moment_;
  const Program& program_;
  const catalog::Weights& weights_;
  const catalog::Pack& pack_;
  Fold& fold_;
  std::vector<std::vector<Candidate>> by_trigger_;
  std::vector<model::TriggerState> views_;
  std::vector<Piece> pieces_;
  bool capped_ = false;
};

}  // namespace

void fold_scenario(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  fold.speaks = false;
  for (const catalog::Pack& pack : context.program->packs()) {
    if (pack.id != scope.id()) continue;
    if (moment.t < pack.opens || moment.t >= pack.closes + context.pack_lingers) return;
    ScenarioFold(scope, moment, context, pack, fold).run(moment.t);
  }
}

}  // namespace wiremill::score
