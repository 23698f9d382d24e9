#include "extract/binding.h"

#include <algorithm>

#include "extract/asides.h"
#include "extract/rows.h"
#include "extract/voices.h"

namespace wiremill::extract {
namespace {

using model::Role;
using model::SubjectType;

/// Costs in bytes of distance: how far away something may stand and still be preferred.
constexpr std::int64_t kSubjectBehind = 70;
constexpr std::int64_t kOtherClause = 90;
constexpr std::int64_t kBehindOtherFigure = 50;
constexpr std::int64_t kSubjectMark = 70;
constexpr std::int64_t kOpensSentence = 30;
constexpr std::int64_t kObject = 60;
constexpr std::int64_t kWith = 140;
constexpr std::int64_t kCounterparty = 90;
constexpr std::int64_t kAside = 160;
constexpr std::int64_t kTotal = 80;
constexpr std::size_t kTotalReachBytes = 48;
constexpr std::size_t kCounterpartyReachBytes = 36;
constexpr std::size_t kRightBeforeBytes = 16;

/// "엔비디아의 최대 고객사인 …", "Amazon, a big Nvidia customer": the word behind a name, up to the
/// next one, says that it is not the one who acts.
bool is_counterparty(const Scene& scene, const ByteRange& sentence, const Actor& actor) {
  std::size_t end = std::min(sentence.end, actor.span.end + kCounterpartyReachBytes);
  for (const Actor& next : scene.actors_in({actor.span.end, end})) {
    end = std::min(end, next.span.begin);
  }
  return scene.field.has(scene.lexis.counterparty, {actor.span.end, end});
}

/// What stands directly around a name and makes it more or less of a subject.
std::int64_t role_cost(const Scene& scene, const ByteRange& sentence, const Actor& actor) {
  const std::string_view text = scene.field.text();
  const std::string_view behind = text.substr(actor.span.end);
  const std::string_view before =
      std::string_view(scene.field.normal.lower).substr(sentence.begin,
                                                        actor.span.begin - sentence.begin);
  std::int64_t cost = 0;
  const Beside& beside = scene.lexis.beside;
  if (beside.subject_behind.begin(behind)) cost -= kSubjectMark;
  if (beside.object_behind.begin(behind)) cost += kObject;
  if (beside.object_before.end(before)) cost += kObject;
  if (before.ends_with(" with ")) cost += kWith;
  if (actor.span.begin == sentence.begin) cost -= kOpensSentence;
  // "계약상대 GE버노바,": the same word in front of a name that no particle marks.
  const std::size_t from = actor.span.begin - std::min(actor.span.begin, kRightBeforeBytes);
  const ByteRange front{std::max(sentence.begin, from), actor.span.begin};
  const bool named_so = behind.starts_with(',') && scene.field.has(scene.lexis.counterparty, front);
  if (named_so || is_counterparty(scene, sentence, actor)) cost += kCounterparty;
  return cost;
}

/// A figure in between is the name's own, unless it is where the next one starts from: "70달러에서".
bool has_own_figure(const Scene& scene, const ByteRange& gap) {
  const auto figures = scene.figures_in(gap);
  return std::any_of(figures.begin(), figures.end(), [&](std::size_t index) {
    const std::string_view behind = scene.field.text().substr(scene.figures[index].span.end);
    return !scene.lexis.beside.origin_behind.begin(behind);
  });
}

std::int64_t subject_cost(const Scene& scene, const ByteRange& sentence, const ByteRange& clause,
                          const ByteRange& anchor, const Actor& actor) {
  auto cost = static_cast<std::int64_t>(distance(actor.span, anchor));
  if (actor.span.begin >= anchor.end) cost += kSubjectBehind;
  if (!clause.contains(actor.span.begin)) cost += kOtherClause;
  // "아마존 2000억, 알파벳 1750억": in a list every name has its own figure.
  const bool before = actor.span.end <= anchor.begin;
  if (before && has_own_figure(scene, {actor.span.end, anchor.begin})) {
    cost += kBehindOtherFigure;
  }
  if (actor.type == SubjectType::kGroup) {
    const std::size_t from = anchor.begin > kTotalReachBytes ? anchor.begin - kTotalReachBytes : 0;
    const ByteRange near{std::max(sentence.begin, from),
                         std::min(sentence.end, anchor.end + kTotalReachBytes)};
    if (scene.field.has(scene.lexis.group_total, near)) cost -= kTotal;
  }
  return cost + role_cost(scene, sentence, actor);
}

/// "… climbed to $523 billion, helped by contracts with Meta and Nvidia", "…; OpenAI accounts for
/// 45 % of them": behind the words of the fact, as somebody it merely touches on.
bool is_touched_on(const Scene& scene, const ByteRange& clause, const ByteRange& anchor,
                   const std::vector<Actor>& actors, const Actor& actor) {
  if (actor.span.begin < anchor.end) return false;
  const std::string_view text = scene.field.text();
  if (actor.span.begin >= clause.end && clause.end < text.size() && text[clause.end] == ';') {
    return true;
  }
  const std::string_view before =
      std::string_view(scene.field.normal.lower)
          .substr(anchor.end, actor.span.begin - anchor.end);
  if (scene.lexis.beside.touched_before.end(before)) return true;
  return std::any_of(actors.begin(), actors.end(), [&](const Actor& other) {
    if (other.span.end >= actor.span.begin) return false;
    const std::string_view gap = scene.field.cut({other.span.end, actor.span.begin});
    return (gap == " and " || gap == ", ") &&
           is_touched_on(scene, clause, anchor, actors, other);
  });
}

/// "Signed with Meta", "said lead manager Morgan Stanley": never the one who acts.
bool is_partner_only(const Scene& scene, const ByteRange& sentence, const Actor& actor) {
  const std::string_view before =
      std::string_view(scene.field.normal.lower)
          .substr(sentence.begin, actor.span.begin - sentence.begin);
  return scene.lexis.beside.partner_before.end(before);
}

bool is_other_company(const Fallback& fallback, const Actor& actor) {
  return fallback.company && *fallback.company != actor.index;
}

bool is_wanted(const Actor& actor, const std::string& kinds) {
  if (kinds == "company") return actor.type == SubjectType::kCompany;
  return kinds != "group" || actor.type == SubjectType::kGroup;
}

/// "Agreed to buy Aligned": what changes hands, never who acts.
bool is_bought(const Scene& scene, const Actor& actor) {
  const auto before = std::string_view(scene.field.normal.lower).substr(0, actor.span.begin);
  const Beside& beside = scene.lexis.beside;
  if (beside.bought_before.end(before)) return true;
  const auto behind = std::string_view(scene.field.normal.lower).substr(actor.span.end);
  return beside.bought_behind.begin(behind) && !beside.buyer_behind.begin(behind);
}

bool is_candidate(const Scene& scene, const ByteRange& sentence, const std::vector<Actor>& actors,
                  const Actor& actor, const std::string& kinds) {
  // "빅테크 한 곳은": one of the group, unnamed.
  const std::string_view behind = scene.field.text().substr(actor.span.end);
  if (scene.lexis.beside.one_of_behind.begin(behind)) return false;
  if (is_bought(scene, actor) || is_forecaster(scene, sentence, actor, actors)) return false;
  return is_wanted(actor, kinds) && !has_a_share(scene, actor);
}

BoundSubject bound_to(const Scene& scene, const Actor& actor) {
  BoundSubject bound;
  bound.subject = subject_of(scene, actor);
  bound.span = actor.span;
  if (actor.type == SubjectType::kCompany) bound.company = actor.index;
  return bound;
}

/// "together", "합산" beside a figure of a sentence that lists several: the sum of all of them.
std::optional<BoundSubject> bind_total(const Scene& scene, const ByteRange& sentence,
                                       const ByteRange& anchor,
                                       const std::vector<Actor>& actors) {
  const std::size_t from = anchor.begin > kTotalReachBytes ? anchor.begin - kTotalReachBytes : 0;
  const ByteRange near{std::max(sentence.begin, from),
                       std::min(sentence.end, anchor.end + kTotalReachBytes)};
  if (!scene.field.has(scene.lexis.group_total, near)) return std::nullopt;
  std::vector<std::string> ids;
  for (const Actor& actor : actors) {
    if (actor.type == SubjectType::kGroup) return std::nullopt;
    const std::string& id = scene.lexis.catalogue.companies[actor.index].id;
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  if (ids.size() < 2) return std::nullopt;
  BoundSubject bound;
  bound.subject = {SubjectType::kGroup, "", ""};
  for (const catalog::Group& group : scene.lexis.catalogue.groups) {
    const auto named = std::count_if(ids.begin(), ids.end(), [&](const std::string& id) {
      return std::find(group.members.begin(), group.members.end(), id) != group.members.end();
    });
    const auto count = static_cast<std::size_t>(named);
    if (count >= 3 && count == ids.size()) bound.subject.id = group.id;
  }
  return bound;
}

/// A joint project of several companies: its amount is nobody's own.
std::optional<BoundSubject> bind_project(const Scene& scene, const ByteRange& sentence,
                                         const std::vector<Actor>& actors) {
  const Hit* const joint = scene.field.first(scene.lexis.joint, sentence);
  if (joint == nullptr || actors.size() < 2) return std::nullopt;
  BoundSubject bound;
  bound.subject = {SubjectType::kProject, "", scene.field.span({joint->begin, joint->end}).text};
  bound.span = {joint->begin, joint->end};
  return bound;
}

}  // namespace

bool has_a_share(const Scene& scene, const Actor& actor) {
  const std::size_t behind = actor.span.end;
  return scene.field.begins(scene.lexis.share_of, behind) ||
         scene.field.begins(scene.lexis.share_of, behind + 1);
}

model::Subject subject_of(const Scene& scene, const Actor& actor) {
  const catalog::Catalogue& catalogue = scene.lexis.catalogue;
  const std::string& id = actor.type == SubjectType::kGroup ? catalogue.groups[actor.index].id
                                                            : catalogue.companies[actor.index].id;
  return {actor.type, id, scene.field.span(actor.span).text};
}

std::optional<BoundSubject> bind_subject(const Scene& scene, const ByteRange& sentence,
                                         const ByteRange& clause, const ByteRange& anchor,
                                         const std::string& kinds, const Fallback& fallback) {
  const std::vector<Actor> actors = scene.actors_in(sentence);
  if (kinds == "company_or_group") {
    if (auto project = bind_project(scene, sentence, actors)) return project;
    if (auto total = bind_total(scene, sentence, anchor, actors)) return total;
  }
  const auto is_free = [&](const Actor& actor) {
    return is_candidate(scene, sentence, actors, actor, kinds);
  };
  const Actor* const listed = actor_in_row(scene, actors, anchor.end);
  if (listed != nullptr && is_free(*listed)) return bound_to(scene, *listed);
  const Actor* best = nullptr;
  std::int64_t best_cost = 0;
  for (const bool bracketed : {false, true}) {
    for (const Actor& actor : actors) {
      if (actor.in_brackets != bracketed || !is_free(actor)) continue;
      const std::int64_t cost = subject_cost(scene, sentence, clause, anchor, actor) +
                                (is_in_aside(scene, actors, actor, anchor) ? kAside : 0);
      if (best != nullptr && cost >= best_cost) continue;
      best = &actor;
      best_cost = cost;
    }
    if (best != nullptr) break;
  }
  // "Signed with Meta", by somebody whom the text does not name or the catalogue does not know.
  if (best != nullptr && kinds == "company" && is_partner_only(scene, sentence, *best) &&
      !fallback.before && !is_other_company(fallback, *best)) {
    return std::nullopt;
  }
  const bool named_before =
      (fallback.before && is_wanted(*fallback.before, kinds) &&
       (best == nullptr || fallback.before->index != best->index)) ||
      (!fallback.before && best != nullptr && is_other_company(fallback, *best));
  const bool touched =
      best != nullptr && named_before && is_touched_on(scene, clause, anchor, actors, *best);
  if (best != nullptr && !touched) return bound_to(scene, *best);
  // "3사의 수주잔고는 30조원": of several that this sentence does not name.
  if (scene.field.has(scene.lexis.group_unnamed, sentence)) return std::nullopt;
  BoundSubject bound;
  bound.borrowed = true;
  if (fallback.before && is_wanted(*fallback.before, kinds)) {
    bound = bound_to(scene, *fallback.before);
    bound.span = {};
    bound.borrowed = true;
    return bound;
  }
  if (kinds == "group") return std::nullopt;
  if (!fallback.company) {
    if (fallback.unknown.empty()) return std::nullopt;
    const std::string id = fallback.unknown_has_symbol ? fallback.unknown : std::string();
    bound.subject = {SubjectType::kCompany, id, fallback.unknown};
    return bound;
  }
  const catalog::Company& company = scene.lexis.catalogue.companies[*fallback.company];
  bound.subject = {SubjectType::kCompany, company.id, company.name};
  bound.company = fallback.company;
  return bound;
}

std::vector<model::Party> bind_parties(const Scene& scene, const ByteRange& clause,
                                       const BoundSubject& subject, std::optional<Role> role) {
  std::vector<model::Party> parties;
  if (!role) return parties;
  Role other = Role::kMember;
  if (*role == Role::kSupplier) other = Role::kCustomer;
  if (*role == Role::kCustomer || *role == Role::kSpender) other = Role::kSupplier;
  if (*role == Role::kInvestor) other = Role::kInvestee;
  const bool group = subject.subject.type == SubjectType::kGroup;
  const bool project = subject.subject.type == SubjectType::kProject;
  if (group || project) other = Role::kMember;
  if (*role == Role::kSpender && !group && !project) return parties;
  for (const Actor& actor : scene.actors_in(clause)) {
    if (actor.type != SubjectType::kCompany || (group && !actor.in_brackets)) continue;
    const model::Subject party = subject_of(scene, actor);
    const bool known = party.id == subject.subject.id ||
                       std::any_of(parties.begin(), parties.end(),
                                   [&](const model::Party& one) { return one.id == party.id; });
    if (!known) parties.push_back({party.id, party.text, other, std::nullopt});
  }
  return parties;
}

namespace {

/// The first country of the sentence that is not where the goods go: "sales to China", "중국에".
std::pair<const Hit*, std::string_view> first_acting(const Scene& scene,
                                                     const ByteRange& sentence) {
  for (ByteRange rest = sentence; rest.begin < rest.end;) {
    const auto [hit, name] = scene.first_named(scene.lexis.countries, rest);
    if (hit == nullptr) break;
    const std::string_view behind = scene.field.text().substr(hit->end);
    const auto before = std::string_view(scene.field.normal.lower).substr(0, hit->begin);
    const Beside& beside = scene.lexis.beside;
    const bool goal = beside.goal_behind.begin(behind) || beside.goal_before.end(before);
    if (!goal) return {hit, name};
    rest.begin = hit->end;
  }
  return {nullptr, {}};
}

}  // namespace

std::optional<BoundSubject> fixed_subject(const Scene& scene, const catalog::Rule& rule,
                                          const ByteRange& sentence, const ByteRange& anchor) {
  BoundSubject bound;
  if (rule.subject == "institution") {
    bound.subject = {SubjectType::kInstitution, rule.subject_id, ""};
  } else if (rule.subject == "country") {
    // Whoever curbs exports stands in front of whom it hits.
    const bool first = rule.kind == model::name_of(model::FactKind::kExportControl);
    const auto [hit, name] = first ? first_acting(scene, sentence)
                                   : scene.nearest_named(scene.lexis.countries, sentence, anchor);
    const std::string id = name.empty() ? rule.subject_id : std::string(name);
    bound.subject = {SubjectType::kCountry, id, ""};
    if (hit != nullptr) bound.subject.text = scene.field.span({hit->begin, hit->end}).text;
  } else {
    bound.subject = {SubjectType::kUnknown, rule.subject_id, ""};
  }
  return bound;
}

}  // namespace wiremill::extract
