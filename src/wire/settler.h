#pragma once
// Rounds every double of a noun in place, by the description that also reads and writes it, so
// that a noun that was settled survives encoding and decoding bit for bit. Private to this room.
//
//   Settler settler(kFactsDecimals);
//   settler.settle(record);

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "wire/field_reader.h"
#include "wire/rounding.h"

namespace wiremill::wire {

class Settler {
 public:
  static constexpr bool kReads = true;

  explicit Settler(int decimals) : decimals_(decimals) {}

  template <class T>
  void settle(T& value) {
    if constexpr (std::is_class_v<T>) fields(*this, value);
  }
  void settle(double& value) { value = rounded(value, decimals_); }
  void settle(std::string&) {}
  void settle(base::Decimal&) {}
  void settle(base::Instant&) {}
  void settle(std::chrono::year_month_day&) {}
  template <class T>
  void settle(std::optional<T>& value) {
    if (value) settle(*value);
  }
  template <class T>
  void settle(std::vector<T>& value) {
    for (T& item : value) settle(item);
  }
  template <class T>
  void settle(std::map<std::string, T>& value) {
    for (auto& [name, item] : value) settle(item);
  }

  template <class T>
  void need(std::string_view, T& value) {
    settle(value);
  }
  template <class T>
  void may(std::string_view, T& value) {
    settle(value);
  }
  template <class T>
  void when(std::string_view, T& value) {
    settle(value);
  }
  void fixed(std::string_view, std::string_view) {}
  void fixed(std::string_view, std::int64_t) {}
  template <class Body>
  void group(std::string_view, Body&& body) {
    body(*this);
  }

 private:
  int decimals_;
};

}  // namespace wiremill::wire
