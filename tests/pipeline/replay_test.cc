#include "pipeline/replay.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalogue.h"
#include "local/local.h"
#include "pipeline/state_view.h"
#include "wire/facts.h"

namespace wiremill::pipeline {
namespace {

using base::Deadline;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

using Lines = std::vector<std::string>;

struct Outputs {
  Lines facts;
  Lines signals;
  Lines dead_letters;
  std::string state;
};

struct Knowledge {
  std::shared_ptr<const extract::Extractor> extractor;
  std::shared_ptr<const score::Program> program;
};

const Knowledge& knowledge() {
  static const Knowledge loaded = [] {
    const auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    return Knowledge{*extract::compile(*catalogue, {}), *score::compile(*catalogue)};
  }();
  return loaded;
}

const base::Instant kStart = *base::parse_rfc3339("2026-02-02T00:00:00Z");

/// The n-th piece of news of a feed in which companies raise and cut guidance again and again.
std::string news(int n, base::Instant at, const std::string& more = "") {
  static const std::vector<std::string> names{"Nvidia", "Micron", "Dell", "Oracle", "Vertiv"};
  const std::string& name = names[static_cast<std::size_t>(n) % names.size()];
  const bool raises = n % 3 != 0;
  return fmt::format(
      R"({{"id":"n{0}","published_at":"{1}","publisher":"Outlet {2}","headline":"{3} {4} )"
      R"(full-year guidance","body":"{3} {4} its full-year revenue guidance to ${5} billion, )"
      R"(and plans capex of ${6} billion in 2026."{7}}})",
      n, base::to_rfc3339(at), n % 11, name, raises ? "raises" : "cuts", 40 + n % 50, 1 + n % 9,
      more);
}

Lines feed(int count) {
  Lines lines;
  for (int n = 0; n < count; ++n) lines.push_back(news(n, kStart + minutes(7 * n)));
  return lines;
}

/// Both stages and what they are given.
struct Stages {
  Topics topics;
  base::SimulatedClock clock{base::Instant{}};
  telemetry::Telemetry telemetry{{.log = {.sink = [](std::string_view) {}}}, clock};
  ExtractWork extract{knowledge().extractor, topics, telemetry, {}};
  ScoreWork score{std::make_unique<score::Scorer>(knowledge().program, score::Options{}), topics,
                  Ticking::kSimulated, "score.0", telemetry};
};

Outputs replayed(const Lines& lines, std::optional<base::Instant> until,
                 ReplayCounts* counts = nullptr) {
  Stages stages;
  Outputs outputs;
  const auto into = [](Lines& kept) {
    return [&kept](std::string_view line) { kept.emplace_back(line); };
  };
  Replay replay(stages.clock, stages.topics, stages.extract, stages.score,
                {into(outputs.facts), into(outputs.signals), into(outputs.dead_letters)});
  for (const std::string& line : lines) replay.add(line);
  replay.end(until);
  outputs.state = canonical_export(stages.score.scorer(), until);
  if (counts != nullptr) *counts = replay.counts();
  return outputs;
}

/// The same stages over the embedded log, `together` events at a time, every loop turned until it
/// has nothing to do.
class OverTheLog {
 public:
  explicit OverTheLog(std::size_t together) : together_(together) {
    auto log = local::open({.folder = ":memory:"}, stages_.clock, {});
    EXPECT_TRUE(log);
    log_ = std::move(*log);
    EXPECT_TRUE(log_->create(plan(stages_.topics, {.input_partitions = 1,
                                                   .facts_partitions = 1,
                                                   .extract_lanes = 1,
                                                   .score_shards = 1})));
    add_loop(extract_stage(stages_.topics), stages_.extract);
    add_loop(score_stage(stages_.topics), stages_.score);
  }

  Outputs operator()(const Lines& lines, std::optional<base::Instant> until) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto event = wire::decode_event(lines[i]);
      if (event) stages_.clock.set(event->event.published_at);
      EXPECT_TRUE(log_->append({{.topic = stages_.topics.news,
                                 .key = event ? event->event.story_id : "",
                                 .value = lines[i],
                                 .headers = {}}}));
      if ((i + 1) % together_ == 0) work();
    }
    work();
    if (until) stages_.clock.set(*until);
    work();
    return {records(stages_.topics.facts), records(stages_.topics.signals),
            records(stages_.topics.dead_letters), canonical_export(stages_.score.scorer(), until)};
  }

 private:
  void add_loop(const stream::Stage& stage, Work& work) {
    auto lane = log_->next_lane(stage, Deadline::in(milliseconds(0)));
    ASSERT_TRUE(lane && *lane != nullptr);
    loops_.push_back(std::make_unique<LaneLoop>(std::move(*lane), stage.name, work,
                                                stages_.telemetry, stages_.clock, LoopOptions{}));
    ASSERT_TRUE(loops_.back()->start());
  }

  void work() {
    for (const auto& loop : loops_) {
      for (Step step = Step::kCommitted; step == Step::kCommitted;) {
        const auto done = loop->step(Deadline::in(milliseconds(0)));
        ASSERT_TRUE(done) << done.error().text;
        step = *done;
      }
    }
  }

  Lines records(const std::string& topic) {
    Lines found;
    EXPECT_TRUE(log_->scan(topic, [&](const stream::Record& record) -> base::Result<void> {
      found.push_back(*record.value);
      return {};
    }));
    return found;
  }

  std::size_t together_;
  Stages stages_;
  std::unique_ptr<stream::Stream> log_;
  std::vector<std::unique_ptr<LaneLoop>> loops_;
};

TEST(Replay, GivesTheSameBytesAsTheStagesOverTheLog) {
  Lines lines = feed(600);
  lines.insert(lines.begin() + 100, "no event");
  lines.insert(lines.begin() + 300, R"({"id":"x","headline":"no time"})");
  const base::Instant until = kStart + hours(24 * 5);
  const Outputs mine = replayed(lines, until);
  const Outputs theirs = OverTheLog(256)(lines, until);
  EXPECT_THAT(mine.facts, SizeIs(600));
  EXPECT_GT(mine.signals.size(), 600U);
  EXPECT_EQ(mine.facts, theirs.facts);
  EXPECT_EQ(mine.signals, theirs.signals);
  EXPECT_EQ(mine.dead_letters, theirs.dead_letters);
  EXPECT_EQ(mine.state, theirs.state);
}

TEST(Replay, ReadsFactsUnderEmbargoWhenTheirTimeHasCome) {
  const std::string embargo =
      fmt::format(R"(,"embargo_until":"{}")", base::to_rfc3339(kStart + hours(2)));
  const Lines lines{news(1, kStart, embargo), news(2, kStart + hours(1))};
  EXPECT_THAT(replayed(lines, std::nullopt).facts, SizeIs(1));
  const Outputs later = replayed(lines, kStart + hours(3));
  ASSERT_THAT(later.facts, SizeIs(2));
  EXPECT_EQ(wire::decode_facts(later.facts[1])->event.id, "n1");
  EXPECT_THAT(later.signals, Contains(HasSubstr(R"("scope":"company/MU")")));
}

TEST(Replay, EndsInTheSameStateWhateverTheOrderWithinTheLateness) {
  const Lines sorted = feed(500);
  Lines disorderly = sorted;
  for (std::size_t i = 0; i + 90 < disorderly.size(); i += 2) {
    std::swap(disorderly[i], disorderly[i + 90]);  // ten hours and a half
  }
  const base::Instant until = kStart + hours(24 * 4);
  ReplayCounts counts;
  EXPECT_EQ(replayed(disorderly, until, &counts).state, replayed(sorted, until).state);
  EXPECT_GT(counts.late, 100U);
  EXPECT_GE(counts.latest, hours(10));
}

TEST(Replay, LeavesOutOfBeliefWhatComesLaterThanTheLatenessButWritesItsFacts) {
  Lines lines{news(1, kStart)};
  const Outputs known = replayed(lines, std::nullopt);
  const base::Instant years_later = kStart + hours(24 * 2000);
  lines.push_back(news(2, years_later));
  const Outputs without = replayed({lines[1]}, std::nullopt);
  const Outputs late = replayed({lines[1], lines[0]}, std::nullopt);
  EXPECT_EQ(late.state, without.state);
  EXPECT_THAT(late.facts, Contains(known.facts[0]));
  EXPECT_NE(known.state, without.state);
}

TEST(Replay, CountsWhatItReads) {
  ReplayCounts counts;
  replayed({news(1, kStart), "", " \t", "{", news(2, kStart)}, std::nullopt, &counts);
  EXPECT_EQ(counts.events, 3U);
  EXPECT_EQ(counts.bytes, news(1, kStart).size() + 1 + news(2, kStart).size());
  EXPECT_EQ(counts.dead_letters, 1U);
  EXPECT_EQ(counts.late, 0U);
  EXPECT_GT(counts.slowest_seconds, 0);
  EXPECT_THAT(counts.slowest, testing::AnyOf("n1", "n2"));
}

}  // namespace
}  // namespace wiremill::pipeline
