#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/spelling.h"
#include "settings/settings.h"

namespace wiremill::settings {
namespace {

std::optional<double> to_number(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string shown(const Range& range) { return fmt::format("{}…{}", range.low, range.high); }

bool inside(double value, const Range& range) { return value >= range.low && value <= range.high; }

}  // namespace

Reader::Reader(const Node& node, std::string what, Mistakes& mistakes)
    : node_(node), what_(std::move(what)), mistakes_(mistakes) {
  if (!node_.is_map()) mistakes_.add(node_.place(), fmt::format("{} must be a map", what_));
}

std::optional<Node> Reader::node(std::string_view key) {
  known_.emplace(key);
  return node_.find(key);
}

std::optional<Node> Reader::scalar(std::string_view key, std::string_view wanted) {
  const auto found = node(key);
  if (!found) return std::nullopt;
  if (found->is_text()) return found;
  mistake(key, fmt::format("{}: \"{}\" must be {}", what_, key, wanted));
  return std::nullopt;
}

void Reader::mistake(std::string_view key, std::string text) {
  const auto found = node_.find(key);
  mistakes_.add(found ? found->place() : node_.place(), std::move(text));
}

std::string Reader::text(std::string_view key) {
  const auto found = scalar(key, "text");
  if (found && !found->text().empty()) return found->text();
  if (!node_.find(key)) mistake(key, fmt::format("{}: \"{}\" is missing", what_, key));
  if (found) mistake(key, fmt::format("{}: \"{}\" is empty", what_, key));
  return {};
}

std::string Reader::text(std::string_view key, std::string fallback) {
  const auto found = scalar(key, "text");
  return found ? found->text() : std::move(fallback);
}

std::vector<std::string> Reader::texts(std::string_view key, std::vector<std::string> fallback) {
  const auto found = node(key);
  if (!found) return fallback;
  if (found->is_text()) return {found->text()};
  if (!found->is_list()) {
    mistake(key, fmt::format("{}: \"{}\" must be a list of texts", what_, key));
    return fallback;
  }
  std::vector<std::string> texts;
  for (const Node& item : found->items()) {
    if (item.is_text()) {
      texts.push_back(item.text());
    } else {
      mistakes_.add(item.place(), fmt::format("{}: an item of \"{}\" is not text", what_, key));
    }
  }
  return texts;
}

double Reader::number(std::string_view key, Range range) {
  if (!node(key)) mistake(key, fmt::format("{}: \"{}\" is missing", what_, key));
  return number(key, 0, range);
}

double Reader::number(std::string_view key, double fallback, Range range) {
  const auto found = scalar(key, "a number");
  if (!found) return fallback;
  const auto value = to_number(found->text());
  if (value && inside(*value, range)) return *value;
  mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be a number in {}", what_, key,
                           found->text(), shown(range)));
  return fallback;
}

std::int64_t Reader::whole(std::string_view key, std::int64_t fallback, Range range) {
  const auto found = scalar(key, "a whole number");
  if (!found) return fallback;
  const auto value = to_number(found->text());
  if (value && std::floor(*value) == *value && inside(*value, range) && std::abs(*value) < 9e15) {
    return static_cast<std::int64_t>(*value);
  }
  mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be a whole number in {}", what_, key,
                           found->text(), shown(range)));
  return fallback;
}

bool Reader::flag(std::string_view key, bool fallback) {
  const auto found = scalar(key, "true or false");
  if (!found) return fallback;
  if (found->text() == "true") return true;
  if (found->text() == "false") return false;
  mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be true or false", what_, key,
                           found->text()));
  return fallback;
}

std::vector<double> Reader::numbers(std::string_view key, std::vector<double> fallback) {
  if (!node(key)) return fallback;
  std::vector<double> numbers;
  for (const std::string& text : texts(key, {})) {
    const auto value = to_number(text);
    if (!value) {
      mistake(key, fmt::format("{}: \"{}\" has \"{}\", must be numbers", what_, key, text));
      return fallback;
    }
    numbers.push_back(*value);
  }
  return numbers;
}

std::optional<base::Decimal> Reader::decimal(std::string_view key) {
  const auto found = scalar(key, "a decimal number");
  if (!found) return std::nullopt;
  const auto value = base::Decimal::parse(found->text());
  if (!value) {
    mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be a decimal number without exponent",
                             what_, key, found->text()));
  }
  return value;
}

std::optional<base::Instant> Reader::instant(std::string_view key) {
  const auto found = scalar(key, "a time");
  if (!found) return std::nullopt;
  const auto value = base::parse_rfc3339(found->text());
  if (value) return *value;
  mistake(key, fmt::format("{}: \"{}\": {}", what_, key, value.error().text));
  return std::nullopt;
}

std::optional<base::Instant> Reader::date(std::string_view key) {
  const auto found = scalar(key, "a date");
  if (!found) return std::nullopt;
  const std::string text = found->text();
  const auto value = base::parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
  if (value) return *value;
  mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be a date such as 2026-02-14", what_, key,
                           text));
  return std::nullopt;
}

std::string Reader::one_of(std::string_view key, std::string fallback,
                           const std::vector<std::string>& names) {
  const std::string value = text(key, fallback);
  std::string allowed;
  for (const std::string& name : names) {
    if (name == value) return value;
    allowed += (allowed.empty() ? "" : ", ") + name;
  }
  const base::Words known(names.begin(), names.end());
  mistake(key, fmt::format("{}: \"{}\" is \"{}\", must be one of: {}{}", what_, key, value,
                           allowed, value.empty() ? "" : base::did_you_mean(value, known)));
  return fallback;
}

void Reader::finish() {
  for (const auto& [key, value] : node_.entries()) {
    if (known_.contains(key)) continue;
    mistakes_.add(value.place(), fmt::format("{}: unknown key \"{}\"{}", what_, key,
                                             base::did_you_mean(key, known_)));
  }
}

}  // namespace wiremill::settings
