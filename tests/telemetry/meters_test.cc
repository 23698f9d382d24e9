#include "telemetry/meters.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace wiremill::telemetry {
namespace {

using Names = std::map<std::string, std::string>;

TEST(LabelSpace, WithoutLabelsHasOneSeries) {
  const LabelSpace space{{}};
  EXPECT_EQ(space.size(), 1U);
  EXPECT_EQ(space.number_of({}), 0U);
  EXPECT_EQ(space.named(0), Names{});
}

TEST(LabelSpace, GivesEveryCombinationItsOwnNumberAndNames) {
  const LabelSpace space({{"stage", {"extract", "score"}}, {"reason", {"late", "bad", "torn"}}});
  ASSERT_EQ(space.size(), 12U) << "3 stages and 4 reasons, each with other";
  std::set<std::size_t> numbers;
  for (const char* stage : {"extract", "score", "other"}) {
    for (const char* reason : {"late", "bad", "torn", "other"}) {
      const std::size_t number = space.number_of({stage, reason});
      ASSERT_LT(number, space.size());
      numbers.insert(number);
      EXPECT_EQ(space.named(number), (Names{{"stage", stage}, {"reason", reason}}));
    }
  }
  EXPECT_EQ(numbers.size(), 12U);
}

TEST(LabelSpace, FoldsWhatItDoesNotKnowIntoOther) {
  const std::vector<Label> labels{{"reason", {"late"}}};
  const LabelSpace space(labels);
  for (const char* unknown : {"", "l", "latest", "zzz", "other"}) {
    EXPECT_EQ(space.named(space.number_of({unknown})), (Names{{"reason", "other"}})) << unknown;
  }
}

TEST(LabelSpace, CountsAValueOnceThatIsNamedTwice) {
  const std::vector<Label> labels{{"topic", {"news", "news", "other"}}};
  EXPECT_EQ(LabelSpace(labels).size(), 2U);
}

}  // namespace
}  // namespace wiremill::telemetry
