#include "cli/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "cli/board_json.h"
#include "cli/board_page.h"
#include "cli/board_reads.h"
#include "cli/demo_screen.h"
#include "cli/knowledge.h"
#include "pipeline/replay.h"
#include "text/columns.h"
#include "wire/signal.h"

namespace wiremill::cli {
namespace {

using testing::AllOf;

using testing::HasSubstr;
using testing::Not;

/// Both stages in one thread, a board that looks on.
class BoardTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Config config;
    config.catalog_folder = WIREMILL_SOURCE_DIR "/deploy/catalog";
    auto knowledge = load_knowledge(config);
    ASSERT_TRUE(knowledge) << knowledge.error().text;
    knowledge_ = new Knowledge(std::move(*knowledge));
  }
  static void TearDownTestSuite() { delete knowledge_; }

  void SetUp() override {
    extract_ = std::make_unique<pipeline::ExtractWork>(knowledge_->extractor, topics_, telemetry_,
                                                       pipeline::ExtractOptions{});
    score_ = std::make_unique<pipeline::ScoreWork>(
        std::make_unique<score::Scorer>(knowledge_->program, score::Options{}), topics_,
        pipeline::Ticking::kSimulated, "score.0", telemetry_, board_.lane("score.0"));
    replay_ = std::make_unique<pipeline::Replay>(clock_, topics_, *extract_, *score_,
                                                 pipeline::ReplaySinks{});
  }

  void read(const std::string& line) {
    replay_->add(line);
    replay_->end(std::nullopt);
  }
  void read_sample() {
    std::ifstream file(WIREMILL_SOURCE_DIR "/deploy/sample/first-events.ndjson");
    for (std::string line; std::getline(file, line);) read(line);
  }
  static std::string capex(const std::string& id, const std::string& publisher,
                           const std::string& more = "") {
    return R"({"id":")" + id + R"(","published_at":"2026-02-16T01:00:00Z","received_at":)" +
           R"("2026-02-16T01:00:01Z","publisher":")" + publisher +
           R"(","headline":"Amazon plans $200 billion of capex in 2026",)" +
           R"("body":"Amazon said it plans to spend $200 billion on capex in 2026.")" + more + "}";
  }
  http::Page page() { return board_page(board_.view(), *knowledge_->catalogue); }

  static Knowledge* knowledge_;
  base::SimulatedClock clock_{base::Instant{}};
  telemetry::Telemetry telemetry_{{.log = {.sink = [](std::string_view) {}}}, clock_};
  pipeline::Topics topics_;
  Board board_;
  std::unique_ptr<pipeline::ExtractWork> extract_;
  std::unique_ptr<pipeline::ScoreWork> score_;
  std::unique_ptr<pipeline::Replay> replay_;
};
Knowledge* BoardTest::knowledge_ = nullptr;

TEST_F(BoardTest, ShowsWhatTheLanePublishedNewestFirst) {
  read_sample();
  const BoardView view = board_.view();
  ASSERT_FALSE(view.recent.empty());
  for (std::size_t i = 1; i < view.recent.size(); ++i) {
    EXPECT_GE(view.recent[i - 1]->as_of, view.recent[i]->as_of);
  }
  ASSERT_TRUE(view.beliefs.contains("scenario/capex-shock-2026"));
  for (const auto& [scope, belief] : view.beliefs) {
    EXPECT_EQ(belief->scope, scope);
    const auto newest = score_->scorer().signal(scope, score_->scorer().now());
    if (newest) {
      EXPECT_EQ(belief->sequence, newest->sequence) << scope;
    }
  }
  EXPECT_EQ(view.known_until, *base::parse_rfc3339("2026-03-11T12:30:00Z"));
}

TEST_F(BoardTest, ACorrectionReplacesAStoryAndAWithdrawalTakesItAway) {
  read_sample();
  for (const FactsView& story : board_.view().stories) {
    EXPECT_NE(story->event.story_id, "hangang-meta-rumour");
    if (story->event.story_id == "harbor-coreweave-meta") {
      EXPECT_EQ(story->event.revision, 2);
    }
  }
}

TEST_F(BoardTest, WhatIsUnderEmbargoIsNotShownBeforeItsTime) {
  read(capex("a", "Example Wire", R"(,"embargo_until":"2026-02-16T06:00:00Z")"));
  EXPECT_TRUE(board_.view().stories.empty());
  EXPECT_THAT(page().html, Not(HasSubstr("200 billion")));
  replay_->end(*base::parse_rfc3339("2026-02-16T06:00:00Z"));
  EXPECT_EQ(board_.view().stories.size(), 1U);
  EXPECT_THAT(page().html, HasSubstr("200 billion"));
}

TEST_F(BoardTest, ARestoredLaneShowsItsStateBeforeAnythingNewComes) {
  read_sample();
  const BoardView before = board_.view();
  Board board;
  {
    const auto lane = board.lane("score.0");
    lane->see({score_->scorer(), {}, {}, clock_.now()});
    const BoardView after = board.view();
    EXPECT_TRUE(after.recent.empty()) << "published by another process";
    EXPECT_EQ(after.stories.size(), before.stories.size());
    ASSERT_TRUE(after.beliefs.contains("scenario/capex-shock-2026"));
    EXPECT_EQ(after.beliefs.at("scenario/capex-shock-2026")->scenario,
              before.beliefs.at("scenario/capex-shock-2026")->scenario);
  }
  EXPECT_EQ(board.view().lanes, 0U) << "a lane that is given back leaves the board";
  EXPECT_TRUE(board.view().beliefs.empty());
}

TEST_F(BoardTest, WhatManyOutletsSayStandsOnceWithTheFirstOfThem) {
  read(capex("a", "Example Wire"));
  read(capex("b", "Other Paper"));
  read(capex("c", "Third Daily"));
  const BoardView view = board_.view();
  const auto facts = newest_facts(view, 10);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].record->event.publisher, "Example Wire");
  EXPECT_EQ(facts[0].again, 2U);
}

TEST_F(BoardTest, ReadersNeverWaitForALaneAndSeeWholeViews) {
  read_sample();
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      for (const auto& [scope, belief] : board_.view().beliefs) EXPECT_EQ(belief->scope, scope);
    }
  });
  const auto lane = board_.lane("score.1");
  base::Instant at{};
  for (int i = 0; i < 200; ++i) {
    model::Signal signal;
    signal.scope = "sector/" + std::to_string(i % 7);
    lane->see({score_->scorer(), {signal}, {}, at += Board::kEvery});
  }
  done = true;
  reader.join();
  EXPECT_EQ(board_.view().lanes, 2U);
}

TEST_F(BoardTest, RecentSignalsAreRecordsOfTheOutputTopicByKind) {
  read_sample();
  const BoardView view = board_.view();
  const auto json = recent_json(view, 3, "sector");
  ASSERT_TRUE(json);
  const std::string first = json->substr(1, json->find(",\n") - 1);
  const auto signal = wire::decode_signal(first);
  ASSERT_TRUE(signal) << first;
  EXPECT_EQ(signal->type, model::ScopeType::kSector);
  EXPECT_EQ(std::count(json->begin(), json->end(), '\n'), 3) << "three records on three lines";
  EXPECT_EQ(*recent_json(BoardView{}, 3, ""), "[]\n");
  const auto wrong = recent_json(view, 3, "sectors");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().text,
            "kind is \"sectors\"; it is one of company, sector, scenario, group");
}

TEST_F(BoardTest, AnUnknownScopeIsToldTheNearest) {
  read_sample();
  const BoardView view = board_.view();
  const auto known = state_json(view, "sector/memory");
  ASSERT_TRUE(known);
  EXPECT_EQ(wire::decode_signal(*known)->scope, "sector/memory");
  for (const auto& [asked, nearest] :
       {std::pair{"sector/memry", "sector/memory"}, std::pair{"msft", "company/MSFT"},
        std::pair{"MSFT", "company/MSFT"}, std::pair{"scenario/capex", "capex-shock-2026"}}) {
    const auto unknown = state_json(view, asked);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().reason, "unknown_scope");
    EXPECT_THAT(unknown.error().text, HasSubstr(nearest)) << asked;
  }
  EXPECT_THAT(state_json(BoardView{}, "x").error().text, HasSubstr("no score lane"));
  EXPECT_THAT(*state_json(view, ""), HasSubstr(R"({"scope":"sector/memory","type":"sector",)"));
}

TEST_F(BoardTest, ThePageShowsWeightsToneLedgerAndWords) {
  EXPECT_THAT(page().html, HasSubstr("This process holds no score lane"));
  replay_->end(std::nullopt);
  EXPECT_THAT(page().html, HasSubstr("no event has been read"));
  read_sample();
  const std::string html = page().html;
  for (const char* words :
       {"Capital-spending shock of February 2026", "2026년 2월 설비투자 충격", "44.5 %", "+4.5 pt",
        "메모리", "Capex ledger", "200 bn USD", "아마존은 2026년 설비투자에 2천억 달러를 투입할",
        "Harbor Wire", "US core consumer prices rose 0.2% in February"}) {
    EXPECT_THAT(html, HasSubstr(words));
  }
}

TEST_F(BoardTest, ASetThatHasClosedStandsInBrief) {
  read_sample();
  ASSERT_EQ(sets_of(board_.view(), false).size(), 2U);
  EXPECT_THAT(page().html, Not(HasSubstr("Closed sets")));
  // Its own last signal still says that it is open.
  read(R"({"id":"later","published_at":"2026-03-14T01:00:00Z","publisher":"Example Wire",)"
       R"("received_at":"2026-03-14T01:00:00Z","headline":"Amazon plans $201 billion of capex",)"
       R"("body":"Amazon said it plans to spend $201 billion on capex in 2026."})");
  const auto closed = sets_of(board_.view(), true);
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0]->scenario->set, "capex-shock-2026");
  const std::string html = page().html;
  EXPECT_THAT(html, AllOf(HasSubstr("Closed sets"), HasSubstr("closed 13 Mar 2026"),
                          HasSubstr("Technology sells off")));
  EXPECT_THAT(html, Not(HasSubstr("기술주 급락"))) << "as an open set would be shown";
}

TEST_F(BoardTest, APictureFitsTheTerminalWhateverItsSize) {
  read_sample();
  const BoardView view = board_.view();
  const DemoProgress progress{view.known_until, 5, 10, "http://127.0.0.1:8321"};
  for (const std::size_t columns : {20U, 60U, 80U, 120U, 300U}) {
    for (const std::size_t rows : {3U, 24U, 60U}) {
      const auto lines =
          demo_picture(view, *knowledge_->catalogue, progress, columns, rows, Ink{false});
      EXPECT_LE(lines.size(), rows);
      for (const std::string& line : lines) {
        EXPECT_THAT(line, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\n"))));
        EXPECT_LE(text::columns_of(line), columns) << line;
      }
    }
  }
  const auto coloured = demo_picture(view, *knowledge_->catalogue, progress, 80, 40, Ink{true});
  EXPECT_THAT(coloured, testing::Contains(HasSubstr("\x1b[1m")));
}

TEST_F(BoardTest, LinesSayWhatChangedAndNothingTwice) {
  read_sample();
  std::FILE* const file = std::tmpfile();
  const auto screen = DemoScreen::lines(*knowledge_->catalogue, file);
  screen->show(board_.view(), {board_.view().known_until, 10, 10, "http://x"});
  const long said = std::ftell(file);
  screen->show(board_.view(), {board_.view().known_until, 10, 10, "http://x"});
  EXPECT_EQ(std::ftell(file), said);
  std::string text(static_cast<std::size_t>(said), '\0');
  std::rewind(file);
  ASSERT_EQ(std::fread(text.data(), 1, text.size(), file), text.size());
  std::fclose(file);
  EXPECT_THAT(text, AllOf(HasSubstr("10 of 10 events"), HasSubstr("settles 44.5 % (+4.5)"),
                          HasSubstr("US core CPI rises 0.2%"), Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace wiremill::cli
