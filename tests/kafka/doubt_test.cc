#include "kafka/kafka.h"

#include "broker/proxy.h"
#include "kafka/scene.h"

namespace wiremill::stream {
namespace {

/// A broker that is reached through a proxy, which can lose the end of a transaction.
struct Line {
  tests::Proxy proxy;
  tests::Broker broker{proxy.port()};
  Line() { proxy.forward_to(broker.behind()); }
  static Line& shared() {
    static Line line;
    return line;
  }
};

class Doubt : public Scene {
 protected:
  Doubt() : Scene(Line::shared().broker) {
    options_.brokers = line_.proxy.address();
    options_.transaction_timeout = 2000ms;
  }

  /// A lane that has committed once, so that every connection is there.
  void SetUp() override {
    stream_ = join();
    make_topics(*stream_);
    feed(*stream_, 6);
    lane_ = start(*stream_, stage_);
    ASSERT_TRUE(lane_);
    ASSERT_EQ(read(*lane_, 6).size(), 6U);
    Unit unit;
    unit.outputs.push_back(out("first"));
    unit.state.push_back({"count", "1"});
    unit.next = {{{topic("in"), 0}, 1}};
    ASSERT_EQ(commit(*lane_, unit), "committed");
  }

  Unit second() const {
    Unit unit;
    unit.outputs.push_back(out("second"));
    unit.state.push_back({"count", "2"});
    unit.next = {{{topic("in"), 0}, 2}};
    return unit;
  }

  /// What a reader and the next holder see.
  void expect_in_the_log(const std::vector<std::string>& keys, const std::string& count) {
    EXPECT_EQ(keys_of(scan(*stream_, topic("out"))), keys);
    lane_.reset();
    lane_ = hold(*stream_, stage_);
    ASSERT_TRUE(lane_);
    EXPECT_EQ(restore(*lane_).state, (State{{"count", count}}));
  }

  Line& line_ = Line::shared();
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<Lane> lane_;
};

TEST_F(Doubt, ACommitWhoseAnswerIsLostIsKnownToHaveLanded) {
  const int before = line_.proxy.losses();
  line_.proxy.lose_next(tests::Proxy::kEndTransaction, tests::Proxy::Lost::kAnswer, 3000ms);
  EXPECT_EQ(commit(*lane_, second()), "committed");
  EXPECT_EQ(line_.proxy.losses(), before + 1);
  EXPECT_EQ(counted("rebuilds"), 1);
  // What was read before and is not done yet does not come again.
  EXPECT_TRUE(read(*lane_, 1, {}, 500ms).empty());
  expect_in_the_log({"first", "second"}, "2");
}

TEST_F(Doubt, ACommitThatNeverReachedTheBrokerIsKnownToBeAborted) {
  const int before = line_.proxy.losses();
  line_.proxy.lose_next(tests::Proxy::kEndTransaction, tests::Proxy::Lost::kRequest, 3000ms);
  EXPECT_EQ(commit(*lane_, second()), "aborted");
  EXPECT_EQ(line_.proxy.losses(), before + 1);
  EXPECT_EQ(counted("rebuilds"), 1);
  EXPECT_THAT(keys_of(read(*lane_, 5)), testing::ElementsAre("1", "2", "3", "4", "5"));
  expect_in_the_log({"first"}, "1");
}

TEST_F(Doubt, AClientThatHeardTroubleIsNotUsedAgain) {
  // The connection is back at once and the commit goes through; but a request may be on its way.
  line_.proxy.lose_next(tests::Proxy::kEndTransaction, tests::Proxy::Lost::kAnswer, 0ms);
  EXPECT_EQ(commit(*lane_, second()), "committed");
  EXPECT_EQ(counted("rebuilds"), 0);
  EXPECT_EQ(counted("recycles"), 1);
  Unit third = second();
  third.outputs[0].key = "third";
  third.state[0].value = "3";
  EXPECT_EQ(commit(*lane_, third), "committed");
  expect_in_the_log({"first", "second", "third"}, "3");
}

TEST_F(Doubt, AnEndThatCannotBeFoundOutInTimeIsLost) {
  // Longer than a commit looks for the truth.
  line_.proxy.lose_next(tests::Proxy::kEndTransaction, tests::Proxy::Lost::kAnswer, 12000ms);
  EXPECT_EQ(commit(*lane_, second()), "lost");
  EXPECT_EQ(counted("unsettled"), 1);
  auto batch = lane_->poll({}, base::Deadline::in(100ms));
  EXPECT_TRUE(batch && batch->closing);
  std::this_thread::sleep_for(7s);
  expect_in_the_log({"first", "second"}, "2");
}

}  // namespace
}  // namespace wiremill::stream
