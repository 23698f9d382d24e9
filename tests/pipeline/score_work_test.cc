#include "pipeline/score_work.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalogue.h"
#include "local/local.h"
#include "pipeline/extract_work.h"
#include "pipeline/state_view.h"
#include "wire/dead_letter.h"
#include "wire/facts.h"
#include "wire/signal.h"

namespace wiremill::pipeline {
namespace {

using base::Deadline;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kTrace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Both stages over the embedded log in one thread, as a service runs them.
class StagesTest : public testing::Test {
 protected:
  void SetUp() override {
    auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    ASSERT_TRUE(catalogue) << catalogue.error().text;
    auto extractor = extract::compile(*catalogue, {});
    ASSERT_TRUE(extractor) << extractor.error().text;
    extractor_ = *extractor;
    auto program = score::compile(*catalogue);
    ASSERT_TRUE(program) << program.error().text;
    program_ = *program;
    auto log = local::open({.folder = ":memory:"}, clock_, {});
    ASSERT_TRUE(log);
    log_ = std::move(*log);
    ASSERT_TRUE(log_->create(plan(topics_, {.score_shards = 1})));
    restart();
  }

  /// Destroys both stages as a killed process does, and restores them from the log.
  void restart() {
    loops_.clear();
    works_.clear();
    for (int lane = 0; lane < Layout{}.extract_lanes; ++lane) {
      works_.push_back(std::make_unique<ExtractWork>(extractor_, topics_, telemetry_,
                                                     ExtractOptions{.event_bytes_max = 4096}));
      add_loop(extract_stage(topics_));
    }
    auto score = std::make_unique<ScoreWork>(std::make_unique<score::Scorer>(program_,
                                                                             score::Options{}),
                                             topics_, Ticking::kWallClock, "score.0", telemetry_);
    score_ = score.get();
    works_.push_back(std::move(score));
    add_loop(score_stage(topics_));
  }

  void add_loop(const stream::Stage& stage) {
    auto lane = log_->next_lane(stage, Deadline::in(milliseconds(0)));
    ASSERT_TRUE(lane && *lane != nullptr);
    loops_.push_back(std::make_unique<LaneLoop>(std::move(*lane), stage.name, *works_.back(),
                                                telemetry_, clock_, LoopOptions{}));
    ASSERT_TRUE(loops_.back()->start());
  }

  void append(std::optional<std::string> value, stream::Headers headers = {}) {
    ASSERT_TRUE(log_->append({{.topic = topics_.news, .key = "k", .value = std::move(value),
                               .headers = std::move(headers)}}));
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

  std::vector<stream::Record> records(const std::string& topic) {
    std::vector<stream::Record> found;
    EXPECT_TRUE(log_->scan(topic, [&](const stream::Record& record) -> base::Result<void> {
      found.push_back(record);
      return {};
    }));
    return found;
  }

  /// Signals but those of scenario packs, which say their odds without any evidence.
  std::vector<stream::Record> signals() {
    auto all = records(topics_.signals);
    std::erase_if(all, [](const auto& record) { return record.key.starts_with("scenario/"); });
    return all;
  }

  std::vector<std::string> dead_reasons() {
    std::vector<std::string> reasons;
    for (const auto& record : records(topics_.dead_letters)) {
      reasons.push_back(wire::decode_dead_letter(*record.value)->letter.reason);
    }
    return reasons;
  }

  static std::string event(const std::string& id, const std::string& more = "") {
    return R"({"id":")" + id + R"(","published_at":"2026-02-17T00:00:00Z","publisher":"Reuters",)" +
           R"("headline":"Nvidia raises first-quarter guidance","body":"Nvidia raised its )" +
           R"(first-quarter revenue guidance to $65 billion from $60 billion.")" + more + "}";
  }

  Topics topics_;
  base::SimulatedClock clock_{*base::parse_rfc3339("2026-02-17T00:00:30Z")};
  telemetry::Telemetry telemetry_{{.log = {.sink = [](std::string_view) {}}}, clock_};
  std::shared_ptr<const extract::Extractor> extractor_;
  std::shared_ptr<const score::Program> program_;
  std::unique_ptr<stream::Stream> log_;
  std::vector<std::unique_ptr<Work>> works_;
  ScoreWork* score_ = nullptr;
  std::vector<std::unique_ptr<LaneLoop>> loops_;
};

TEST_F(StagesTest, AnEventBecomesFactsAndASignalAndItsTraceGoesAlong) {
  append(event("n1"), {{"traceparent", kTrace}});
  work();
  const auto facts = records(topics_.facts);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].key, "n1");
  EXPECT_THAT(facts[0].headers, ElementsAre(std::pair(std::string("traceparent"), kTrace)));
  EXPECT_EQ(wire::decode_facts(*facts[0].value)->event.traceparent, kTrace);
  const auto published = signals();
  ASSERT_FALSE(published.empty());
  bool nvidia = false;
  for (const auto& record : published) {
    EXPECT_THAT(record.headers, ElementsAre(std::pair(std::string("traceparent"), kTrace)))
        << *record.value;
    nvidia = nvidia || record.key == "company/NVDA";
  }
  EXPECT_TRUE(nvidia);
}

TEST_F(StagesTest, BadInputIsADeadLetterWithItsBytesAndTheLineMovesOn) {
  append("{\"id\": ", {{"traceparent", kTrace}, {"other", "kept"}});
  append(std::nullopt);
  append("");
  append("\"\xff\"");
  append(R"({"id":"x","headline":"no time"})");
  append(std::string(5000, ' '));
  append(event("n1"));
  work();
  EXPECT_THAT(dead_reasons(), ElementsAre("bad_json", "tombstone", "empty", "invalid_utf8",
                                          "missing_field", "too_large"));
  const auto letter = wire::decode_dead_letter(*records(topics_.dead_letters)[0].value)->letter;
  EXPECT_EQ(letter.stage, "extract");
  EXPECT_EQ(letter.topic, topics_.news);
  EXPECT_EQ(letter.offset, 0);
  EXPECT_EQ(letter.value, "{\"id\": ");
  EXPECT_EQ(letter.traceparent, kTrace);
  EXPECT_EQ(letter.headers.size(), 2U);
  EXPECT_EQ(records(topics_.facts).size(), 1U);
}

TEST_F(StagesTest, AFactsRecordThatCannotBeReadIsADeadLetterOfScore) {
  ASSERT_TRUE(log_->append({{.topic = topics_.facts, .key = "k", .value = "{}", .headers = {}}}));
  append(event("n1"));
  work();
  const auto letters = records(topics_.dead_letters);
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(wire::decode_dead_letter(*letters[0].value)->letter.stage, "score");
  EXPECT_FALSE(signals().empty());
}

TEST_F(StagesTest, AnEventUnderEmbargoCountsFromItsTimeOnAndIsThenInFacts) {
  append(event("n1", R"(,"embargo_until":"2026-02-17T06:00:00Z")"));
  work();
  EXPECT_THAT(records(topics_.facts), IsEmpty());
  EXPECT_EQ(records(topics_.held).size(), 1U);
  EXPECT_THAT(signals(), IsEmpty());

  restart();  // what is held survives
  clock_.set(*base::parse_rfc3339("2026-02-17T06:00:30Z"));
  work();
  work();
  EXPECT_EQ(records(topics_.facts).size(), 1U);
  EXPECT_FALSE(signals().empty());

  const auto published = signals().size();
  restart();
  work();
  EXPECT_EQ(records(topics_.facts).size(), 1U) << "released once";
  EXPECT_EQ(signals().size(), published) << "its second arrival changes nothing";
}

TEST_F(StagesTest, ASyntheticEventTravelsTheLineAndMovesNoBelief) {
  append(event("beat", R"(,"synthetic":true)"));
  work();
  ASSERT_EQ(records(topics_.facts).size(), 1U);
  EXPECT_TRUE(wire::decode_facts(*records(topics_.facts)[0].value)->event.synthetic);
  EXPECT_THAT(signals(), IsEmpty());
}

TEST_F(StagesTest, ARestartLeavesNoMark) {
  append(event("n1"));
  work();
  append(event("n2", R"(,"received_at":"2026-02-17T00:00:10Z")"));
  restart();
  work();
  const std::string restarted = canonical_export(score_->scorer(), std::nullopt);

  score::Scorer loaded(program_, {});
  ASSERT_TRUE(load_state(*log_, topics_, loaded));
  EXPECT_EQ(canonical_export(loaded, std::nullopt), restarted);
  EXPECT_THAT(restarted, HasSubstr("\"story_id\":\"n2\""));
}

TEST_F(StagesTest, AWithdrawnStoryLeavesItsScopes) {
  append(event("n1"));
  work();
  append(R"({"id":"n1w","story_id":"n1","action":"withdraw",)"
         R"("published_at":"2026-02-17T00:00:05Z"})");
  work();
  const std::string state = canonical_export(score_->scorer(), std::nullopt);
  EXPECT_THAT(state, HasSubstr("withdraw"));
  EXPECT_THAT(state, Not(HasSubstr("65000000000")));
}

}  // namespace
}  // namespace wiremill::pipeline
