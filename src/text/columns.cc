#include "text/columns.h"

#include <utf8proc.h>

#include "text/utf8.h"

namespace wiremill::text {
namespace {

std::size_t width_of(char32_t c) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

}  // namespace

std::size_t columns_of(std::string_view bytes) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < bytes.size();) columns += width_of(next_code_point(bytes, at));
  return columns;
}

std::string cut_to(std::string_view bytes, std::size_t columns) {
  if (columns_of(bytes) <= columns) return std::string(bytes);
  if (columns == 0) return {};
  std::size_t used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < bytes.size(); end = at) {
    used += width_of(next_code_point(bytes, at));
    if (used > columns - 1) break;
  }
  return std::string(bytes.substr(0, end)) + "…";
}

std::string fitted(std::string_view bytes, std::size_t columns) {
  std::string text = cut_to(bytes, columns);
  return text.append(columns - columns_of(text), ' ');
}

}  // namespace wiremill::text
