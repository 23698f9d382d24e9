#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/knowledge.h"
#include "cli/lines.h"
#include "cli/tables.h"
#include "wire/dead_letter.h"
#include "wire/event.h"
#include "wire/facts.h"

namespace wiremill::cli {
namespace {

struct ExtractArgs {
  std::vector<std::string> inputs;
  bool ndjson = false;
  bool explain = false;
  std::string published;
  std::string form;
};

model::FactsRecord facts_of(const extract::Extractor& extractor, const model::Event& event,
                            extract::Trace* trace) {
  model::FactsRecord record =
      extractor.extract(event, event.received_at.value_or(event.published_at), trace);
  wire::settle(record);
  return record;
}

/// One line out for every line in, in order: facts, or a dead letter with the line's number.
base::Result<void> extract_lines(const extract::Extractor& extractor, const std::string& path,
                                 bool explain, LineSink& out) {
  std::int64_t number = 0;
  return for_each_line(path, [&](std::string_view line) -> base::Result<void> {
    ++number;
    const auto decoded = wire::decode_event(line);
    if (!decoded) {
      out.write(wire::encode_dead_line(number, decoded.error()));
      return {};
    }
    extract::Trace trace;
    out.write(wire::encode_facts(
        facts_of(extractor, decoded->event, explain ? &trace : nullptr)));
    for (const std::string& step : trace.lines) fmt::print(stderr, "{}: {}\n", number, step);
    return {};
  });
}

base::Result<model::Event> event_of(const std::string& text, const ExtractArgs& args) {
  model::Event event;
  event.id = "text";
  event.story_id = event.id;
  event.body = text;
  event.published_at = base::SystemClock().now();
  if (!args.published.empty()) {
    const auto at = base::parse_rfc3339(args.published);
    if (!at) return base::rejected("--published: " + at.error().text);
    event.published_at = *at;
  }
  if (!args.form.empty()) {
    event.form = model::parse_name<model::Form>(args.form);
    if (!event.form) {
      return base::rejected(fmt::format("--form: \"{}\" is not one of: {}", args.form,
                                        model::all_names<model::Form>()));
    }
  }
  return event;
}

base::Result<void> extract_text(const Knowledge& knowledge, const std::string& path,
                                const ExtractArgs& args, LineSink& out) {
  const auto text = read_all(path);
  if (!text) return base::fail(text.error());
  const auto event = event_of(*text, args);
  if (!event) return base::fail(event.error());
  extract::Trace trace;
  const auto record = facts_of(*knowledge.extractor, *event, args.explain ? &trace : nullptr);
  if (isatty(STDOUT_FILENO) != 0) {
    out.write(facts_table(record, *knowledge.catalogue));
  } else {
    out.write(wire::encode_facts(record));
  }
  for (const std::string& step : trace.lines) fmt::print(stderr, "{}\n", step);
  return {};
}

ExitCode run_extract(const GlobalArgs& globals, const ExtractArgs& args) {
  const auto config = configuration(globals);
  if (!config) return report(config.error());
  const auto knowledge = load_knowledge(*config);
  if (!knowledge) return report(knowledge.error());
  auto out = LineSink::open("-");
  if (!out) return report(out.error());
  const auto inputs = args.inputs.empty() ? std::vector<std::string>{"-"} : args.inputs;
  for (const std::string& input : inputs) {
    const auto done =
        args.ndjson ? extract_lines(*knowledge->extractor, input, args.explain, **out)
                    : extract_text(*knowledge, input, args, **out);
    if (!done) return report(done.error());
  }
  const auto closed = (*out)->close();
  return closed ? ExitCode::kDone : report(closed.error());
}

}  // namespace

void add_extract(CLI::App& app, GlobalArgs& globals, Chosen& chosen) {
  auto* const command = app.add_subcommand(
      "extract", "Facts from text, or from events with --ndjson; reads files or standard input");
  auto args = std::make_shared<ExtractArgs>();
  command->add_option("files", args->inputs, "Files to read; standard input without them");
  command->add_flag("--ndjson", args->ndjson, "The input is one event a line; one line out each");
  command->add_flag("--explain", args->explain, "Say on standard error how each fact came about");
  command->add_option("--published", args->published, "Time of a text without one (RFC 3339)");
  command->add_option("--form", args->form, "Form of a text: alert, news, column, …");
  command->callback([&globals, &chosen, args] {
    chosen = [&globals, args] { return run_extract(globals, *args); };
  });
}

}  // namespace wiremill::cli
