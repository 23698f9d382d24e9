#include "model/figure.h"

namespace wiremill::model {

std::optional<base::Decimal> Figure::representative() const {
  if (!low) return high;
  if (!high || *low == *high) return low;
  const auto sum = low->plus(*high);
  const auto half = base::Decimal::parse("0.5");
  return sum ? sum->times(*half) : std::nullopt;
}

}  // namespace wiremill::model
