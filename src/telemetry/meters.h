#pragma once
// Counters, gauges and histograms with closed labels: a thin layer over prometheus-cpp that
// resolves every series once, when it is made, so that counting never builds a label.
//
//   Counters drops(registry, "wiremill_drops_total", "Records dropped.", {{"reason", {"stale"}}});
//   drops.add({"stale"});     drops.add({"surprise"});   // the second counts as "other"
//
// What this does not do: it knows no metric of ours by name (metrics.h does).

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
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
  /// `count` things that took so long each, at the cost of one.
  void observe(LabelValues values, double value, std::uint64_t count = 1);

 private:
  LabelSpace space_;
  std::vector<double> edges_;
  std::vector<prometheus::Histogram*> series_;
};

/// What a series shows that several owners set.
enum class Shared {
  kLatest,    ///< what was set last
  kGreatest,  ///< the worst of a lag
  kLeast,     ///< the worst of a time up to which something is done
};

/// Gauges whose series come and go with what this process owns: a series exists from its first
/// set() until it is forgotten, so that what another process owns never shows here as 0.
/// Threads: any. Borrows: the registry. Memory: at most kSeriesMax series; further ones are not
/// shown.
class Gauges {
 public:
  static constexpr std::size_t kSeriesMax = 500;

  Gauges(prometheus::Registry& registry, const std::string& name, const std::string& help,
           std::vector<std::string> labels, Shared shared = Shared::kLatest);
  /// `owner` may be named so that forget() finds the series later.
  void set(LabelValues values, double value, std::string_view owner = {});
  void add(LabelValues values, double by);
  /// Takes back what this owner set in one series, or in all; a series that nobody sets any more
  /// goes away. Requires: the owner has a name.
  void unset(LabelValues values, std::string_view owner);
  void forget(std::string_view owner);
  void clear();

 private:
  struct Series {
    prometheus::Gauge* gauge;
    std::vector<std::pair<std::string, double>> said;  ///< by owner, the latest last
  };
  using ByLabels = std::map<std::vector<std::string>, Series>;
  Series* series(LabelValues values);
  double shown(const Series& series) const;
  /// True when nobody is left who sets it.
  bool take_back(Series& series, std::string_view owner);

  prometheus::Family<prometheus::Gauge>& family_;
  std::vector<std::string> labels_;
  Shared shared_;
  std::mutex mutex_;  ///< series_
  ByLabels series_;
};

}  // namespace wiremill::telemetry
