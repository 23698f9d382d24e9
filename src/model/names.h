#pragma once
// Enumerations and their names on the wire, kept in one table each.
//
//   name_of(Status::kInTalks)            // "in_talks"
//   parse_name<Status>("in_talks")       // Status::kInTalks, nullopt for an unknown word

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wiremill::model {

/// Specialise with `static constexpr std::array<std::string_view, N> kNames`, in enumerator order,
/// enumerators counting up from 0.
template <class Enum>
struct NameTable;

template <class Enum>
constexpr std::string_view name_of(Enum value) {
  return NameTable<Enum>::kNames[static_cast<std::size_t>(value)];
}

template <class Enum>
constexpr std::optional<Enum> parse_name(std::string_view name) {
  const auto& names = NameTable<Enum>::kNames;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

/// "a, b, c": for error texts that list what is allowed.
template <class Enum>
std::string all_names() {
  std::string text;
  for (const std::string_view name : NameTable<Enum>::kNames) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace wiremill::model
