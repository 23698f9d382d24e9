#include "wire/field_reader.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "wire/utf8.h"

namespace wiremill::wire {
namespace {

constexpr std::size_t kNameBytesMax = 64;

/// Reads "2026-01-31"; nullopt for anything else.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char c : text.substr(at, digits)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

bool is_text(const JsonValue& json, std::string_view want, const Place& place,
             Failure& failure) {
  if (json.kind == JsonKind::kText) return true;
  note_wrong_type(json, want, place, failure);
  return false;
}

}  // namespace

std::string Place::path() const {
  if (above == nullptr) return "the record";
  std::string text = above->above == nullptr ? std::string() : above->path();
  if (index >= 0) return text + fmt::format("[{}]", index);
  if (!text.empty()) text += ".";
  return text.append(cut_utf8(name, kNameBytesMax));
}

void Failure::note(const Place& place, std::string_view reason, std::string_view what) {
  if (error_) return;
  error_ = base::Error{base::ErrorKind::kMalformed, fmt::format("{}: {}", place.path(), what),
                       std::string(reason)};
}

void note_missing(const Place& place, bool null, Failure& failure) {
  failure.note(place, "missing_field", null ? "is null, but is required" : "is missing");
}

void note_wrong_type(const JsonValue& json, std::string_view want, const Place& place,
                     Failure& failure) {
  failure.note(place, "wrong_type", fmt::format("is {}, want {}", shown(json), want));
}

void note_bad_value(const JsonValue& json, std::string_view want, const Place& place,
                    Failure& failure) {
  failure.note(place, "bad_value", fmt::format("is {}, want {}", shown(json), want));
}

void read(const JsonValue& json, std::string& value, const Place& place, Failure& failure) {
  if (is_text(json, "text", place, failure)) value = json.text;
}

void read(const JsonValue& json, Coded<std::string> value, const Place& place,
          Failure& failure) {
  if (json.kind == JsonKind::kInteger) {
    value.text = std::to_string(json.integer);
  } else if (is_text(json, "text or a whole number", place, failure)) {
    value.text = json.text;
  }
}

void read(const JsonValue& json, bool& value, const Place& place, Failure& failure) {
  if (json.kind != JsonKind::kBoolean) {
    return note_wrong_type(json, "true or false", place, failure);
  }
  value = json.boolean;
}

void read(const JsonValue& json, std::int64_t& value, const Place& place, Failure& failure) {
  if (json.kind != JsonKind::kInteger) {
    return note_wrong_type(json, "a whole number", place, failure);
  }
  value = json.integer;
}

void read(const JsonValue& json, std::int32_t& value, const Place& place, Failure& failure) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int32_t>::max();
  std::int64_t wide = 0;
  read(json, wide, place, failure);
  if (wide < 0 || wide > kMax) {
    return note_bad_value(json, fmt::format("0 to {}", kMax), place, failure);
  }
  value = static_cast<std::int32_t>(wide);
}

void read(const JsonValue& json, double& value, const Place& place, Failure& failure) {
  if (json.kind != JsonKind::kInteger && json.kind != JsonKind::kReal) {
    return note_wrong_type(json, "a number", place, failure);
  }
  value = json.real;
}

void read(const JsonValue& json, base::Decimal& value, const Place& place, Failure& failure) {
  constexpr std::string_view kWant = "a decimal in quotes of at most 36 digits, such as \"12.5\"";
  if (!is_text(json, kWant, place, failure)) return;
  const std::optional<base::Decimal> decimal = base::Decimal::parse(json.text);
  if (!decimal) return note_bad_value(json, kWant, place, failure);
  value = *decimal;
}

void read(const JsonValue& json, base::Instant& value, const Place& place, Failure& failure) {
  constexpr std::string_view kWant =
      "an RFC 3339 time with an offset, such as \"2026-02-06T00:10:00Z\"";
  if (!is_text(json, kWant, place, failure)) return;
  const base::Result<base::Instant> at = base::parse_rfc3339(json.text);
  if (!at) {
    return failure.note(place, "bad_time", fmt::format("is {}, want {}", shown(json), kWant));
  }
  value = *at;
}

void read(const JsonValue& json, std::chrono::year_month_day& value, const Place& place,
          Failure& failure) {
  constexpr std::string_view kWant = "a date, such as \"2026-12-31\"";
  if (!is_text(json, kWant, place, failure)) return;
  const auto date = parse_date(json.text);
  if (!date) {
    return failure.note(place, "bad_time", fmt::format("is {}, want {}", shown(json), kWant));
  }
  value = *date;
}

FieldReader::FieldReader(const JsonValue& json, const Place& place, Failure& failure)
    : object_(json), place_(place), failure_(failure), next_(&json + 1) {
  if (json.kind != JsonKind::kObject) note_wrong_type(json, "an object", place, failure);
}

void FieldReader::fixed(std::string_view name, std::string_view value) {
  std::string text;
  need(name, text);
  if (failure_ || text == value) return;
  note_bad_value(*look(name), fmt::format("\"{}\"", value), Place{&place_, name}, failure_);
}

void FieldReader::fixed(std::string_view name, std::int64_t value) {
  std::int64_t number = 0;
  need(name, number);
  if (failure_ || number == value) return;
  note_bad_value(*look(name), std::to_string(value), Place{&place_, name}, failure_);
}

bool FieldReader::has(std::string_view name) const {
  const JsonValue* const json = look(name);
  return json != nullptr && json->kind != JsonKind::kNull;
}

const JsonValue* FieldReader::find(std::string_view name) {
  const JsonValue* const end = &object_ + object_.values;
  const JsonValue* const found = next_ != end && next_->key == name ? next_ : look(name);
  if (found != nullptr) {
    ++asked_;
    next_ = found + found->values;
  }
  return found;
}

const JsonValue* FieldReader::look(std::string_view name) const {
  for (const JsonValue& field : object_) {
    if (field.key == name) return &field;
  }
  return nullptr;
}

}  // namespace wiremill::wire
