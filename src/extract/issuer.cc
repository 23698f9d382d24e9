#include "extract/issuer.h"

#include "text/normal.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kNameBytesMax = 200;

}  // namespace

std::optional<std::uint32_t> issuer_of(const model::Event& event, const Lexis& lexis) {
  if (!event.filing) return std::nullopt;
  const auto by_code = lexis.vocabulary.companies_of(event.filing->issuer_code);
  if (by_code.size() == 1) return by_code.front();
  const text::NormalText name = text::normalise(event.filing->issuer, kNameBytesMax);
  std::int64_t steps = 0;
  for (const Hit& hit : lexis.vocabulary.hits(name, steps)) {
    if (hit.begin > 0) break;
    if (hit.term == Term::kCompany) return hit.index;
  }
  return std::nullopt;
}

}  // namespace wiremill::extract
