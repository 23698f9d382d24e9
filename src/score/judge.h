#pragma once
// What a statement says when it is measured: which way it points, by how much, how large it is.
// The direction comes from the ledger and not from the verb: from the earlier value for the same
// period, else from the value a year before (known claims first, then the catalogue's dated
// references), else from the text's own word, with unknown size.
//
//   const Judgement judged = judge(claim, account, moment, program);
//   if (judged.direction == Direction::kUp && holds(impact.when, judged, …)) …

#include <optional>
#include <string_view>

#include "score/claim.h"

namespace wiremill::score {

struct Judgement {
  const Claim* claim = nullptr;
  const Statement* statement = nullptr;  ///< the one that carries the claim
  std::optional<model::Direction> direction;
  std::optional<double> revision;  ///< (value - earlier) / |earlier|
  std::optional<double> earlier;   ///< what it was measured by
  std::string_view earlier_source; ///< statement, text, prior_period, reference, or empty
  bool same_period = false;        ///< the earlier value is for the same period
  std::optional<double> revenue_share;   ///< value / trailing revenue of the subject
  std::optional<double> baseline_points; ///< against a pack's first reading; set by the pack
  double status_weight = 0;        ///< of the rung, or of a denial
  double sign = 1;                 ///< -1 for a denial: it speaks against what it denies
  bool own_firm = false;  ///< contracted or firmer, said by the company that it is about
};

/// Requires: account.newest() is there. Borrows: claim and account.
Judgement judge(const Claim& claim, const Account& account, Moment moment,
                const Program& program);

/// Whether what the condition asks of a statement holds; what it asks of the topic is settled by
/// Program::looks_at.
bool holds(const catalog::Condition& when, const Judgement& judged);

/// The magnitude factor of a row for a statement, within the catalogue's bounds.
double magnitude(catalog::Magnitude formula, const Judgement& judged,
                 const catalog::Weights& weights);

}  // namespace wiremill::score
