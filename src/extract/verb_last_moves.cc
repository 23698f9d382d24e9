#include <algorithm>

#include "extract/binding.h"
#include "extract/move_readers.h"
#include "extract/respective.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FigureKind;

constexpr std::size_t kVerbReachBytes = 8;
constexpr std::size_t kFlowVerbReachBytes = 24;
constexpr std::size_t kNameReachBytes = 48;
constexpr std::string_view kMarket = "KOSPI";

class VerbLast {
 public:
  explicit VerbLast(const PrintPlace& place)
      : place_(place), scene_(place.scene), rule_(place.rule), words_(scene_.lexis.beside),
        flow_(rule_.is_tagged("flow")),
        sentence_(scene_.sentences()[place.sentence].span), verbs_(place.parts.size(), nullptr) {}

  std::vector<Move> read() {
    find_verbs();
    std::vector<Move> moves;
    for (std::size_t i = 0; i < place_.parts.size(); ++i) {
      if (verbs_[i] == nullptr || place_.parts[i].relation) continue;
      const auto subject = flow_ ? subject_of_flow(i) : subject_of_move(i);
      if (!subject) continue;
      Circumstances how = circumstances(i);
      if (how.modality != model::Modality::kAsserted) continue;
      moves.push_back({place_.parts[i].figure, *subject, direction(*verbs_[i]), std::move(how)});
      // Who buys from whom: the market's flow is told once, by who is named first.
      if (flow_ && subject->id == kMarket) break;
    }
    return moves;
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
      const bool listed = next != nullptr && words_.move_listed.begin(gap);
      if (verbs_[i] == nullptr && listed) verbs_[i] = next;
      next = verbs_[i];
      next_begin = placed.span.begin;
    }
  }

  const Hit* verb_behind(std::size_t from, std::size_t to) const {
    const std::size_t reach = from + (flow_ ? kFlowVerbReachBytes : kVerbReachBytes);
    for (const Hit& hit : scene_.field.hits_in({from, std::min(reach, to)})) {
      if (!Lexis::is_in(rule_.all.front(), hit)) continue;
      return is_open(hit.end) ? nullptr : &hit;
    }
    return nullptr;
  }

  /// "급등할", "상승률", "하락 가능성": nothing has moved.
  bool is_open(std::size_t end) const {
    return words_.move_open.begin(scene_.field.text().substr(end));
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
    if (words_.move_case_behind.begin(rest)) return !words_.move_own_behind.begin(rest);
    rest.remove_prefix(words_.move_subject_behind.begun(rest));
    const std::string_view share = rest.substr(rest.starts_with(' ') ? 1 : 0);
    if (words_.move_share.begin(share)) {
      rest = share.substr(std::min(share.size(), share.find(' ') + 1));
    }
    return words_.move_other_subject.stand_in(rest);
  }

  std::optional<model::Subject> subject_of_move(std::size_t part) const {
    const PlacedFigure& placed = figure(part);
    if (const auto own = respective_subject(scene_, sentence_, placed)) return own->subject;
    const std::size_t near =
        placed.span.begin > kNameReachBytes ? placed.span.begin - kNameReachBytes : 0;
    const ByteRange front{std::max({sentence_.begin, begin_of(part), near}), placed.span.begin};
    const auto company = last_company(front);
    if (!company || is_of_other({company->span.end, placed.span.begin})) return std::nullopt;
    if (scene_.field.has_any(rule_.none, {sentence_.begin, verbs_[part]->end})) return std::nullopt;
    return subject_of(scene_, *company);
  }

  std::optional<model::Subject> subject_of_flow(std::size_t part) const {
    // A headline rounds what the body says in full.
    if (scene_.field.field == model::Field::kHeadline && !place_.setting.event.body.empty()) {
      return std::nullopt;
    }
    const ByteRange front{begin_of(part), figure(part).span.begin};
    if (scene_.field.has_any(rule_.none, front)) return std::nullopt;
    if (const auto company = last_company(front)) return subject_of(scene_, *company);
    if (!scene_.field.has_any(rule_.all[1], front)) return std::nullopt;
    return model::Subject{model::SubjectType::kIndex, std::string(kMarket), ""};
  }

  Direction direction(const Hit& verb) const {
    const auto words = scene_.nearest_named(scene_.lexis.directions, {verb.begin, verb.end},
                                            {verb.begin, verb.end}).second;
    return words == model::name_of(Direction::kDown) ? Direction::kDown : Direction::kUp;
  }

  Circumstances circumstances(std::size_t part) const {
    const ByteRange words{figure(part).span.begin, verbs_[part]->end};
    return read_circumstances(scene_, place_.sentence, words, words, place_.setting.header.form);
  }

  const PrintPlace& place_;
  const Scene& scene_;
  const CompiledRule& rule_;
  const Beside& words_;
  bool flow_;
  ByteRange sentence_;
  std::vector<const Hit*> verbs_;  ///< by part: its verb, nullptr for none
};

}  // namespace

std::vector<Move> read_verb_last(const PrintPlace& place) { return VerbLast(place).read(); }

}  // namespace wiremill::extract
