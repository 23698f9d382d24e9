#include <algorithm>
#include <string_view>

#include "extract/binding.h"
#include "extract/move_readers.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FigureKind;

constexpr std::size_t kVerbReachBytes = 32;
constexpr std::size_t kApposedBytes = 60;
constexpr std::size_t kNameReachBytes = 140;
constexpr std::size_t kFrontBytes = 60;

class VerbFirst {
 public:
  explicit VerbFirst(const PrintPlace& place)
      : place_(place), scene_(place.scene), words_(scene_.lexis.beside),
        sentence_(scene_.sentences()[place.sentence].span), lower_(scene_.field.normal.lower) {}

  std::vector<Move> read() const {
    std::vector<Move> moves;
    for (const std::size_t number : scene_.figures_in(sentence_)) {
      const PlacedFigure& placed = scene_.figures[number];
      if (placed.figure.kind != FigureKind::kPercent || !is_whole(placed)) continue;
      // "… and Sandisk 6%": the verb is the one before.
      const auto follower = moves.empty() ? std::nullopt : name_ending(placed.span.begin, {});
      if (follower) {
        moves.push_back(move(number, subject_of(scene_, *follower), moves.back().direction));
        continue;
      }
      const Hit* const verb = verb_of(placed);
      if (verb == nullptr) continue;
      if (scene_.field.has_any(place_.rule.none, {sentence_.begin, verb->end})) continue;
      const auto direction = direction_of_move(*verb, placed);
      const auto subject = direction ? subject_of_move(verb->begin) : std::nullopt;
      if (subject) moves.push_back(move(number, *subject, *direction));
    }
    return moves;
  }

 private:
  Move move(std::size_t number, const model::Subject& subject, Direction direction) const {
    return {number, subject, direction,
            read_circumstances(scene_, place_.sentence, sentence_, scene_.figures[number].span,
                               place_.setting.header.form)};
  }

  /// "Lost 10% of its staff" is no price; nor is what is only measured by it.
  bool is_whole(const PlacedFigure& placed) const {
    return !words_.move_not_price.begin(lower_.substr(placed.span.end));
  }

  const Hit* verb_of(const PlacedFigure& placed) const {
    const std::size_t begin = placed.span.begin;
    const std::size_t from = begin > kVerbReachBytes ? begin - kVerbReachBytes : 0;
    const Hit* best = nullptr;
    for (const Hit& hit : scene_.field.hits_in({std::max(from, sentence_.begin), begin})) {
      if (hit.end > begin || !Lexis::is_in(place_.rule.all.front(), hit)) continue;
      if (best != nullptr && hit.begin < best->end) continue;  // inside a longer one
      best = &hit;
    }
    if (best == nullptr) return nullptr;
    return words_.move_hedge.are(scene_.field.cut({best->end, begin})) ? best : nullptr;
  }

  std::optional<Direction> direction_of_move(const Hit& verb, const PlacedFigure& placed) const {
    const auto name = Lexis::name_in(scene_.lexis.price_moves, verb);
    if (name != "closed") return model::parse_name<Direction>(name);
    const std::string_view behind = lower_.substr(placed.span.end);
    if (words_.move_lower.begin(behind)) return Direction::kDown;
    if (words_.move_higher.begin(behind)) return Direction::kUp;
    return std::nullopt;
  }

  /// The company whose name ends before `at`, with nothing or one of the texts between.
  std::optional<Actor> name_ending(std::size_t at, const BesideWords& between) const {
    std::optional<Actor> last;
    const std::size_t from = at > kNameReachBytes ? at - kNameReachBytes : 0;
    for (const Actor& actor : scene_.actors_in({std::max(sentence_.begin, from), at})) {
      if (actor.span.end > at) break;
      if (actor.type == model::SubjectType::kCompany && !actor.in_brackets) last = actor;
    }
    if (!last) return std::nullopt;
    const std::string_view gap = lower_.substr(last->span.end, at - last->span.end);
    if (gap == " " || between.are(gap)) return last;
    // "Arista (ANET) fell", "Micron, up 200% in a year, slipped"
    if (gap.size() > kApposedBytes) return std::nullopt;
    const bool bracket = gap.starts_with(" (") && gap.ends_with(") ");
    const bool apposed = gap.starts_with(", ") && gap.ends_with(", ") &&
                         std::count(gap.begin(), gap.end(), ',') == 2;
    return bracket || apposed ? last : std::nullopt;
  }

  std::optional<model::Subject> subject_of_move(std::size_t verb) const {
    if (const auto named = name_ending(verb, words_.move_shares)) {
      if (is_place(*named)) return std::nullopt;
      return subject_of(scene_, *named);
    }
    if (verb - sentence_.begin > kFrontBytes) return std::nullopt;
    if (!scene_.actors_in({sentence_.begin, verb}).empty()) return std::nullopt;
    std::string_view front = lower_.substr(sentence_.begin, verb - sentence_.begin);
    // "On Thursday they fell": a day may stand in front.
    const std::size_t day = front.starts_with("on ") ? front.find("day ") : std::string_view::npos;
    if (day != std::string_view::npos) front.remove_prefix(day + 4);
    return words_.move_its_shares.are(front) ? last_spoken_of() : std::nullopt;
  }

  /// "Orders at Vertiv soared": no move of Vertiv; "shares of Vertiv" are.
  bool is_place(const Actor& actor) const {
    const std::string_view before = lower_.substr(0, actor.span.begin);
    return words_.move_place_before.end(before) && !words_.move_shares_before.end(before);
  }

  /// "Shares fell 5%": those of the company that the whole text is about, or of the one before.
  std::optional<model::Subject> last_spoken_of() const {
    if (place_.setting.main_company) {
      const auto& companies = scene_.lexis.catalogue.companies;
      const catalog::Company& company = companies[*place_.setting.main_company];
      return model::Subject{model::SubjectType::kCompany, company.id, company.name};
    }
    const std::optional<Actor>& before = place_.before;
    if (!before || before->type != model::SubjectType::kCompany) return std::nullopt;
    return subject_of(scene_, *before);
  }

  const PrintPlace& place_;
  const Scene& scene_;
  const Beside& words_;
  ByteRange sentence_;
  std::string_view lower_;
};

}  // namespace

std::vector<Move> read_verb_first(const PrintPlace& place) { return VerbFirst(place).read(); }

}  // namespace wiremill::extract
