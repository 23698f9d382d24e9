#include "base/ascii.h"

#include <gtest/gtest.h>

namespace wiremill::base {
namespace {

TEST(LowerAscii, ChangesLettersAndNothingElse) {
  EXPECT_EQ(lower_ascii("AZ az @[`{ 09"), "az az @[`{ 09");
  EXPECT_EQ(lower_ascii("SK하이닉스 É"), "sk하이닉스 É");
}

}  // namespace
}  // namespace wiremill::base
