#include "base/assert.h"

#include <gtest/gtest.h>

namespace {

TEST(Assert, AbortsAndNamesThePlace) {
  EXPECT_DEATH(WIREMILL_ASSERT(1 + 1 == 3), "1 \\+ 1 == 3 at .*assert_test.cc");
}

TEST(Assert, IsSilentWhenItHolds) { WIREMILL_ASSERT(1 + 1 == 2); }

}  // namespace
