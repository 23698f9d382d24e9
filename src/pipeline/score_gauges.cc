// The part of the score stage that shows what is believed as gauges. A scope has one owner, a score
// lane; its thread sets them, and they vanish when the lane ends.
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>

#include "pipeline/score_work.h"

namespace wiremill::pipeline {
namespace {

/// Fiscal years around now that are shown of a group: news names years, so the set is closed here.
constexpr int kYearsBefore = 2;
constexpr int kYearsAfter = 3;
constexpr double kBillion = 1e9;
constexpr double kPercent = 100;

/// "memory" of "sector/memory".
std::string_view name_in(std::string_view scope) { return scope.substr(scope.find('/') + 1); }

std::optional<double> value_of(const model::Signal& signal, const std::string& name) {
  const auto found = signal.values.find(name);
  return found == signal.values.end() ? std::nullopt : found->second;
}

std::optional<double> scaled(std::optional<double> value, double by) {
  return value ? std::optional(*value * by) : std::nullopt;
}

int year_of(base::Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

}  // namespace

void ScoreWork::count_direction(const model::Signal& signal) const {
  if (signal.type != model::ScopeType::kSector) return;
  telemetry_.record(telemetry::SectorSignal{.sector = name_in(signal.scope),
                                            .tone = value_of(signal, "tone")});
}

void ScoreWork::show(const model::Signal& signal) {
  const std::string_view name = name_in(signal.scope);
  switch (signal.type) {
    case model::ScopeType::kCompany:
      return;  // as many as there are companies: no labels
    case model::ScopeType::kSector:
      telemetry_.record(telemetry::SectorTone{
          .lane = lane_,
          .sector = name,
          .tone = value_of(signal, "tone"),
          .facts_mass = value_of(signal, "mass").value_or(0),
          .text_mass = value_of(signal, "mass_text").value_or(0)});
      return;
    case model::ScopeType::kScenario:
      if (!signal.scenario) return;
      weights_[std::string(name)] = *signal.scenario;
      show_weights(name, *signal.scenario);
      return;
    case model::ScopeType::kGroup:
      show_group(signal, name);
      return;
  }
}

void ScoreWork::show_group(const model::Signal& signal, std::string_view group) const {
  const int year = year_of(signal.as_of);
  for (int shown = year - kYearsBefore; shown <= year + kYearsAfter; ++shown) {
    const std::string period = fmt::format("FY{}", shown);
    const auto value = [&](std::string_view what) {
      return value_of(signal, fmt::format("{}.{}.USD", what, period));
    };
    telemetry_.record(
        telemetry::GroupTotal{.lane = lane_,
                              .group = group,
                              .period = period,
                              .computed_usd = scaled(value("computed_total_bn"), kBillion),
                              .members = value("computed_members"),
                              .stated_usd = scaled(value("stated_total_bn"), kBillion),
                              .growth_ratio = scaled(value("growth_percent"), 1 / kPercent)});
  }
}

/// A process that starts again publishes nothing until something changes, and yet it believes.
void ScoreWork::show_restored() {
  shown_ = true;
  for (const std::string& scope : scorer_->scopes(scorer_->now())) {
    if (scope.starts_with("company/")) continue;
    if (const auto signal = scorer_->signal(scope, scorer_->now())) show(*signal);
  }
}

void ScoreWork::show_weights(std::string_view set, const model::ScenarioView& view) const {
  for (std::size_t i = 0; i < view.names.size(); ++i) {
    telemetry_.record(telemetry::ScenarioWeight{.lane = lane_, .set = set,
                                                .scenario = view.names[i],
                                                .weight = view.weights[i]});
  }
}

/// At each tick every set was evaluated: what was published last still holds.
void ScoreWork::show_weights_again() {
  if (scorer_->now() == weights_shown_at_) return;
  weights_shown_at_ = scorer_->now();
  for (const auto& [set, view] : weights_) show_weights(set, view);
}

}  // namespace wiremill::pipeline
