#pragma once
// Writes the fields of a noun by the same description that FieldReader reads it by (see there).
// Private to this room.
//
//   JsonWriter out(kFactsDecimals);
//   write(out, record);

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "model/names.h"
#include "wire/field_reader.h"
#include "wire/json_writer.h"

namespace wiremill::wire {

inline void write(JsonWriter& out, const std::string& value) { out.text(value); }
inline void write(JsonWriter& out, Coded<const std::string> value) { out.text(value.text); }
inline void write(JsonWriter& out, bool value) { out.boolean(value); }
inline void write(JsonWriter& out, std::int64_t value) { out.whole(value); }
inline void write(JsonWriter& out, std::int32_t value) { out.whole(value); }
inline void write(JsonWriter& out, double value) { out.real(value); }
inline void write(JsonWriter& out, const base::Decimal& value) { out.text(value.text()); }
inline void write(JsonWriter& out, base::Instant value) { out.text(base::to_rfc3339(value)); }
void write(JsonWriter& out, const std::chrono::year_month_day& value);

template <class Enum>
  requires std::is_enum_v<Enum>
void write(JsonWriter& out, Enum value) {
  out.text(model::name_of(value));
}
template <class T>
void write(JsonWriter& out, const std::optional<T>& value);
template <class T>
void write(JsonWriter& out, const std::vector<T>& value);
template <class T>
void write(JsonWriter& out, const std::map<std::string, T>& value);
template <class Noun>
  requires std::is_class_v<Noun>
void write(JsonWriter& out, const Noun& noun);

/// Whether a value says nothing, so that it may be left out.
inline bool is_nothing(const std::string& value) { return value.empty(); }
inline bool is_nothing(const Coded<const std::string>& value) { return value.text.empty(); }
inline bool is_nothing(std::int64_t value) { return value == 0; }
inline bool is_nothing(bool value) { return !value; }
inline bool is_nothing(base::Instant value) { return value == base::Instant{}; }
template <class T>
bool is_nothing(const std::optional<T>& value) {
  return !value.has_value();
}
template <class T>
bool is_nothing(const std::vector<T>& value) {
  return value.empty();
}

class FieldWriter {
 public:
  static constexpr bool kReads = false;

  explicit FieldWriter(JsonWriter& out) : out_(out) {}

  template <class T>
  void need(std::string_view name, const T& value) {
    out_.key(name);
    write(out_, value);
  }
  /// A text or optional that says nothing is written as null; all else as it is.
  template <class T>
  void may(std::string_view name, const T& value) {
    out_.key(name);
    if constexpr (std::is_same_v<T, std::string>) {
      if (value.empty()) return out_.null();
    }
    write(out_, value);
  }
  template <class T>
  void when(std::string_view name, const T& value) {
    if (!is_nothing(value)) need(name, value);
  }
  void fixed(std::string_view name, std::string_view value) {
    out_.key(name);
    out_.text(value);
  }
  void fixed(std::string_view name, std::int64_t value) {
    out_.key(name);
    out_.whole(value);
  }
  template <class Body>
  void group(std::string_view name, Body&& body) {
    out_.key(name);
    out_.begin_object();
    body(*this);
    out_.end_object();
  }

 private:
  JsonWriter& out_;
};

template <class T>
void write(JsonWriter& out, const std::optional<T>& value) {
  if (!value) return out.null();
  write(out, *value);
}

template <class T>
void write(JsonWriter& out, const std::vector<T>& value) {
  out.begin_array();
  for (const T& item : value) write(out, item);
  out.end_array();
}

template <class T>
void write(JsonWriter& out, const std::map<std::string, T>& value) {
  out.begin_object();
  for (const auto& [name, item] : value) {
    out.key(name);
    write(out, item);
  }
  out.end_object();
}

template <class Noun>
  requires std::is_class_v<Noun>
void write(JsonWriter& out, const Noun& noun) {
  out.begin_object();
  FieldWriter writer(out);
  fields(writer, noun);
  out.end_object();
}

}  // namespace wiremill::wire
