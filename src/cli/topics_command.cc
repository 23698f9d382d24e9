#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/logs.h"
#include "pipeline/topics.h"

namespace wiremill::cli {
namespace {

enum class TopicsVerb { kPlan, kApply, kCheck };

void print_plan(const std::vector<stream::TopicPlan>& plans) {
  fmt::print("{:<28} {:>10} {:>10} {:>14} {:>18}\n", "topic", "partitions", "compacted",
             "retention_ms", "message_bytes_max");
  for (const stream::TopicPlan& plan : plans) {
    fmt::print("{:<28} {:>10} {:>10} {:>14} {:>18}\n", plan.topic, plan.partitions,
               plan.compacted ? "yes" : "no", plan.retention_ms, plan.message_bytes_max);
  }
}

/// What is wrong with the topics now, one line each on standard output.
base::Result<bool> differ(stream::Stream& log, const std::vector<stream::TopicPlan>& plans) {
  const auto actual = log.topics();
  if (!actual) return base::fail(actual.error());
  const auto found = pipeline::differences(plans, *actual);
  for (const std::string& difference : found) fmt::print("{}\n", difference);
  return !found.empty();
}

ExitCode run_topics(const GlobalArgs& globals, TopicsVerb verb) {
  const auto config = configuration(globals);
  if (!config) return report(config.error());
  const auto plans = pipeline::plan(config->topics, config->layout);
  if (verb == TopicsVerb::kPlan) {
    print_plan(plans);
    return ExitCode::kDone;
  }
  const base::SystemClock clock;
  const auto telemetry = quiet_telemetry(clock);
  const auto log = open_log(*config, clock, *telemetry);
  if (!log) return report(log.error());
  if (verb == TopicsVerb::kApply) {
    const auto made = (*log)->create(plans);
    if (!made) return report(made.error());
  }
  const auto wrong = differ(**log, plans);
  if (!wrong) return report(wrong.error());
  if (*wrong) return ExitCode::kDiffers;
  fmt::print("all {} topics are as planned\n", plans.size());
  return ExitCode::kDone;
}

}  // namespace

void add_topics(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const topics = app.add_subcommand("topics", "The topics of an installation");
  topics->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, TopicsVerb verb) {
    topics->add_subcommand(name, what)->callback([&globals, &chosen, verb] {
      chosen = [&globals, verb] { return run_topics(globals, verb); };
    });
  };
  add("plan", "Show how every topic must be laid out", TopicsVerb::kPlan);
  add("apply", "Make the topics that do not exist, then check", TopicsVerb::kApply);
  add("check", "Compare the topics with the plan; status 4 when they differ", TopicsVerb::kCheck);
}

}  // namespace wiremill::cli
