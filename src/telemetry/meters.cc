#include "telemetry/meters.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace wiremill::telemetry {
namespace {

constexpr std::string_view kOther = "other";

}  // namespace

LabelSpace::LabelSpace(std::vector<Label> labels) : labels_(std::move(labels)) {
  for (Label& label : labels_) {
    label.values.emplace_back(kOther);
    std::sort(label.values.begin(), label.values.end());
    label.values.erase(std::unique(label.values.begin(), label.values.end()),
                       label.values.end());
  }
}

std::size_t LabelSpace::number_of(LabelValues values) const {
  WIREMILL_ASSERT(values.size() == labels_.size());
  std::size_t number = 0;
  auto value = values.begin();
  for (const Label& label : labels_) {
    auto found = std::lower_bound(label.values.begin(), label.values.end(), *value);
    if (found == label.values.end() || *found != *value) {
      found = std::lower_bound(label.values.begin(), label.values.end(), kOther);
    }
    const auto digit = static_cast<std::size_t>(found - label.values.begin());
    number = number * label.values.size() + digit;
    ++value;
  }
  return number;
}

std::size_t LabelSpace::size() const {
  std::size_t size = 1;
  for (const Label& label : labels_) size *= label.values.size();
  return size;
}

std::map<std::string, std::string> LabelSpace::named(std::size_t number) const {
  std::map<std::string, std::string> names;
  for (auto label = labels_.rbegin(); label != labels_.rend(); ++label) {
    names[label->name] = label->values[number % label->values.size()];
    number /= label->values.size();
  }
  return names;
}

Counters::Counters(prometheus::Registry& registry, const std::string& name,
                   const std::string& help, std::vector<Label> labels)
    : space_(std::move(labels)) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  for (std::size_t i = 0; i < space_.size(); ++i) series_.push_back(&family.Add(space_.named(i)));
}

void Counters::add(LabelValues values, double by) {
  series_[space_.number_of(values)]->Increment(by);
}

Histograms::Histograms(prometheus::Registry& registry, const std::string& name,
                       const std::string& help, const std::vector<double>& edges,
                       std::vector<Label> labels)
    : space_(std::move(labels)), edges_(edges) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  for (std::size_t i = 0; i < space_.size(); ++i) {
    series_.push_back(&family.Add(space_.named(i), edges));
  }
}

void Histograms::observe(LabelValues values, double value, std::uint64_t count) {
  prometheus::Histogram& histogram = *series_[space_.number_of(values)];
  if (count == 1) return histogram.Observe(value);
  std::vector<double> buckets(edges_.size() + 1);
  const auto edge = std::lower_bound(edges_.begin(), edges_.end(), value) - edges_.begin();
  buckets[static_cast<std::size_t>(edge)] = static_cast<double>(count);
  histogram.ObserveMultiple(buckets, value * static_cast<double>(count));
}

Gauges::Gauges(prometheus::Registry& registry, const std::string& name, const std::string& help,
               std::vector<std::string> labels, Shared shared)
    : family_(prometheus::BuildGauge().Name(name).Help(help).Register(registry)),
      labels_(std::move(labels)),
      shared_(shared) {}

Gauges::Series* Gauges::series(LabelValues values) {
  WIREMILL_ASSERT(values.size() == labels_.size());
  std::vector<std::string> key(values.begin(), values.end());
  const auto found = series_.find(key);
  if (found != series_.end()) return &found->second;
  if (series_.size() == kSeriesMax) return nullptr;
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < key.size(); ++i) names[labels_[i]] = key[i];
  return &series_.emplace(std::move(key), Series{&family_.Add(names), {}}).first->second;
}

void Gauges::set(LabelValues values, double value, std::string_view owner) {
  const std::lock_guard lock(mutex_);
  Series* const one = series(values);
  if (one == nullptr) return;
  std::erase_if(one->said, [&](const auto& said) { return said.first == owner; });
  one->said.emplace_back(owner, value);
  one->gauge->Set(shown(*one));
}

double Gauges::shown(const Series& series) const {
  const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
  switch (shared_) {
    case Shared::kLatest: return series.said.back().second;
    case Shared::kGreatest:
      return std::max_element(series.said.begin(), series.said.end(), less)->second;
    case Shared::kLeast:
      return std::min_element(series.said.begin(), series.said.end(), less)->second;
  }
  return 0;
}

void Gauges::add(LabelValues values, double by) {
  const std::lock_guard lock(mutex_);
  if (Series* const one = series(values)) one->gauge->Increment(by);
}

bool Gauges::take_back(Series& series, std::string_view owner) {
  const auto taken =
      std::erase_if(series.said, [&](const auto& said) { return said.first == owner; });
  if (taken == 0) return false;
  if (!series.said.empty()) {
    series.gauge->Set(shown(series));
    return false;
  }
  family_.Remove(series.gauge);
  return true;
}

void Gauges::unset(LabelValues values, std::string_view owner) {
  WIREMILL_ASSERT(!owner.empty());
  const std::lock_guard lock(mutex_);
  const auto found = series_.find(std::vector<std::string>(values.begin(), values.end()));
  if (found != series_.end() && take_back(found->second, owner)) series_.erase(found);
}

void Gauges::forget(std::string_view owner) {
  WIREMILL_ASSERT(!owner.empty());
  const std::lock_guard lock(mutex_);
  for (auto at = series_.begin(); at != series_.end();) {
    at = take_back(at->second, owner) ? series_.erase(at) : std::next(at);
  }
}

void Gauges::clear() {
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, one] : series_) family_.Remove(one.gauge);
  series_.clear();
}

}  // namespace wiremill::telemetry
