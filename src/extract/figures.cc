#include "extract/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "extract/brackets.h"
#include "extract/hedges.h"
#include "extract/quantity.h"
#include "extract/ranges.h"
#include "extract/scales.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Bound;
using model::Figure;
using model::FigureKind;

constexpr std::int64_t kYearsMax = 200;
/// "4 thousand 3 hundred and 21": so many parts more.
constexpr int kContinuationsMax = 3;
constexpr std::size_t kSameRateReachBytes = 60;

bool makes_figure(const FieldText& field, const Quantity& quantity) {
  if (!quantity.kind) return false;
  // "10-year Treasury" is an instrument.
  for (const Hit& hit : field.hits_at(quantity.span.begin)) {
    if (hit.term == Term::kInstrument && hit.end > quantity.span.end) return false;
  }
  // "2026년" is a date.
  return *quantity.kind != FigureKind::kDuration ||
         quantity.value() < base::Decimal::of(kYearsMax);
}

Figure figure_of(const Quantity& quantity) {
  Figure figure;
  figure.kind = *quantity.kind;
  figure.unit = quantity.unit;
  figure.low = figure.high = quantity.value();
  figure.currency = quantity.currency;
  if (figure.kind == FigureKind::kMoney) {
    figure.currency_basis =
        quantity.doubtful ? model::CurrencyBasis::kInferred : model::CurrencyBasis::kStated;
    figure.currency_candidates = quantity.candidates;
  }
  if (quantity.numeral.approximate) figure.bound = Bound::kAbout;
  return figure;
}

class Finder {
 public:
  Finder(const FieldText& field, const Lexis& lexis, model::Language lang, std::size_t figures_max,
         Work& work)
      : field_(field), lexis_(lexis), lang_(lang), max_(figures_max), work_(work),
        scales_(field, lexis) {}

  std::vector<PlacedFigure> run() {
    const std::string_view text = field_.text();
    for (std::size_t at = 0; at < text.size() && found_.size() < max_; ++work_.steps) {
      const std::size_t next = read_at(at);
      at = std::max(next, at + 1);
    }
    add_vague();
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return a.span.begin < b.span.begin;
    });
    if (found_.size() > max_) found_.resize(max_);
    relate_brackets(field_, lexis_, found_);
    for (PlacedFigure& placed : found_) placed.figure.span = field_.span(placed.span);
    return std::move(found_);
  }

 private:
  std::size_t read_at(std::size_t at) {
    auto first = read_quantity(field_, lexis_, at, floor_);
    if (!first || scales_.is_header(at)) return at + 1;
    add_continuation(*first);
    const std::size_t end = combine(*first);
    floor_ = end;
    return end;
  }

  /// "12달러 50센트", "4 hundred and 15 dollars": the second part is no amount of its own.
  void add_continuation(Quantity& first, int depth = 0) {
    const bool money = first.kind == FigureKind::kMoney && first.cents == 0;
    const bool open = !first.kind && first.numeral.has_magnitude() && !first.numeral.korean;
    if (!money && !open) return;
    const std::string_view behind = field_.text().substr(first.span.end);
    const std::size_t link = behind.starts_with(" and ") ? 5 : behind.starts_with(' ') ? 1 : 0;
    if (link == 0 || first.span.end + link >= field_.text().size()) return;
    if (money && add_small_change(first, link)) return;
    auto second = read_quantity(field_, lexis_, first.span.end + link, first.span.end);
    if (second && open && depth < kContinuationsMax) add_continuation(*second, depth + 1);
    if (!second || !second->kind || second->prefixed || second->negative) return;
    int power = 0;
    if (money && second->cents > 0) power = 2;
    if (open && second->cents == 0) power = first.numeral.magnitudes.back();
    const auto limit = base::Decimal::of(1).shifted(power);
    if (power == 0 || !(second->numeral.value < *limit)) return;
    const auto sum = first.numeral.value.plus(second->value());
    if (!sum) return;
    first.numeral.value = *sum;
    first.span.end = second->span.end;
    if (money) return;
    first.kind = second->kind;
    first.unit = second->unit;
    first.currency = second->currency;
    first.doubtful = second->doubtful;
    first.candidates = second->candidates;
  }

  /// "$20 and 43c".
  bool add_small_change(Quantity& first, std::size_t link) {
    const std::string_view behind = field_.text().substr(first.span.end + link);
    std::size_t digits = 0;
    while (digits < behind.size() && text::is_digit(behind[digits])) ++digits;
    const bool change = digits > 0 && digits < 3 && behind.substr(digits).starts_with('c');
    if (!change || (digits + 1 < behind.size() && text::is_word(behind[digits + 1]))) return false;
    const auto cents = base::Decimal::parse(behind.substr(0, digits));
    const auto part = cents ? cents->shifted(-2) : std::nullopt;
    const auto sum = part ? first.numeral.value.plus(*part) : std::nullopt;
    if (!sum || first.numeral.has_magnitude()) return false;
    first.numeral.value = *sum;
    first.span.end += link + digits + 1;
    return true;
  }

  /// Joins what follows to a range, or takes the quantity for itself; where it ends.
  std::size_t combine(Quantity& first) {
    if (auto range = read_range(field_, lexis_, first)) {
      if (range->pair) {
        add(range->low);
        add(range->high);
      } else {
        add_range(*range);
      }
      return range->high.span.end;
    }
    const std::size_t end = first.span.end;
    if (!first.kind) {
      adopt(first);
    } else if (first.kind == FigureKind::kMoney && scales_.applies(first)) {
      scales_.scale(first);
    }
    if (makes_figure(field_, first)) add(first);
    return end;
  }

  /// A bare number that is an amount all the same: in a table with a scale, in a bracket that
  /// repeats an amount, or Korean with its 원 left out.
  void adopt(Quantity& quantity) {
    if (scales_.applies(quantity)) return scales_.scale(quantity);
    if (take_unit_of_label(field_, lexis_, quantity)) return;
    if (!found_.empty() && repeats_in_bracket(field_, found_.back(), quantity)) {
      quantity.settle_letter();
      quantity.kind = FigureKind::kMoney;
      quantity.currency = found_.back().figure.currency;
      quantity.doubtful = true;
      return;
    }
    if (lang_ != model::Language::kKorean || !leaves_won_out(field_, lexis_, quantity)) return;
    if (is_left_open(quantity)) return;
    quantity.kind = FigureKind::kMoney;
    quantity.currency = "KRW";
    quantity.doubtful = true;
    quantity.candidates = {"USD"};
  }

  /// "매출 112억달러…목표 32억": behind dollars the left-out word may be either; in a bracket the
  /// amount is the won that the dollars are.
  bool is_left_open(const Quantity& quantity) const {
    if (found_.empty() || found_.back().figure.kind != FigureKind::kMoney) return false;
    const PlacedFigure& last = found_.back();
    const std::string_view gap = field_.cut({last.span.end, quantity.span.begin});
    return last.figure.currency != "KRW" && gap.find_first_of("\n(") == std::string_view::npos &&
           gap.find("다.") == std::string_view::npos;
  }

  void add(const Quantity& quantity) {
    if (!makes_figure(field_, quantity)) return;
    PlacedFigure placed{quantity.span, figure_of(quantity), {}};
    hedge(field_, lexis_, placed);
    if (is_same_rate(placed)) placed.figure.per = "fx";
    push(std::move(placed));
  }

  /// "환율은 4.6원 오른 1,471.3원": by how much, then the rate.
  bool is_same_rate(const PlacedFigure& placed) const {
    if (found_.empty() || !placed.figure.per.empty()) return false;
    const PlacedFigure& last = found_.back();
    if (last.figure.per != "fx" || last.figure.currency != placed.figure.currency) return false;
    const std::string_view gap = field_.cut({last.span.end, placed.span.begin});
    return gap.size() <= kSameRateReachBytes &&
           gap.find_first_of(".\n,(") == std::string_view::npos;
  }

  void add_range(const Range& range) {
    if (!makes_figure(field_, range.high)) return;
    PlacedFigure placed{{range.low.span.begin, range.high.span.end}, figure_of(range.high), {}};
    placed.figure.low = range.low.value();
    placed.figure.bound = Bound::kRange;
    hedge(field_, lexis_, placed);
    push(std::move(placed));
  }

  void push(PlacedFigure placed) {
    const Figure& figure = placed.figure;
    placed.note = fmt::format("{} {} {}", figure.low ? figure.low->text() : "…",
                              figure.high ? figure.high->text() : "…",
                              figure.currency.empty() ? model::name_of(figure.kind)
                                                      : std::string_view(figure.currency));
    found_.push_back(std::move(placed));
  }

  /// "수십억 달러", "tens of billions of dollars": an amount without a value.
  void add_vague() {
    if (lexis_.vague == kNoClass) return;
    std::size_t covered = 0;
    for (const Hit& hit : field_.hits) {
      if (hit.term != Term::kWord || hit.index != lexis_.vague || found_.size() >= max_) continue;
      if (hit.begin < covered) continue;
      covered = hit.end;
      const auto money = currency_behind(field_, hit.end);
      if (!money) continue;
      PlacedFigure placed;
      placed.span = {hit.begin, money->end};
      placed.figure.kind = FigureKind::kMoney;
      placed.figure.bound = Bound::kVague;
      placed.figure.currency = lexis_.catalogue.reading.currencies[money->index].code;
      placed.figure.currency_basis = model::CurrencyBasis::kStated;
      push(std::move(placed));
    }
  }

  const FieldText& field_;
  const Lexis& lexis_;
  model::Language lang_;
  std::size_t max_;
  Work& work_;
  Scales scales_;
  std::size_t floor_ = 0;  ///< end of the last amount
  std::vector<PlacedFigure> found_;
};

}  // namespace

std::vector<PlacedFigure> find_figures(const FieldText& field, const Lexis& lexis,
                                       model::Language lang, std::size_t figures_max, Work& work) {
  return Finder(field, lexis, lang, figures_max, work).run();
}

}  // namespace wiremill::extract
