#include "extract/scene.h"

#include <algorithm>

namespace wiremill::extract {
namespace {

constexpr std::size_t kOwnLabelBytes = 90;

}  // namespace

std::size_t distance(const ByteRange& a, const ByteRange& b) {
  if (a.end <= b.begin) return b.begin - a.end;
  return b.end <= a.begin ? a.begin - b.end : 0;
}

text::Sentence whole_row(const Scene& scene, std::size_t sentence) {
  const auto& all = scene.sentences();
  text::Sentence row = all[sentence];
  if (row.kind != text::LineKind::kCell || row.row.empty() || sentence == 0) return row;
  const bool second = all[sentence - 1].span.begin == row.row.begin;
  const bool last = sentence + 1 == all.size() || all[sentence + 1].line != row.line;
  if (second && last) row.span.begin = row.row.begin;
  return row;
}

Scene::Scene(const FieldText& text, const std::vector<PlacedFigure>& placed,
             const std::vector<PlacedCompany>& companies, const Lexis& words)
    : field(text), figures(placed), lexis(words), companies_(companies) {
  find_shadowed();
  for (std::size_t i = 0; i < sentences().size(); ++i) {
    Label label = read_label(sentences()[i]);
    // "긍정 시나리오(확률 40%): …" speaks for the rest of its line too.
    if (i > 0 && sentences()[i].line == sentences()[i - 1].line &&
        sentences()[i].kind != text::LineKind::kCell) {
      label.hypothetical = label.hypothetical || labels_[i - 1].hypothetical;
      label.recommendation = label.recommendation || labels_[i - 1].recommendation;
    }
    labels_.push_back(label);
  }
}

void Scene::find_shadowed() {
  shadowed_.resize(field.hits.size());
  ByteRange longest;
  for (std::size_t i = 0; i < field.hits.size(); ++i) {
    const Hit& hit = field.hits[i];
    const ByteRange span{hit.begin, hit.end};
    const bool same = span.begin == longest.begin && span.end == longest.end;
    shadowed_[i] = span.begin >= longest.begin && span.end <= longest.end && !same;
    const bool measure = !Lexis::name_in(lexis.measures, hit).empty();
    if (measure && span.end > longest.end) longest = span;
  }
}

Label Scene::read_label(const text::Sentence& sentence) const {
  Label label;
  const auto add = [&](const ByteRange& range) {
    for (const Hit& hit : field.hits_in(range)) {
      if (hit.end > range.end || is_shadowed(hit)) continue;
      const std::string_view name = Lexis::name_in(lexis.labels, hit);
      label.hypothetical = label.hypothetical || name == "hypothetical";
      label.recommendation = label.recommendation || name == "recommendation";
      label.view = label.view || name == "view";
    }
  };
  add(sentence.heading);
  add(sentence.sub_heading);
  add(sentence.column);
  label.odds = !sentence.column.empty() && has_named(lexis.labels, "odds", sentence.column);
  const std::string_view words = field.cut(sentence.span);
  const std::size_t colon = words.substr(0, kOwnLabelBytes).find(':');
  if (colon == std::string_view::npos) return label;
  const ByteRange own{sentence.span.begin, sentence.span.begin + colon};
  if (sentence.kind != text::LineKind::kHeading) add(own);
  label.hypothetical = label.hypothetical || has_named(lexis.labels, "quoted", own);
  return label;
}

std::vector<Actor> Scene::actors_in(const ByteRange& range) const {
  std::vector<Actor> actors;
  const auto first = std::lower_bound(
      companies_.begin(), companies_.end(), range.begin,
      [](const PlacedCompany& one, std::size_t at) { return one.span.begin < at; });
  for (auto at = first; at != companies_.end() && at->span.begin < range.end; ++at) {
    actors.push_back({at->span, model::SubjectType::kCompany, at->company, false});
  }
  for (const Hit& hit : field.hits_in(range)) {
    if (hit.term != Term::kGroup) continue;
    const ByteRange span{hit.begin, hit.end};
    const bool covered = std::any_of(actors.begin(), actors.end(), [&](const Actor& one) {
      return one.span.begin < span.end && span.begin < one.span.end;
    });
    if (!covered) actors.push_back({span, model::SubjectType::kGroup, hit.index, false});
  }
  std::sort(actors.begin(), actors.end(), [](const Actor& a, const Actor& b) {
    return a.span.begin < b.span.begin;
  });
  int depth = 0;
  std::size_t next = 0;
  for (std::size_t at = range.begin; at < range.end && next < actors.size(); ++at) {
    const char c = field.text()[at];
    depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
    if (at == actors[next].span.begin) actors[next++].in_brackets = depth > 0;
  }
  return actors;
}

std::vector<std::size_t> Scene::figures_in(const ByteRange& range) const {
  std::vector<std::size_t> found;
  const auto first = std::lower_bound(
      figures.begin(), figures.end(), range.begin,
      [](const PlacedFigure& one, std::size_t at) { return one.span.begin < at; });
  for (auto at = first; at != figures.end() && at->span.begin < range.end; ++at) {
    found.push_back(static_cast<std::size_t>(at - figures.begin()));
  }
  return found;
}

std::vector<ByteRange> Scene::clauses(const ByteRange& sentence) const {
  std::vector<ByteRange> parts;
  std::size_t begin = sentence.begin;
  const auto cut_at = [&](std::size_t at, std::size_t next) {
    if (at > begin) parts.push_back({begin, at});
    begin = next;
  };
  const std::string_view text = field.text();
  std::vector<std::size_t> breaks;
  for (const Hit& hit : field.hits_in(sentence)) {
    if (hit.term != Term::kWord) continue;
    if (hit.index == lexis.clause_break) breaks.push_back(hit.end);
    if (hit.index == lexis.clause_begin) breaks.push_back(hit.begin);
  }
  std::sort(breaks.begin(), breaks.end());
  std::size_t next_break = 0;
  for (std::size_t at = sentence.begin; at < sentence.end; ++at) {
    while (next_break < breaks.size() && breaks[next_break] < at) ++next_break;
    if (next_break < breaks.size() && breaks[next_break] == at && at > begin) cut_at(at, at);
    if (text[at] == ';') cut_at(at, at + 1);
    if (text[at] == '.' && text.substr(at).starts_with("...")) cut_at(at, at + 3);
  }
  cut_at(sentence.end, sentence.end);
  return parts;
}

std::pair<const Hit*, std::string_view> Scene::first_named(const Named& named,
                                                           const ByteRange& range) const {
  for (const Hit& hit : field.hits_in(range)) {
    const auto name = Lexis::name_in(named, hit);
    if (!name.empty() && hit.end <= range.end && !is_shadowed(hit)) return {&hit, name};
  }
  return {nullptr, {}};
}

const Hit* Scene::find_named(const Named& named, std::string_view name,
                             const ByteRange& range) const {
  for (const Hit& hit : field.hits_in(range)) {
    if (hit.end > range.end || is_shadowed(hit)) continue;
    if (Lexis::name_in(named, hit) == name) return &hit;
  }
  return nullptr;
}

std::pair<const Hit*, std::string_view> Scene::nearest_named(const Named& named,
                                                             const ByteRange& range,
                                                             const ByteRange& anchor) const {
  std::pair<const Hit*, std::string_view> best{nullptr, {}};
  for (const Hit& hit : field.hits_in(range)) {
    const auto name = Lexis::name_in(named, hit);
    if (name.empty() || hit.end > range.end || is_shadowed(hit)) continue;
    const auto gap = [&](const Hit& one) { return distance({one.begin, one.end}, anchor); };
    if (best.first == nullptr || gap(hit) < gap(*best.first)) best = {&hit, name};
  }
  return best;
}

}  // namespace wiremill::extract
