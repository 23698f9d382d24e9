#pragma once
// Counters, gauges and histograms with closed labels: a thin layer over prometheus-cpp that
// resolves every series once, when it is made, so that counting never builds a label.
//
//   Counters drops(registry, "wiremill_drops_total", "Records dropped.", {{"reason", {"stale"}}});
//   drops.add({"stale"});     drops.add({"surprise"});   // the second counts as "other"
//
// What this does not do: it knows no metric of ours by name (metrics.h does).

#include <cstddef>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Registry;
class Counter;
class Gauge;
class Histogram;
template <typename T>
class Family;
}  // namespace prometheus

namespace wiremill::telemetry {

/// A label and all its values. "other" is added for whatever is not among them.
struct Label {
  std::string name;
  std::vector<std::string> values;
};

using LabelValues = std::initializer_list<std::string_view>;

/// The cross product of some labels, each combination with a number.
class LabelSpace {
 public:
  explicit LabelSpace(std::vector<Label> labels);
  /// Requires: as many values as labels.
  std::size_t number_of(LabelValues values) const;
  std::size_t size() const;
  /// Name and value of each label of the combination with this number.
  std::map<std::string, std::string> named(std::size_t number) const;

 private:
  std::vector<Label> labels_;  ///< values sorted, "other" among them
};

/// Threads: any. Borrows: the registry.
class Counters {
 public:
  Counters(prometheus::Registry& registry, const std::string& name, const std::string& help,
           std::vector<Label> labels = {});
  void add(LabelValues values, double by = 1);

 private:
  LabelSpace space_;
  std::vector<prometheus::Counter*> series_;
};

/// Threads: any. Borrows: the registry.
class Histograms {
 public:
  /// `edges` are the upper bounds of the buckets, rising.
  Histograms(prometheus::Registry& registry, const std::string& name, const std::string& help,
             const std::vector<double>& edges, std::vector<Label> labels = {});
  void observe(LabelValues values, double value);

 private:
  LabelSpace space_;
  std::vector<prometheus::Histogram*> series_;
};

/// Gauges whose series come and go with what this process owns: a series exists from its first
/// set() until it is forgotten, so that what another process owns never shows here as 0.
/// Threads: any. Borrows: the registry. Memory: at most kSeriesMax series; further ones are not
/// shown.
class Gauges {
 public:
  static constexpr std::size_t kSeriesMax = 500;

  Gauges(prometheus::Registry& registry, const std::string& name, const std::string& help,
         std::vector<std::string> labels);
  /// `owner` may be named so that forget() finds the series later.
  void set(LabelValues values, double value, std::string_view owner = {});
  void add(LabelValues values, double by);
  /// Removes the series that this owner was the last to set. Requires: the owner has a name.
  void forget(std::string_view owner);
  void clear();

 private:
  struct Series {
    prometheus::Gauge* gauge;
    std::string owner;
  };
  Series* series(LabelValues values);

  prometheus::Family<prometheus::Gauge>& family_;
  std::vector<std::string> labels_;
  std::mutex mutex_;  ///< series_
  std::map<std::vector<std::string>, Series> series_;
};

}  // namespace wiremill::telemetry
