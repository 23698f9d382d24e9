#pragma once
// Reads the fields of a JSON object into a noun. A record is described once, by a function
// template `fields(visitor, noun)`, and that one description reads, writes and settles it:
//
//   template <class V>
//   void fields(V& v, Of<V, model::Span>& span) {
//     v.need("field", span.field);      // must be there and not null
//     v.need("start", span.start);
//     v.may("text", span.text);         // absent or null: stays as it is; empty text: null
//     v.when("note", span.note);        // as may, but left out when empty
//   }
//
// Private to this room. The first thing that is wrong is kept, with its path ("facts[3].status"),
// its value and what is allowed; everything after it is skipped.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "model/names.h"
#include "wire/json_reader.h"

namespace wiremill::wire {

/// The noun as the visitor sees it: changeable for one that reads, const for one that writes.
template <class Visitor, class Noun>
using Of = std::conditional_t<Visitor::kReads, Noun, const Noun>;

/// A text that a sender may also give as a whole number: ids and codes. See coded().
template <class Text>
struct Coded {
  Text& text;
};
template <class Text>
Coded<Text> coded(Text& text) {
  return {text};
}

/// Where in the document we are. Borrows: the place above and the name.
struct Place {
  const Place* above = nullptr;
  std::string_view name;
  std::int64_t index = -1;  ///< in an array; then name is empty

  /// "facts[3].subject.type"; "the record" at the top.
  std::string path() const;
};

/// The first thing that was wrong, if anything was.
class Failure {
 public:
  /// The text is `<path>: <what>`.
  void note(const Place& place, std::string_view reason, std::string_view what);
  explicit operator bool() const { return error_.has_value(); }
  const base::Error& error() const { return *error_; }

 private:
  std::optional<base::Error> error_;
};

void note_missing(const Place& place, bool null, Failure& failure);
void note_wrong_type(const JsonValue& json, std::string_view want, const Place& place,
                     Failure& failure);
void note_bad_value(const JsonValue& json, std::string_view want, const Place& place,
                    Failure& failure);

void read(const JsonValue& json, std::string& value, const Place& place, Failure& failure);
void read(const JsonValue& json, Coded<std::string> value, const Place& place, Failure& failure);
void read(const JsonValue& json, bool& value, const Place& place, Failure& failure);
void read(const JsonValue& json, std::int64_t& value, const Place& place, Failure& failure);
void read(const JsonValue& json, std::int32_t& value, const Place& place, Failure& failure);
void read(const JsonValue& json, double& value, const Place& place, Failure& failure);
void read(const JsonValue& json, base::Decimal& value, const Place& place, Failure& failure);
void read(const JsonValue& json, base::Instant& value, const Place& place, Failure& failure);
void read(const JsonValue& json, std::chrono::year_month_day& value, const Place& place,
          Failure& failure);

template <class Enum>
  requires std::is_enum_v<Enum>
void read(const JsonValue& json, Enum& value, const Place& place, Failure& failure);
template <class T>
void read(const JsonValue& json, std::optional<T>& value, const Place& place, Failure& failure);
template <class T>
void read(const JsonValue& json, std::vector<T>& value, const Place& place, Failure& failure);
template <class T>
void read(const JsonValue& json, std::map<std::string, T>& value, const Place& place,
          Failure& failure);
template <class Noun>
  requires std::is_class_v<Noun>
void read(const JsonValue& json, Noun& noun, const Place& place, Failure& failure);

class FieldReader {
 public:
  static constexpr bool kReads = true;

  /// Notes wrong_type when `json` is not an object. Borrows all three.
  FieldReader(const JsonValue& json, const Place& place, Failure& failure);

  template <class T>
  void need(std::string_view name, T&& value) {
    if (failure_) return;
    const Place here{&place_, name};
    const JsonValue* const json = find(name);
    if (json == nullptr || json->kind == JsonKind::kNull) {
      return note_missing(here, json != nullptr, failure_);
    }
    read(*json, value, here, failure_);
  }
  template <class T>
  void may(std::string_view name, T&& value) {
    if (failure_) return;
    const JsonValue* const json = find(name);
    if (json == nullptr || json->kind == JsonKind::kNull) return;
    read(*json, value, Place{&place_, name}, failure_);
  }
  template <class T>
  void when(std::string_view name, T&& value) {
    may(name, value);
  }
  /// A field that always has this value: the schema's name and version.
  void fixed(std::string_view name, std::string_view value);
  void fixed(std::string_view name, std::int64_t value);
  /// Fields that stand together in an object of their own: body(visitor).
  template <class Body>
  void group(std::string_view name, Body&& body) {
    if (failure_) return;
    const Place here{&place_, name};
    const JsonValue* const json = find(name);
    if (json == nullptr || json->kind == JsonKind::kNull) {
      return note_missing(here, json != nullptr, failure_);
    }
    FieldReader inner(*json, here, failure_);
    body(inner);
  }

  /// Whether the field is there and not null; counts as asking for it only when it is read.
  bool has(std::string_view name) const;
  /// Fields of the object that nobody asked for.
  std::int64_t unknown_fields() const { return object_.children - asked_; }
  Failure& failure() { return failure_; }
  const Place& place() const { return place_; }

 private:
  const JsonValue* find(std::string_view name);
  const JsonValue* look(std::string_view name) const;

  const JsonValue& object_;
  const Place& place_;
  Failure& failure_;
  const JsonValue* next_;  ///< where the next field is expected: records keep their order
  std::int64_t asked_ = 0;
};

template <class Enum>
  requires std::is_enum_v<Enum>
void read(const JsonValue& json, Enum& value, const Place& place, Failure& failure) {
  const auto want = [] { return "one of " + model::all_names<Enum>(); };
  if (json.kind != JsonKind::kText) return note_wrong_type(json, want(), place, failure);
  const std::optional<Enum> known = model::parse_name<Enum>(json.text);
  if (!known) return note_bad_value(json, want(), place, failure);
  value = *known;
}

template <class T>
void read(const JsonValue& json, std::optional<T>& value, const Place& place, Failure& failure) {
  if (json.kind == JsonKind::kNull) {
    value.reset();
  } else {
    read(json, value.emplace(), place, failure);
  }
}

template <class T>
void read(const JsonValue& json, std::vector<T>& value, const Place& place, Failure& failure) {
  if (json.kind != JsonKind::kArray) return note_wrong_type(json, "an array", place, failure);
  value.clear();
  value.reserve(json.children);
  for (const JsonValue& item : json) {
    const Place here{&place, {}, static_cast<std::int64_t>(value.size())};
    read(item, value.emplace_back(), here, failure);
    if (failure) return;
  }
}

template <class T>
void read(const JsonValue& json, std::map<std::string, T>& value, const Place& place,
          Failure& failure) {
  if (json.kind != JsonKind::kObject) return note_wrong_type(json, "an object", place, failure);
  value.clear();
  for (const JsonValue& field : json) {
    read(field, value[std::string(field.key)], Place{&place, field.key}, failure);
    if (failure) return;
  }
}

template <class Noun>
  requires std::is_class_v<Noun>
void read(const JsonValue& json, Noun& noun, const Place& place, Failure& failure) {
  FieldReader reader(json, place, failure);
  if (!failure) fields(reader, noun);
}

}  // namespace wiremill::wire
