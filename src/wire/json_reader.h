#pragma once
// One JSON document as plain values: everything is moved out of the JSON library at once, or an
// error says why not. Private to this room; the library is known to json_reader.cc alone.
//
//   Result<const JsonValue*> document = parse_json(bytes, {});
//   for (const JsonValue& field : **document) count(field.key);
//
// Stricter than the grammar where two readers could understand a record differently: a key that
// stands twice in one object is an error. A byte order mark in front is skipped.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wiremill::wire {

enum class JsonKind : std::uint8_t { kNull, kBoolean, kInteger, kReal, kText, kArray, kObject };

/// One value; its children follow it in memory, each with its own, so that a walk needs no
/// pointers. Borrows: the parsed document.
struct JsonValue {
  class Iterator {
   public:
    explicit Iterator(const JsonValue* at) : at_(at) {}
    const JsonValue& operator*() const { return *at_; }
    Iterator& operator++() {
      at_ += at_->values;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const JsonValue* at_;
  };

  JsonKind kind = JsonKind::kNull;
  bool boolean = false;
  std::uint32_t values = 1;    ///< this one and all below it
  std::uint32_t children = 0;  ///< of an array or object
  std::string_view key;        ///< inside an object
  std::string_view text;
  std::int64_t integer = 0;
  double real = 0;  ///< also set for an integer; a whole number above 2^63 is only a real

  Iterator begin() const { return Iterator(this + 1); }
  Iterator end() const { return Iterator(this + values); }
};

struct JsonLimits {
  std::size_t bytes_max = 16U << 20U;   ///< of the document
  std::uint32_t values_max = 1'000'000; ///< 64 bytes of memory each
  int depth_max = 64;                   ///< of nesting; at most 1024
  bool nul_allowed = true;              ///< whether a text may hold U+0000
};

/// Borrows: what it returns lives until this thread's next parse_json(); `bytes` need no padding.
/// Memory: one reusable buffer a thread, given back after a document above 1 MiB.
/// Errors: malformed with reason bad_json, invalid_utf8, empty, too_large, too_deep, bad_value.
[[nodiscard]] base::Result<const JsonValue*> parse_json(std::string_view bytes,
                                                        const JsonLimits& limits);

/// The value as an error text shows it, shortened: "\"blog\"", 17, null, "an object".
std::string shown(const JsonValue& value);

}  // namespace wiremill::wire
