#include "score/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <compare>
#include <map>
#include <set>
#include <tuple>

#include "base/assert.h"
#include "score/weigh.h"

namespace wiremill::score {
namespace {

using model::Figure;
using model::LedgerEntry;

constexpr std::string_view kAnnualPrefix = "FY";

std::string unit_text(const Figure& figure) {
  if (!figure.currency.empty()) return figure.currency;
  return figure.unit.empty() ? std::string(model::name_of(figure.kind)) : figure.unit;
}

std::string text_of(const std::optional<base::Decimal>& value) {
  return value ? value->text() : std::string();
}

const Figure* figure_of(const Mention& mention) {
  return mention.record->figure(mention.fact->figure);
}

std::string variant_text(const model::Qualifier& q) {
  std::string text;
  for (const std::string* part : {&q.variant, &q.segment, &q.location, &q.product, &q.part_of}) {
    if (!part->empty()) text += (text.empty() ? "" : ", ") + *part;
  }
  return text;
}

bool has_ledger_entry(const Claim& claim, const Program& program) {
  if (claim.topic().tone) return false;
  const auto& kinds = program.weights().ledger_kinds;
  return std::find(kinds.begin(), kinds.end(), claim.topic().kind) != kinds.end();
}

LedgerEntry entry_of(const Claim& claim, const Account& account) {
  const Statement* const newest = account.newest();
  const Mention& first = *newest->first;
  const Figure* const figure = figure_of(first);
  LedgerEntry entry;
  entry.subject = claim.topic().subject;
  entry.metric = claim.topic().metric;
  entry.variant = variant_text(first.fact->qualifier);
  entry.period = claim.topic().period;
  entry.low = text_of(figure->low);
  entry.high = text_of(figure->high);
  entry.bound = model::name_of(figure->bound);
  entry.unit = unit_text(*figure);
  entry.status = model::name_of(first.status);
  entry.claimant = model::name_of(first.fact->claimant.type);
  entry.fact = first.fact->id;
  entry.at = first.scored;
  for (const Statement& statement : account.statements) {
    if (&statement == newest || !statement.first->value) continue;
    entry.history.push_back(fmt::format("{}{} {}", statement.first->denied ? "denied " : "",
                                        model::name_of(statement.first->status),
                                        value_text(figure_of(*statement.first))));
  }
  return entry;
}

struct MemberFigure {
  base::Decimal value;
  base::Instant at;
};

struct FigureKey {
  std::string metric;
  std::string period;
  std::string currency;
  auto operator<=>(const FigureKey&) const = default;
};

/// A member's figures for whole years, one for each currency it was given in: from the claims,
/// else known references. A plan told in won as well does not hide the plan told in dollars.
using MemberFigures = std::map<FigureKey, MemberFigure>;
using ByMember = std::map<std::string, MemberFigures>;

bool is_summed(const FigureKey& key, const Program& program) {
  const auto& metrics = program.weights().total_metrics;
  return key.period.starts_with(kAnnualPrefix) && !key.currency.empty() &&
         std::find(metrics.begin(), metrics.end(), key.metric) != metrics.end();
}

ByMember known_figures(const catalog::Group& group, base::Instant t, const Program& program) {
  ByMember members;
  for (const catalog::Reference& reference : program.catalogue().weighing.references) {
    const auto& ids = group.members;
    if (std::find(ids.begin(), ids.end(), reference.subject) == ids.end()) continue;
    if (reference.as_of > t) continue;
    for (const std::string& metric : reference.metrics) {
      const FigureKey key{metric, reference.period, reference.unit};
      if (!is_summed(key, program)) continue;
      members[reference.subject][key] = {reference.value, reference.as_of};
    }
  }
  return members;
}

void add_claim(const Claim& claim, Moment moment, const Program& program,
               MemberFigures& figures) {
  const Account& account = claim.at(moment, program);
  if (account.newest() == nullptr || account.newest()->first->denied) return;
  for (const Statement& statement : account.statements) {  // the newest of a currency is the last
    const Figure* const figure = figure_of(*statement.first);
    const auto value = figure == nullptr ? std::nullopt : figure->representative();
    if (!value || statement.first->denied) continue;
    const FigureKey key{claim.topic().metric, claim.topic().period, figure->currency};
    if (is_summed(key, program)) figures[key] = {*value, statement.first->scored};
  }
}

ByMember member_figures(const catalog::Group& group, const Scope& scope, Moment moment,
                        const Program& program) {
  ByMember members = known_figures(group, moment.t, program);
  for (const Scope::Weighed& weighed : scope.claims()) {
    const Topic& topic = weighed.claim->topic();
    if (topic.subject_type != model::SubjectType::kCompany) continue;
    add_claim(*weighed.claim, moment, program, members[topic.subject]);
  }
  return members;
}

/// The currency in which most members have a figure, the first by name among equals: what one
/// story tells in another currency is not added, and does not make a second total.
std::string currency_of(const ByMember& members) {
  std::map<std::string, std::set<std::string>> speakers;
  for (const auto& [member, figures] : members) {
    for (const auto& [key, figure] : figures) speakers[key.currency].insert(member);
  }
  const auto most = std::max_element(
      speakers.begin(), speakers.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  return most == speakers.end() ? std::string() : most->first;
}

std::string year_before(const std::string& period) {
  int year = 0;
  std::from_chars(period.data() + kAnnualPrefix.size(), period.data() + period.size(), year);
  return fmt::format("{}{}", kAnnualPrefix, year - 1);
}

void add(base::Decimal& sum, const base::Decimal& value) { sum = sum.plus(value).value_or(sum); }

void add_member(const std::string& member, const MemberFigures& figures,
                const std::string& currency, const std::vector<std::string>& metrics,
                std::map<std::string, GroupTotal>& totals) {
  std::set<std::string> counted;  // periods: the preferred metric alone enters
  for (const std::string& metric : metrics) {
    for (const auto& [key, figure] : figures) {
      if (key.metric != metric || key.currency != currency) continue;
      if (!counted.insert(key.period).second) continue;
      GroupTotal& total = totals[key.period];
      total.period = key.period;
      total.unit = currency;
      total.at = std::max(total.at, figure.at);
      total.members.push_back(member);
      add(total.total, figure.value);
      const auto before = figures.find({metric, year_before(key.period), currency});
      if (before == figures.end()) continue;
      total.compared.push_back(member);
      add(total.now_of_compared, figure.value);
      add(total.before_of_compared, before->second.value);
    }
  }
}

}  // namespace

std::string value_text(const Figure* figure) {
  if (figure == nullptr || (!figure->low && !figure->high)) return {};
  const std::string low = text_of(figure->low);
  const std::string high = text_of(figure->high);
  const std::string numbers = low == high ? low : fmt::format("{}…{}", low, high);
  return fmt::format("{} {}", numbers, unit_text(*figure));
}

const Statement* shown_statement(const Claim& claim, const Account& account,
                                 const Program& program) {
  if (!has_ledger_entry(claim, program)) return nullptr;
  const Statement* const newest = account.newest();
  return newest == nullptr || newest->first->denied || !newest->first->value ? nullptr : newest;
}

std::shared_ptr<const LedgerLine> line_of(LedgerEntry e) {
  std::string text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", e.subject, e.metric,
                                 e.variant, e.period, e.low, e.high, e.bound, e.unit, e.status,
                                 e.claimant, e.fact, fmt::join(e.history, ";"),
                                 fmt::join(e.members, ";"));
  return std::make_shared<const LedgerLine>(LedgerLine{std::move(e), std::move(text)});
}

std::vector<std::shared_ptr<const LedgerLine>> ledger_of(const Scope& scope, Moment moment,
                                                         const Program& program,
                                                         std::size_t entries_max) {
  WIREMILL_ASSERT(moment.slot == Moment::Slot::kNow);
  std::vector<Scope::Weighed> shown;
  Row spare;
  for (const Scope::Weighed& weighed : scope.claims()) {
    if (row_of(weighed, scope, moment, program, spare).shown != nullptr) shown.push_back(weighed);
  }
  if (shown.size() > entries_max) {
    const auto end = shown.begin() + static_cast<std::ptrdiff_t>(entries_max);
    std::nth_element(shown.begin(), end, shown.end(), [](const auto& a, const auto& b) {
      if (a.row->shown_at != b.row->shown_at) return a.row->shown_at > b.row->shown_at;
      return before(*b.row->shown, *a.row->shown);
    });
    shown.erase(end, shown.end());
  }
  std::vector<std::shared_ptr<const LedgerLine>> lines;
  for (const auto& [claim, row] : shown) {
    if (!row->line) row->line = line_of(entry_of(*claim, claim->at(moment, program)));
    lines.push_back(row->line);
  }
  std::sort(lines.begin(), lines.end(), [](const auto& one, const auto& other) {
    const LedgerEntry& a = one->entry;
    const LedgerEntry& b = other->entry;
    return std::tie(a.subject, a.metric, a.variant, a.period, a.fact) <
           std::tie(b.subject, b.metric, b.variant, b.period, b.fact);
  });
  return lines;
}

std::vector<GroupTotal> group_totals(const Scope& scope, Moment moment, const Program& program) {
  std::vector<GroupTotal> sorted;
  const catalog::Group* const group = program.catalogue().group(scope.id());
  if (group == nullptr) return sorted;
  const ByMember members = member_figures(*group, scope, moment, program);
  const std::string currency = currency_of(members);
  std::map<std::string, GroupTotal> totals;  // by period
  for (const auto& [member, figures] : members) {
    add_member(member, figures, currency, program.weights().total_metrics, totals);
  }
  for (auto& [period, total] : totals) {
    if (total.members.size() > 1) sorted.push_back(std::move(total));
  }
  return sorted;
}

LedgerEntry entry_of(const GroupTotal& total, const std::string& group,
                     const std::string& metric) {
  LedgerEntry entry;
  entry.subject = group;
  entry.metric = metric;
  entry.period = total.period;
  entry.low = entry.high = total.total.text();
  entry.bound = model::name_of(model::Bound::kAbout);
  entry.unit = total.unit;
  entry.at = total.at;
  entry.members = total.members;
  entry.stated = false;
  return entry;
}

}  // namespace wiremill::score
