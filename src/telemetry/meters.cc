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
    : space_(std::move(labels)) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  for (std::size_t i = 0; i < space_.size(); ++i) {
    series_.push_back(&family.Add(space_.named(i), edges));
  }
}

void Histograms::observe(LabelValues values, double value) {
  series_[space_.number_of(values)]->Observe(value);
}

Gauges::Gauges(prometheus::Registry& registry, const std::string& name, const std::string& help,
               std::vector<std::string> labels)
    : family_(prometheus::BuildGauge().Name(name).Help(help).Register(registry)),
      labels_(std::move(labels)) {}

Gauges::Series* Gauges::series(LabelValues values) {
  WIREMILL_ASSERT(values.size() == labels_.size());
  std::vector<std::string> key(values.begin(), values.end());
  const auto found = series_.find(key);
  if (found != series_.end()) return &found->second;
  if (series_.size() == kSeriesMax) return nullptr;
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < key.size(); ++i) names[labels_[i]] = key[i];
  return &series_.emplace(std::move(key), Series{&family_.Add(names), ""}).first->second;
}

void Gauges::set(LabelValues values, double value, std::string_view owner) {
  const std::lock_guard lock(mutex_);
  if (Series* const one = series(values)) {
    one->gauge->Set(value);
    one->owner = owner;
  }
}

void Gauges::add(LabelValues values, double by) {
  const std::lock_guard lock(mutex_);
  if (Series* const one = series(values)) one->gauge->Increment(by);
}

void Gauges::forget(std::string_view owner) {
  WIREMILL_ASSERT(!owner.empty());
  const std::lock_guard lock(mutex_);
  std::erase_if(series_, [&](const auto& each) {
    const bool is_theirs = each.second.owner == owner;
    if (is_theirs) family_.Remove(each.second.gauge);
    return is_theirs;
  });
}

void Gauges::clear() {
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, one] : series_) family_.Remove(one.gauge);
  series_.clear();
}

}  // namespace wiremill::telemetry
