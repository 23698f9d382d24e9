#include "extract/asides.h"

#include <algorithm>
#include <string_view>

namespace wiremill::extract {
namespace {

constexpr std::size_t kListingBytes = 24;

/// Behind a name and what stands in brackets right behind it: "(NYSE: GEV)".
std::size_t end_of_name(const Scene& scene, const Actor& actor) {
  const std::string_view text = scene.field.text().substr(actor.span.end);
  if (!text.starts_with(" (")) return actor.span.end;
  const std::size_t close = text.substr(0, kListingBytes).find(')');
  return close == std::string_view::npos ? actor.span.end : actor.span.end + close + 1;
}

}  // namespace

bool is_in_aside(const Scene& scene, const std::vector<Actor>& actors, const Actor& actor,
                 const ByteRange& anchor) {
  if (actor.span.end >= anchor.begin) return false;
  const std::string_view behind = scene.field.cut({actor.span.end, anchor.begin});
  if (behind.find(", ") == std::string_view::npos) return false;
  return std::any_of(actors.begin(), actors.end(), [&](const Actor& other) {
    const std::size_t end = end_of_name(scene, other);
    if (other.in_brackets || end >= actor.span.begin || other.index == actor.index) return false;
    const std::string_view between =
        std::string_view(scene.field.normal.lower).substr(end, actor.span.begin - end);
    return scene.lexis.beside.aside_opens.begin(between) &&
           between.find(", ", 1) == std::string_view::npos;
  });
}

}  // namespace wiremill::extract
