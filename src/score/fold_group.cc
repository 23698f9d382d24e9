// Groups: what the members plan to spend together, stated and computed, never added to each other.

#include <fmt/format.h>

#include "score/fold.h"
#include "score/ledger.h"

namespace wiremill::score {
namespace {

constexpr double kBillion = 1e9;
constexpr double kPercent = 100;

/// A group speaks when news does: references alone are not a signal.
void add_totals(const Scope& scope, Moment moment, const Program& program, Fold& fold) {
  const auto& metrics = program.weights().total_metrics;
  if (!fold.speaks || metrics.empty()) return;
  for (const GroupTotal& total : group_totals(scope, moment, program)) {
    const std::string where = fmt::format("{}.{}", total.period, total.unit);
    fold.values["computed_total_bn." + where] = total.total.approximate() / kBillion;
    fold.values["computed_members." + where] = static_cast<double>(total.members.size());
    const double before = total.before_of_compared.approximate();
    if (before > 0) {
      fold.values["growth_percent." + where] =
          (total.now_of_compared.approximate() - before) / before * kPercent;
      fold.values["growth_members." + where] = static_cast<double>(total.compared.size());
    }
    if (moment.slot == Moment::Slot::kNow) {
      fold.ledger.push_back(line_of(entry_of(total, scope.id(), metrics.front())));
    }
  }
}

void add_stated(const Scope& scope, Moment moment, const Program& program, Fold& fold) {
  for (const Scope::Weighed& weighed : scope.claims()) {
    const Claim* const claim = weighed.claim;
    const Topic& topic = claim->topic();
    if (topic.subject_type != model::SubjectType::kGroup || topic.subject != scope.id()) continue;
    const Statement* const newest = claim->at(moment, program).newest();
    if (newest == nullptr || newest->first->denied || !newest->first->value) continue;
    const model::Figure* const figure = newest->first->record->figure(newest->first->fact->figure);
    if (figure->currency.empty()) continue;
    const std::string period = topic.period.empty() ? "unstated" : topic.period;
    fold.values[fmt::format("stated_total_bn.{}.{}", period, figure->currency)] =
        *newest->first->value / kBillion;
  }
}

}  // namespace

void fold_group(const Scope& scope, Moment moment, const FoldContext& context, Fold& fold) {
  const Program& program = *context.program;
  if (moment.slot == Moment::Slot::kNow) {
    fold.ledger = ledger_of(scope, moment, program, context.ledger_max);
  }
  add_stated(scope, moment, program, fold);
  add_totals(scope, moment, program, fold);
}

}  // namespace wiremill::score
