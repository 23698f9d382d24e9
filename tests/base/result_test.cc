#include "base/result.h"

#include <gtest/gtest.h>

namespace wiremill::base {
namespace {

TEST(Result, CarriesKindReasonAndText) {
  const Result<int> failed = malformed("bad_time", "published_at: \"x\" is not a time");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(failed.error().reason, "bad_time");
  EXPECT_EQ(name_of(failed.error().kind), "malformed");
}

}  // namespace
}  // namespace wiremill::base
