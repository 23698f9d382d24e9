#pragma once
// YAML with positions: every mistake at once, each with its file and line, unknown keys included.
//
//   Mistakes mistakes;
//   Reader reader(node, "company", mistakes);
//   company.id = reader.text("id");
//   company.aliases = reader.texts("aliases", {});
//   reader.finish();                                    // names every key that was not asked for
//   if (!mistakes.empty()) return fail(mistakes.error("catalogue"));
//
// It does not interpolate variables, follow includes or keep comments.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"

namespace wiremill::settings {

/// Where something stands; line and column count from 1, 0 when unknown.
struct Place {
  std::string file;
  int line = 0;
  auto operator<=>(const Place&) const = default;
};

std::string to_text(const Place& place);  // "packs/a.yaml:12"
Place place_of(std::string_view text);     // and back; line 0 when the text has none

/// Collects what is wrong, so that one run names everything.
class Mistakes {
 public:
  void add(const Place& place, std::string text);
  bool empty() const { return found_.empty(); }
  std::size_t size() const { return found_.size(); }
  /// "file:line: text" of each, in order of place.
  std::vector<std::string> lines() const;
  /// One rejected error, a line for each mistake in order of place, at most 50 shown.
  base::Error error(std::string_view what) const;

 private:
  std::set<std::pair<Place, std::string>> found_;
};

/// A cheap handle to one node of a parsed document. Owns: a share of the document.
/// Threads: a document may be read by one thread at a time.
class Node {
 public:
  bool is_map() const;
  bool is_list() const;
  bool is_text() const;  ///< any scalar
  Place place() const;
  /// The scalar as written; empty for maps and lists.
  std::string text() const;
  /// Items of a list; empty otherwise.
  std::vector<Node> items() const;
  /// Keys of a map with their values, in the order written; empty otherwise.
  std::vector<std::pair<std::string, Node>> entries() const;
  std::optional<Node> find(std::string_view key) const;

 private:
  friend std::optional<Node> parse(std::string_view text, std::string file, Mistakes& mistakes);
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

/// Errors: rejected with file and line when the text is not YAML, is deeper than 64 levels, or a
/// map has a key twice.
[[nodiscard]] base::Result<Node> parse(std::string_view text, std::string file);
/// The same for one of many texts: what is wrong goes to `mistakes`; nothing when it is not YAML.
std::optional<Node> parse(std::string_view text, std::string file, Mistakes& mistakes);
/// Reads a file of at most 64 MiB. `shown_as` is the name that places carry.
[[nodiscard]] base::Result<Node> load(const std::string& path, std::string shown_as);

/// A closed range for numbers.
struct Range {
  double low = -1e308;
  double high = 1e308;
};

/// Reads one map whose keys are known. Every getter notes the key as known; a value of the wrong
/// type or out of range is a mistake and gives the fallback.
class Reader {
 public:
  Reader(const Node& node, std::string what, Mistakes& mistakes);

  /// Required: absent is a mistake.
  std::string text(std::string_view key);
  double number(std::string_view key, Range range = {});

  std::string text(std::string_view key, std::string fallback);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> fallback);
  double number(std::string_view key, double fallback, Range range = {});
  std::int64_t whole(std::string_view key, std::int64_t fallback, Range range = {});
  bool flag(std::string_view key, bool fallback);
  std::vector<double> numbers(std::string_view key, std::vector<double> fallback);
  std::optional<base::Decimal> decimal(std::string_view key);
  std::optional<base::Instant> instant(std::string_view key);
  /// A date 2026-02-13, as its first instant in UTC, or a full RFC 3339 time.
  std::optional<base::Instant> date(std::string_view key);
  /// One of the names; the fallback when absent. A mistake lists the names.
  std::string one_of(std::string_view key, std::string fallback,
                     const std::vector<std::string>& names);
  std::optional<Node> node(std::string_view key);

  /// A mistake at the place of `key` (of the map when it is absent).
  void mistake(std::string_view key, std::string text);
  Place place() const { return node_.place(); }
  /// Names every key of the map that no getter asked for, with the nearest known one.
  void finish();

 private:
  std::optional<Node> scalar(std::string_view key, std::string_view wanted);

  Node node_;
  std::string what_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace wiremill::settings
