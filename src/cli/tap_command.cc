#include <fmt/format.h>

#include <map>

#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/logs.h"

namespace wiremill::cli {
namespace {

/// Short names for our own topics; any other word is a topic's name.
std::string topic_named(const pipeline::Topics& topics, const std::string& word) {
  const std::map<std::string, std::string> ours{{"facts", topics.facts},
                                                {"held", topics.held},
                                                {"signals", topics.signals},
                                                {"dead-letters", topics.dead_letters}};
  const auto found = ours.find(word);
  return found == ours.end() ? word : found->second;
}

base::Result<void> tap(const GlobalArgs& globals, const std::string& word) {
  const auto config = configuration(globals);
  if (!config) return base::fail(config.error());
  const base::SystemClock clock;
  const auto telemetry = quiet_telemetry(clock);
  const auto log = open_to_read(*config, clock, *telemetry);
  if (!log) return base::fail(log.error());
  auto out = LineSink::open("-");
  if (!out) return base::fail(out.error());
  const auto read = (*log)->scan(topic_named(config->topics, word),
                                 [&](const stream::Record& record) -> base::Result<void> {
                                   if (record.value) (*out)->write(*record.value);
                                   return {};
                                 });
  if (read) return (*out)->close();
  base::Error error = read.error();
  if (error.text.ends_with("does not exist")) {
    error.text += "; there are";
    for (const stream::TopicPlan& topic : pipeline::plan(config->topics, config->layout)) {
      error.text += " " + topic.topic;
    }
  }
  return base::fail(std::move(error));
}

}  // namespace

void add_tap(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "tap", "Print the committed records of a topic up to its present end, one a line");
  auto topic = std::make_shared<std::string>();
  command->add_option("topic", *topic, "facts, signals, held, dead-letters, or a topic's name")
      ->required();
  command->callback([&globals, &chosen, topic] {
    chosen = [&globals, topic] {
      const auto done = tap(globals, *topic);
      return done ? ExitCode::kDone : report(done.error());
    };
  });
}

}  // namespace wiremill::cli
