#include "extract/price_moves.h"

#include <algorithm>
#include <string_view>

#include "extract/binding.h"
#include "extract/circumstances.h"
#include "extract/particulars.h"

namespace wiremill::extract {
namespace {

using model::Direction;
using model::FigureKind;

constexpr std::size_t kVerbReachBytes = 32;
constexpr std::size_t kApposedBytes = 60;
constexpr std::size_t kNameReachBytes = 140;
constexpr std::size_t kFrontBytes = 60;
constexpr double kConfidence = 0.7;

template <std::size_t N>
bool is_any(std::string_view text, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

/// Between the verb and its percentage.
constexpr std::string_view kHedges[] = {
    " ",         " by ",      " about ",      " around ",     " nearly ",  " almost ",
    " roughly ", " over ",    " more than ",  " as much as ", " another ", " at least ",
    " up to ",   " some ",    " less than ",  " an extra ",   " a further ", " just "};

/// "… and Sandisk 6%": the verb is the one before.
constexpr std::string_view kNothing[] = {" "};

/// Between a name and its verb.
constexpr std::string_view kShares[] = {
    " ",          "'s shares ",    "'s stock ",   " shares ",     " stock ",  " is ",
    " was ",      " shares were ", " stock was ", " shares are ", " also ",   " then ",
    " has ",      " had ",         " have ",      "'s share price ", "'s shares were "};

/// What a sentence that goes on about a company's shares begins with.
constexpr std::string_view kItsShares[] = {
    "shares ", "the shares ", "its shares ", "the stock ", "its stock ", "they ",
    "the company's shares "};

class Moves {
 public:
  Moves(const Scene& scene, const Setting& setting, std::size_t index,
        const std::optional<Actor>& before)
      : scene_(scene), setting_(setting), index_(index), before_(before),
        sentence_(scene.sentences()[index].span), lower_(scene.field.normal.lower) {}

  void run(std::vector<PlacedFact>& facts) {
    std::optional<Direction> last;
    for (const std::size_t number : scene_.figures_in(sentence_)) {
      const PlacedFigure& placed = scene_.figures[number];
      if (placed.figure.kind != FigureKind::kPercent || !is_whole(placed)) continue;
      if (const auto follower = last ? name_ending(placed.span.begin, kNothing) : std::nullopt) {
        add(placed, subject_of(scene_, *follower), *last, facts);
        continue;
      }
      const Hit* const verb = verb_of(placed);
      if (verb == nullptr) continue;
      const auto direction = direction_of_move(*verb, placed);
      const auto subject = direction ? subject_of_move(verb->begin) : std::nullopt;
      if (!subject) continue;
      add(placed, *subject, *direction, facts);
      last = direction;
    }
  }

 private:
  /// "Lost 10% of its staff" is no price; nor is what is only measured by it.
  bool is_whole(const PlacedFigure& placed) const {
    const std::string_view behind = lower_.substr(placed.span.end);
    return !behind.starts_with(" of ") && !behind.starts_with(" stake") &&
           !behind.starts_with(" more") && !behind.starts_with(" market share");
  }

  const Hit* verb_of(const PlacedFigure& placed) const {
    const std::size_t begin = placed.span.begin;
    const std::size_t from = begin > kVerbReachBytes ? begin - kVerbReachBytes : 0;
    const Hit* best = nullptr;
    for (const Hit& hit : scene_.field.hits_in({std::max(from, sentence_.begin), begin})) {
      if (hit.end > begin || Lexis::name_in(scene_.lexis.price_moves, hit).empty()) continue;
      if (best != nullptr && hit.begin < best->end) continue;  // inside a longer one
      best = &hit;
    }
    if (best == nullptr) return nullptr;
    return is_any(scene_.field.cut({best->end, begin}), kHedges) ? best : nullptr;
  }

  std::optional<Direction> direction_of_move(const Hit& verb, const PlacedFigure& placed) const {
    const auto name = Lexis::name_in(scene_.lexis.price_moves, verb);
    if (name != "closed") return model::parse_name<Direction>(name);
    const std::string_view behind = lower_.substr(placed.span.end);
    if (behind.starts_with(" lower")) return Direction::kDown;
    if (behind.starts_with(" higher")) return Direction::kUp;
    return std::nullopt;
  }

  /// The company whose name ends before `at` with one of the texts between.
  template <std::size_t N>
  std::optional<Actor> name_ending(std::size_t at, const std::string_view (&between)[N]) const {
    std::optional<Actor> last;
    const std::size_t from = at > kNameReachBytes ? at - kNameReachBytes : 0;
    for (const Actor& actor : scene_.actors_in({std::max(sentence_.begin, from), at})) {
      if (actor.span.end > at) break;
      if (actor.type == model::SubjectType::kCompany && !actor.in_brackets) last = actor;
    }
    if (!last) return std::nullopt;
    std::string_view gap = lower_.substr(last->span.end, at - last->span.end);
    if (is_any(gap, between)) return last;
    // "Arista (ANET) fell", "Micron, up 200% in a year, slipped"
    if (gap.size() > kApposedBytes) return std::nullopt;
    const bool bracket = gap.starts_with(" (") && gap.ends_with(") ");
    const bool apposed = gap.starts_with(", ") && gap.ends_with(", ") &&
                         std::count(gap.begin(), gap.end(), ',') == 2;
    return bracket || apposed ? last : std::nullopt;
  }

  std::optional<model::Subject> subject_of_move(std::size_t verb) const {
    if (const auto named = name_ending(verb, kShares)) {
      if (is_place(*named)) return std::nullopt;
      return subject_of(scene_, *named);
    }
    if (verb - sentence_.begin > kFrontBytes) return std::nullopt;
    if (!scene_.actors_in({sentence_.begin, verb}).empty()) return std::nullopt;
    std::string_view front = lower_.substr(sentence_.begin, verb - sentence_.begin);
    // "On Thursday they fell": a day may stand in front.
    const std::size_t day = front.starts_with("on ") ? front.find("day ") : std::string_view::npos;
    if (day != std::string_view::npos) front.remove_prefix(day + 4);
    return is_any(front, kItsShares) ? last_spoken_of() : std::nullopt;
  }

  /// "Orders at Vertiv soared": no move of Vertiv; "shares of Vertiv" are.
  bool is_place(const Actor& actor) const {
    const std::string_view before = lower_.substr(0, actor.span.begin);
    for (const std::string_view word :
         {" at ", " for ", " to ", " in ", " from ", " with ", " by "}) {
      if (before.ends_with(word)) return true;
    }
    return before.ends_with(" of ") && !before.ends_with("hares of ") &&
           !before.ends_with("tock of ");
  }

  /// "Shares fell 5%": those of the company that the whole text is about, or of the one before.
  std::optional<model::Subject> last_spoken_of() const {
    if (setting_.main_company) {
      const catalog::Company& company = setting_.lexis.catalogue.companies[*setting_.main_company];
      return model::Subject{model::SubjectType::kCompany, company.id, company.name};
    }
    if (!before_ || before_->type != model::SubjectType::kCompany) return std::nullopt;
    return subject_of(scene_, *before_);
  }

  void add(const PlacedFigure& placed, const model::Subject& subject, Direction direction,
           std::vector<PlacedFact>& facts) const {
    const Circumstances how = read_circumstances(scene_, index_, sentence_, placed.span,
                                                 setting_.header.form);
    PlacedFact out;
    out.anchor = placed.span;
    out.note = how.why;
    out.fact.kind = model::FactKind::kPriceMove;
    out.fact.subject = subject;
    out.fact.figure = placed.figure.id;
    out.fact.direction = direction;
    out.fact.status = model::Status::kActual;
    out.fact.modality = how.modality;
    out.fact.polarity = how.polarity;
    out.fact.claimant = {model::ClaimantType::kPress, "", "", setting_.via};
    out.fact.confidence = kConfidence;
    out.fact.rule = "price.named";
    out.fact.quotes = {scene_.field.span(sentence_)};
    facts.push_back(std::move(out));
  }

  const Scene& scene_;
  const Setting& setting_;
  std::size_t index_;
  const std::optional<Actor>& before_;
  ByteRange sentence_;
  std::string_view lower_;
};

}  // namespace

void build_price_moves(const Scene& scene, const Setting& setting, std::size_t index,
                       const std::optional<Actor>& before, std::vector<PlacedFact>& facts) {
  Moves(scene, setting, index, before).run(facts);
}

}  // namespace wiremill::extract
