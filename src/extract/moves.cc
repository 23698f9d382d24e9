#include "extract/moves.h"

#include <algorithm>

#include "extract/circumstances.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FigureKind;

constexpr std::size_t kVerbReachBytes = 8;
constexpr std::size_t kFlowVerbReachBytes = 24;
constexpr std::size_t kNameReachBytes = 48;
constexpr std::string_view kMarket = "KOSPI";

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.starts_with(word); });
}

class Moves {
 public:
  explicit Moves(const PrintPlace& place)
      : place_(place), scene_(place.scene), rule_(place.rule), flow_(rule_.is_tagged("flow")),
        sentence_(scene_.sentences()[place.sentence].span), verbs_(place.parts.size(), nullptr) {}

  void run(std::vector<PlacedFact>& facts) {
    find_verbs();
    for (std::size_t i = 0; i < place_.parts.size(); ++i) {
      if (verbs_[i] == nullptr || place_.parts[i].relation) continue;
      const bool added = flow_ ? add_flow(i, facts) : add_move(i, facts);
      // Who buys from whom: the market's flow is told once, by who is named first.
      if (added && flow_ && facts.back().fact.subject.id == kMarket) return;
    }
  }

 private:
  const PlacedFigure& figure(std::size_t part) const {
    return scene_.figures[place_.parts[part].figure];
  }
  bool is_wanted(const PlacedFigure& placed) const {
    const FigureKind kind = flow_ ? FigureKind::kMoney : FigureKind::kPercent;
    return placed.figure.kind == kind && placed.figure.per.empty();
  }
  /// The end of the figure before, or the sentence's begin.
  std::size_t begin_of(std::size_t part) const {
    for (std::size_t i = part; i-- > 0;) {
      if (is_wanted(figure(i))) return figure(i).span.end;
    }
    return sentence_.begin;
  }

  /// The verb right behind each figure; in a list the last one's is everybody's.
  void find_verbs() {
    const Hit* next = nullptr;
    std::size_t next_begin = sentence_.end;
    for (std::size_t i = place_.parts.size(); i-- > 0;) {
      const PlacedFigure& placed = figure(i);
      if (!is_wanted(placed)) continue;
      verbs_[i] = verb_behind(placed.span.end, next_begin);
      const std::string_view gap = scene_.field.cut({placed.span.end, next_begin});
      const bool listed = next != nullptr && (starts_with_any(gap, {", ", "·"}));
      if (verbs_[i] == nullptr && listed) verbs_[i] = next;
      next = verbs_[i];
      next_begin = placed.span.begin;
    }
  }

  const Hit* verb_behind(std::size_t from, std::size_t to) const {
    const std::size_t reach = from + (flow_ ? kFlowVerbReachBytes : kVerbReachBytes);
    for (const Hit& hit : scene_.field.hits_in({from, std::min(reach, to)})) {
      if (hit.term != Term::kWord || !is_one_of(rule_.all.front(), hit)) continue;
      return is_open(hit.end) ? nullptr : &hit;
    }
    return nullptr;
  }

  /// "급등할", "상승률", "하락 가능성": nothing has moved.
  bool is_open(std::size_t end) const {
    return starts_with_any(scene_.field.text().substr(end),
                           {"할", "하면", "한다면", "하길", "하더라도", "률", "폭", "여력", "세", " 가능",
                            " 여력", " 전망", " 예상", "될", "을 ", " 수 있", "이 예상", "이 기대"});
  }

  static bool is_one_of(const std::vector<ClassId>& classes, const Hit& hit) {
    return std::find(classes.begin(), classes.end(), hit.index) != classes.end();
  }
  bool any_stands(const std::vector<ClassId>& classes, const ByteRange& range) const {
    return std::any_of(classes.begin(), classes.end(),
                       [&](ClassId id) { return scene_.field.has(id, range); });
  }

  /// The last company in the range; none when an index or a yield stands behind it.
  std::optional<Actor> last_company(const ByteRange& range) const {
    std::optional<Actor> last;
    for (const Actor& actor : scene_.actors_in(range)) {
      if (actor.type == model::SubjectType::kCompany && !actor.in_brackets) last = actor;
    }
    if (!last) return std::nullopt;
    for (const Hit& hit : scene_.field.hits_in({last->span.end, range.end})) {
      if (hit.term == Term::kInstrument) return std::nullopt;
    }
    return last;
  }

  /// Another noun than the company may have moved: it has the mark of a subject or is a measure.
  bool is_of_other(const ByteRange& gap) const {
    for (const Hit& hit : scene_.field.hits_in(gap)) {
      const auto name = Lexis::name_in(scene_.lexis.measures, hit);
      if (!name.empty() && name != "share_price") return true;
    }
    std::string_view rest = scene_.field.cut(gap);
    if (starts_with_any(rest, {"의 ", "에 ", "에서 ", "와 ", "과 ", "를 ", "을 ", "보다 ", "발 "})) {
      return !rest.starts_with("의 주가");
    }
    const bool marked = starts_with_any(rest, {"은 ", "는 ", "이 ", "가 ", "도 "});
    if (marked) rest.remove_prefix(4);
    if (rest.starts_with(" 주가")) rest.remove_prefix(1);
    if (rest.starts_with("주가")) rest = rest.substr(std::min(rest.size(), rest.find(' ') + 1));
    for (const std::string_view mark : {"은 ", "는 ", "이 ", "가 ", "고 ", "며 "}) {
      if (rest.find(mark) != std::string_view::npos) return true;
    }
    return false;
  }

  bool add_move(std::size_t part, std::vector<PlacedFact>& facts) {
    const PlacedFigure& placed = figure(part);
    const std::size_t near =
        placed.span.begin > kNameReachBytes ? placed.span.begin - kNameReachBytes : 0;
    const ByteRange front{std::max({sentence_.begin, begin_of(part), near}), placed.span.begin};
    const auto company = last_company(front);
    if (!company || is_of_other({company->span.end, placed.span.begin})) return false;
    if (any_stands(rule_.none, {sentence_.begin, verbs_[part]->end})) return false;
    return add(part, subject_of(scene_, *company), facts);
  }

  bool add_flow(std::size_t part, std::vector<PlacedFact>& facts) {
    // A headline rounds what the body says in full.
    if (scene_.field.field == model::Field::kHeadline && !place_.setting.event.body.empty()) {
      return false;
    }
    const ByteRange front{begin_of(part), figure(part).span.begin};
    if (any_stands(rule_.none, front)) return false;
    if (const auto company = last_company(front)) {
      return add(part, subject_of(scene_, *company), facts);
    }
    const Hit* investor = nullptr;
    for (const ClassId id : rule_.all[1]) {
      if (investor == nullptr) investor = scene_.field.first(id, front);
    }
    if (investor == nullptr) return false;
    return add(part, {model::SubjectType::kIndex, std::string(kMarket), ""}, facts);
  }

  Direction direction(const Hit& verb) const {
    const auto words = scene_.nearest_named(scene_.lexis.directions, {verb.begin, verb.end},
                                            {verb.begin, verb.end}).second;
    return words == model::name_of(Direction::kDown) ? Direction::kDown : Direction::kUp;
  }

  bool add(std::size_t part, const model::Subject& subject, std::vector<PlacedFact>& facts) {
    const PlacedFigure& placed = figure(part);
    const ByteRange words{placed.span.begin, verbs_[part]->end};
    const Circumstances how = read_circumstances(scene_, place_.sentence, words, words,
                                                 place_.setting.header.form);
    if (how.modality != model::Modality::kAsserted) return false;
    PlacedFact out;
    out.anchor = placed.span;
    out.fact.kind = rule_.kind;
    out.fact.rule = rule_.rule->id;
    out.fact.subject = subject;
    out.fact.figure = placed.figure.id;
    out.fact.direction = direction(*verbs_[part]);
    out.fact.status = rule_.status;
    out.fact.newness = how.newness;
    out.fact.polarity = how.polarity;
    out.fact.claimant = {model::ClaimantType::kPress, "", "", place_.setting.via};
    out.fact.confidence = rule_.rule->confidence;
    out.fact.quotes.push_back(scene_.field.span(sentence_));
    out.note = how.why;
    facts.push_back(std::move(out));
    return true;
  }

  const PrintPlace& place_;
  const Scene& scene_;
  const CompiledRule& rule_;
  bool flow_;
  ByteRange sentence_;
  std::vector<const Hit*> verbs_;  ///< by part: its verb, nullptr for none
};

}  // namespace

void build_moves(const PrintPlace& place, std::vector<PlacedFact>& facts) {
  Moves(place).run(facts);
}

}  // namespace wiremill::extract
