// What one event costs on its way: decode, extract, encode, and a score unit. Every article is
// new to the program (its own companies, amounts and numbering), as a stream's are, and every
// answer is checked. Ratios between the lines of one run mean something, absolute times little.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"
#include "score/scorer.h"
#include "wire/event.h"
#include "wire/facts.h"

namespace {

using namespace wiremill;

/// A benchmark that computes the wrong thing measures nothing: stop.
void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "work_bench: wrong answer: %s\n", what);
  std::exit(1);
}

struct Knowledge {
  std::shared_ptr<const extract::Extractor> extractor;
  std::shared_ptr<const score::Program> program;
};

const Knowledge& knowledge() {
  static const Knowledge loaded = [] {
    const auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    check(catalogue.has_value(), "the catalogue loads");
    return Knowledge{*extract::compile(*catalogue, {}), *score::compile(*catalogue)};
  }();
  return loaded;
}

model::Event article(std::int64_t number) {
  static const std::vector<std::string> names{"Nvidia", "Broadcom", "Vertiv", "Micron", "Oracle",
                                              "Dell", "Microsoft", "Meta", "Amazon", "CoreWeave"};
  const std::string& buyer = names[static_cast<std::size_t>(number) % 10];
  const std::string& seller = names[static_cast<std::size_t>(number / 10 + number + 1) % 10];
  model::Event event;
  event.id = fmt::format("bench-{}", number);
  event.story_id = event.id;
  event.publisher = fmt::format("Outlet {}", number % 97);
  event.published_at = base::from_unix_ms(1'771'200'000'000 + number * 1000);
  event.headline = fmt::format("{} wins order {} from {}", seller, number, buyer);
  event.body = fmt::format("{} said it signed a contract worth ${}.{} billion to supply {} with "
                           "equipment in 2026.", seller, 1 + number % 89, 1 + number % 9, buyer);
  for (int line = 0; event.body.size() < 3000; ++line) {
    event.body += fmt::format(" The site near plant {} is to take {} workers, officials said in "
                              "week {}, and the roads around it are to be widened.",
                              (number * 7 + line) % 991, (number * 13 + line) % 4999, line);
  }
  return event;
}

void DecodeEvent(benchmark::State& state) {
  std::int64_t number = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const model::Event event = article(number++);
    const std::string json = wire::encode_event(event);
    state.ResumeTiming();
    const auto decoded = wire::decode_event(json);
    bytes += static_cast<std::int64_t>(json.size());
    check(decoded && decoded->event == event, "the event decodes to itself");
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(DecodeEvent);

void Extract(benchmark::State& state) {
  std::int64_t number = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const model::Event event = article(number++);
    state.ResumeTiming();
    const auto record = knowledge().extractor->extract(event, event.published_at);
    bytes += static_cast<std::int64_t>(event.body.size());
    check(!record.facts.empty() && record.facts.front().kind == model::FactKind::kContract,
          "the contract is found");
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(Extract);

void EncodeAndDecodeFacts(benchmark::State& state) {
  std::int64_t number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const model::Event event = article(number++);
    auto record = knowledge().extractor->extract(event, event.published_at);
    wire::settle(record);
    state.ResumeTiming();
    const auto again = wire::decode_facts(wire::encode_facts(record));
    check(again && *again == record, "the facts decode to themselves");
  }
}
BENCHMARK(EncodeAndDecodeFacts);

/// Units of `range` records onto stories that grow; the argument is records in a unit.
void ScoreUnit(benchmark::State& state) {
  score::Scorer scorer(knowledge().program, {});
  std::int64_t number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<model::FactsRecord> records;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      const model::Event event = article(number++);
      records.push_back(knowledge().extractor->extract(event, event.published_at));
    }
    state.ResumeTiming();
    scorer.advance(records.back().event.received_at);
    for (const model::FactsRecord& record : records) {
      check(scorer.apply(record) == score::Applied::kAccepted, "a new story is accepted");
    }
    const score::Effects effects = scorer.settle();
    check(effects.stories.size() == records.size(), "each story is in the state");
    scorer.keep();
  }
  state.SetItemsProcessed(number);
}
BENCHMARK(ScoreUnit)->Arg(1)->Arg(64)->Iterations(50);

/// The same onto scopes that thousands of claims weigh on; the argument is records in a unit.
void ScoreCrowded(benchmark::State& state) {
  constexpr std::int64_t kStanding = 12'000;
  score::Scorer scorer(knowledge().program, {});
  std::int64_t number = 0;
  const auto next = [&] {
    model::Event event = article(number++);
    event.published_at = base::from_unix_ms(1'771'200'000'000 + number / 100);
    return knowledge().extractor->extract(event, event.published_at);
  };
  while (number < kStanding) check(scorer.apply(next()) == score::Applied::kAccepted, "accepted");
  scorer.advance(base::from_unix_ms(1'771'200'060'000));
  check(!scorer.settle().signals.empty(), "the standing claims are told");
  scorer.keep();
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<model::FactsRecord> records;
    for (std::int64_t i = 0; i < state.range(0); ++i) records.push_back(next());
    state.ResumeTiming();
    for (const model::FactsRecord& record : records) {
      check(scorer.apply(record) == score::Applied::kAccepted, "a new story is accepted");
    }
    const score::Effects effects = scorer.settle();
    check(effects.stories.size() == records.size(), "each story is in the state");
    scorer.keep();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(ScoreCrowded)->Arg(16)->Arg(64)->Iterations(50)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
