#include "wire/json_reader.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "wire/rounding.h"
#include "wire/utf8.h"

namespace wiremill::wire {
namespace {

constexpr std::size_t kKeptBytesMax = 1U << 20U;
constexpr std::size_t kShownBytesMax = 48;

/// What one thread reads with. The padded copy, the parser's texts and the values live here.
struct Desk {
  simdjson::dom::parser parser;
  std::vector<char> padded;
  std::vector<JsonValue> values;
};

Desk& clean_desk() {
  thread_local std::unique_ptr<Desk> desk;
  const bool kept = desk && desk->padded.capacity() <= kKeptBytesMax &&
                    desk->values.capacity() * sizeof(JsonValue) <= kKeptBytesMax;
  if (!kept) desk = std::make_unique<Desk>();
  desk->values.clear();
  return *desk;
}

base::Error wrong(std::string reason, std::string text) {
  return {base::ErrorKind::kMalformed, std::move(text), std::move(reason)};
}

base::Error too_deep(const JsonLimits& limits) {
  return wrong("too_deep", fmt::format("the record is nested deeper than {} levels",
                                       limits.depth_max));
}

base::Error error_of(simdjson::error_code code, const JsonLimits& limits) {
  if (code == simdjson::UTF8_ERROR) return wrong("invalid_utf8", "the record is not UTF-8");
  if (code == simdjson::EMPTY) return wrong("empty", "the record is empty");
  if (code == simdjson::DEPTH_ERROR) return too_deep(limits);
  if (code == simdjson::CAPACITY) return wrong("too_large", "the record is too large to read");
  return wrong("bad_json", fmt::format("not JSON: {}", simdjson::error_message(code)));
}

/// Moves a document out of the library, depth first; stops at the first error.
class Mover {
 public:
  Mover(std::vector<JsonValue>& values, const JsonLimits& limits, bool check_texts)
      : values_(values), limits_(limits), check_texts_(check_texts) {}

  /// `near` names the value in error texts: its key, or that of the array it is in.
  void move(const simdjson::dom::element& element, std::string_view key, std::string_view near,
            int depth) {
    if (values_.size() >= limits_.values_max) {
      return note(wrong("too_large", fmt::format("the record has more than {} values",
                                                 limits_.values_max)));
    }
    const std::size_t at = values_.size();
    values_.emplace_back().key = key;
    if (element.is_object() || element.is_array()) {
      if (depth >= limits_.depth_max) return note(too_deep(limits_));
    }
    if (element.is_object()) {
      move_object(element, at, depth);
    } else if (element.is_array()) {
      move_array(element, at, near, depth);
    } else {
      move_scalar(element, values_[at], near);
    }
  }

  const std::optional<base::Error>& error() const { return error_; }

 private:
  void move_object(const simdjson::dom::element& element, std::size_t at, int depth) {
    simdjson::dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return note(wrong("bad_json", "not JSON"));
    values_[at].kind = JsonKind::kObject;
    for (const auto field : object) {
      check_text(field.key, field.key);
      move(field.value, field.key, field.key, depth + 1);
      if (error_) return;
      ++values_[at].children;
    }
    values_[at].values = static_cast<std::uint32_t>(values_.size() - at);
    refuse_twins(at);
  }

  void move_array(const simdjson::dom::element& element, std::size_t at, std::string_view near,
                  int depth) {
    simdjson::dom::array array;
    if (element.get(array) != simdjson::SUCCESS) return note(wrong("bad_json", "not JSON"));
    values_[at].kind = JsonKind::kArray;
    for (const auto item : array) {
      move(item, {}, near, depth + 1);
      if (error_) return;
      ++values_[at].children;
    }
    values_[at].values = static_cast<std::uint32_t>(values_.size() - at);
  }

  void move_scalar(const simdjson::dom::element& element, JsonValue& value,
                   std::string_view near) {
    if (element.get(value.text) == simdjson::SUCCESS) {
      value.kind = JsonKind::kText;
      check_text(value.text, near);
    } else if (element.get(value.boolean) == simdjson::SUCCESS) {
      value.kind = JsonKind::kBoolean;
    } else if (element.get(value.integer) == simdjson::SUCCESS) {
      value.kind = JsonKind::kInteger;
      value.real = static_cast<double>(value.integer);
    } else if (element.get(value.real) == simdjson::SUCCESS) {
      value.kind = JsonKind::kReal;
    } else if (!element.is_null()) {
      note(wrong("bad_json", fmt::format("\"{}\": a number beyond 64 bits", near)));
    }
  }

  void check_text(std::string_view text, std::string_view near) {
    if (!check_texts_) return;
    if (!limits_.nul_allowed && text.find('\0') != std::string_view::npos) {
      note(wrong("bad_value", fmt::format("\"{}\": holds the character U+0000, which is not "
                                          "allowed", cut_utf8(near, kShownBytesMax))));
    }
    if (!is_utf8(text)) {
      note(wrong("bad_json", fmt::format("\"{}\": a surrogate without its other half",
                                         cut_utf8(mended_utf8(near), kShownBytesMax))));
    }
  }

  /// Two equal keys in the object at `at` are an error: which one counts depends on the reader.
  void refuse_twins(std::size_t at) {
    keys_.clear();
    for (const JsonValue& field : values_[at]) keys_.push_back(field.key);
    std::sort(keys_.begin(), keys_.end());
    const auto twin = std::adjacent_find(keys_.begin(), keys_.end());
    if (twin == keys_.end()) return;
    note(wrong("bad_json", fmt::format("the key \"{}\" stands twice in one object",
                                       cut_utf8(*twin, kShownBytesMax))));
  }

  void note(base::Error error) {
    if (!error_) error_ = std::move(error);
  }

  std::vector<JsonValue>& values_;
  const JsonLimits& limits_;
  bool check_texts_;
  std::vector<std::string_view> keys_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<const JsonValue*> parse_json(std::string_view bytes, const JsonLimits& limits) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.size() > limits.bytes_max) {
    return base::fail(wrong("too_large", fmt::format("the record has {} bytes, more than {}",
                                                     bytes.size(), limits.bytes_max)));
  }
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (bytes.empty()) return base::fail(error_of(simdjson::EMPTY, limits));

  Desk& desk = clean_desk();
  desk.padded.resize(bytes.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(desk.padded.data(), bytes.data(), bytes.size());
  std::memset(desk.padded.data() + bytes.size(), ' ', simdjson::SIMDJSON_PADDING);
  simdjson::dom::element root;
  const simdjson::error_code code =
      desk.parser.parse(desk.padded.data(), bytes.size(), false).get(root);
  if (code != simdjson::SUCCESS) return base::fail(error_of(code, limits));

  // Only an escape can put a NUL or half a surrogate pair into a text that was valid UTF-8.
  Mover mover(desk.values, limits, bytes.find("\\u") != std::string_view::npos);
  mover.move(root, {}, "the record", 0);
  if (mover.error()) return base::fail(*mover.error());
  return desk.values.data();
}

std::string shown(const JsonValue& value) {
  switch (value.kind) {
    case JsonKind::kNull: return "null";
    case JsonKind::kBoolean: return value.boolean ? "true" : "false";
    case JsonKind::kInteger: return std::to_string(value.integer);
    case JsonKind::kReal: return fmt::format("{}", value.real);
    case JsonKind::kText: {
      const std::string_view cut = cut_utf8(value.text, kShownBytesMax);
      return fmt::format("\"{}{}\"", cut, cut.size() < value.text.size() ? "…" : "");
    }
    case JsonKind::kArray: return "an array";
    case JsonKind::kObject: return "an object";
  }
  return {};
}

}  // namespace wiremill::wire
