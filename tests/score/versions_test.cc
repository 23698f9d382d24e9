// Versions of a story: the live one is the greatest, whatever comes when.
#include "score/scorer.h"

#include <gtest/gtest.h>

#include "invented/invented_news.h"

namespace wiremill::score {
namespace {

using invented::capex;
using invented::commit;
using invented::News;
using model::Action;

class Versions : public testing::Test {
 protected:
  Versions() { scorer.advance(invented::at("2026-02-20T10:00:00Z")); }

  std::string amazon_low() {
    const auto signal = scorer.signal("company/AMZN", scorer.now());
    return signal && !signal->ledger.empty() ? signal->ledger.front().low : "nothing";
  }

  Scorer scorer{invented::program(), Options{}};
};

TEST_F(Versions, ACorrectionReplacesTheFactsAndALateOriginalDoesNotUndoIt) {
  const News original = News("a").fact(capex("AMZN", 200));
  const News corrected = News("a").story("a", 2, Action::kCorrect).fact(capex("AMZN", 20));
  commit(scorer, original);
  EXPECT_EQ(amazon_low(), "200000000000");
  EXPECT_EQ(scorer.apply(corrected), Applied::kAccepted);
  EXPECT_EQ(scorer.apply(original), Applied::kDuplicate);
  EXPECT_EQ(amazon_low(), "20000000000");

  Scorer other(invented::program(), Options{});
  other.advance(scorer.now());
  EXPECT_EQ(other.apply(corrected), Applied::kAccepted);
  EXPECT_EQ(other.apply(original), Applied::kOlder);
  EXPECT_EQ(other.export_state(scorer.now()), scorer.export_state(scorer.now()));
}

TEST_F(Versions, AWithdrawalOutranksAPublicationOfTheSameRevisionAlsoWhenItComesFirst) {
  const News original = News("a").fact(capex("AMZN", 200));
  const News withdrawn = News("a").story("a", 1, Action::kWithdraw);
  scorer.apply(withdrawn);
  EXPECT_EQ(scorer.apply(original), Applied::kOlder);
  EXPECT_EQ(amazon_low(), "nothing");
}

TEST_F(Versions, AWithdrawalWithoutOriginalIsAccepted) {
  EXPECT_EQ(scorer.apply(News("a").story("never-seen", 1, Action::kWithdraw)),
            Applied::kAccepted);
  EXPECT_TRUE(scorer.export_state(scorer.now()).cores.size() == 1);  // the pack alone
}

TEST_F(Versions, OfCopiesOfAVersionTheOneThatWasReceivedFirstStays) {
  const auto copy = [](const std::string& received) {
    return News("a").fact(capex("AMZN", 200)).received(invented::at(received));
  };
  scorer.apply(copy("2026-02-20T09:10:00Z"));
  EXPECT_EQ(scorer.apply(copy("2026-02-20T09:20:00Z")), Applied::kDuplicate);
  EXPECT_EQ(scorer.apply(copy("2026-02-20T09:05:00Z")), Applied::kAccepted);
  const auto state = scorer.export_state(scorer.now());
  ASSERT_EQ(state.stories.size(), 1U);
  EXPECT_EQ(state.stories[0].versions[0].received_at, invented::at("2026-02-20T09:05:00Z"));
}

TEST_F(Versions, ACopyThatWasReceivedEarlierMayBringBackARival) {
  // Two events share story and revision; the later received one is live until its copy turns up.
  const auto rival = [](const std::string& id, double amount, const std::string& received) {
    return News(id).story("s").fact(capex("AMZN", amount)).received(invented::at(received));
  };
  commit(scorer, rival("x", 100, "2026-02-20T09:10:00Z"));
  commit(scorer, rival("y", 300, "2026-02-20T09:20:00Z"));
  EXPECT_EQ(amazon_low(), "300000000000");
  commit(scorer, rival("y", 300, "2026-02-20T09:01:00Z"));
  EXPECT_EQ(amazon_low(), "100000000000");
}

TEST_F(Versions, OnlySoManyVersionsOfAStoryAreKept) {
  Options options;
  options.versions_max = 3;
  Scorer small(invented::program(), options);
  small.advance(scorer.now());
  for (int revision = 9; revision >= 1; --revision) {
    commit(small, News("a").story("a", revision).fact(capex("AMZN", 100 + revision)));
  }
  const auto state = small.export_state(small.now());
  ASSERT_EQ(state.stories[0].versions.size(), 3U);
  EXPECT_EQ(state.stories[0].versions.back().revision, 9);
  EXPECT_EQ(state.stories[0].live->event.revision, 9);
}

TEST_F(Versions, ACorrectionUnderItsOwnIdSupersedesTheStoriesItLinksTo) {
  const News wrong = News("a").link("reuters|amazon to spend").fact(capex("AMZN", 200));
  const News update = News("b").at("2026-02-20T09:05:00Z").link("reuters|amazon to spend", "update")
                          .fact(capex("AMZN", 201));
  const News right = News("c").at("2026-02-20T09:30:00Z")
                         .link("reuters|amazon to spend", "corrected").fact(capex("AMZN", 20));
  commit(scorer, wrong);
  commit(scorer, update);
  const Effects effects = commit(scorer, right);
  EXPECT_EQ(amazon_low(), "20000000000");
  EXPECT_TRUE(effects.unlinked.empty());
  ASSERT_FALSE(effects.signals.empty());
  EXPECT_EQ(effects.signals.front().cause, model::Cause::kCorrection);
  const auto signal = scorer.signal("company/AMZN", scorer.now());
  EXPECT_TRUE(signal->ledger.front().history.empty()) << "what was wrong is no history";

  Scorer reversed(invented::program(), Options{});
  reversed.advance(scorer.now());
  EXPECT_EQ(commit(reversed, right).unlinked, std::vector<std::string>{"c"});
  commit(reversed, update);
  commit(reversed, wrong);
  EXPECT_EQ(reversed.export_state(scorer.now()), scorer.export_state(scorer.now()));
}

TEST_F(Versions, ACorrectionLinksToNothingOlderThanTheWindowOrWithAnotherKey) {
  commit(scorer, News("old").at("2026-02-12T09:00:00Z").link("k").fact(capex("AMZN", 200)));
  commit(scorer, News("other").link("k2").fact(capex("MSFT", 100)));
  const Effects effects = commit(
      scorer, News("c").at("2026-02-20T09:30:00Z").link("k", "corrected").fact(capex("META", 9)));
  EXPECT_EQ(effects.unlinked, std::vector<std::string>{"c"});
  EXPECT_EQ(amazon_low(), "200000000000");
}

TEST_F(Versions, AWithdrawnNoteUnderItsOwnIdSaysNothingItself) {
  commit(scorer, News("a").link("k").fact(capex("AMZN", 200)));
  commit(scorer, News("w").at("2026-02-20T09:30:00Z").link("k", "withdrawn")
                     .fact(capex("AMZN", 200)));
  EXPECT_EQ(amazon_low(), "nothing");
  // When the note itself is withdrawn, the story stands again.
  commit(scorer, News("w2").story("w", 2, Action::kWithdraw).at("2026-02-20T09:40:00Z"));
  EXPECT_EQ(amazon_low(), "200000000000");
}

TEST_F(Versions, ASyntheticEventMovesLogTimeAndNothingElse) {
  const auto before = scorer.export_state(scorer.now());
  EXPECT_EQ(scorer.apply(News("s").synthetic().fact(capex("AMZN", 200))), Applied::kSynthetic);
  auto after = scorer.export_state(scorer.now());
  EXPECT_EQ(after.header.log_time, invented::at("2026-02-20T09:00:00Z"));
  after.header = before.header;
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace wiremill::score
