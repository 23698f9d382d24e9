#include "base/spelling.h"

#include <gtest/gtest.h>

namespace wiremill::base {
namespace {

const Words kKnown{"capex", "capex_cash", "contract", "trigger", "tier"};

TEST(Nearest, FindsWhatALetterTooFewTooManyOrWrongWasMeantToBe) {
  EXPECT_EQ(nearest("triger", kKnown), "trigger");
  EXPECT_EQ(nearest("ccapex", kKnown), "capex");
  EXPECT_EQ(nearest("contrakt", kKnown), "contract");
  EXPECT_EQ(nearest("capex", kKnown), "capex");
}

TEST(Nearest, DoesNotGuess) {
  EXPECT_EQ(nearest("revenue", kKnown), std::nullopt);
  EXPECT_EQ(nearest("capex", {}), std::nullopt);
}

TEST(Nearest, OfTwoEquallyNearOnesIsTheFirst) { EXPECT_EQ(nearest("ab", {"ac", "aa"}), "aa"); }

TEST(DidYouMean, IsMadeToStandBehindAnErrorText) {
  EXPECT_EQ(did_you_mean("triger", kKnown), ", did you mean \"trigger\"?");
  EXPECT_EQ(did_you_mean("revenue", kKnown), "");
}

}  // namespace
}  // namespace wiremill::base
