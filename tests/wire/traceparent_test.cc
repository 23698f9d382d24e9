#include "wire/traceparent.h"

#include <gtest/gtest.h>

namespace wiremill::wire {
namespace {

const std::string kGood = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(Traceparent, AValidOneIsKept) {
  EXPECT_EQ(parse_traceparent(kGood), kGood);
  EXPECT_EQ(parse_traceparent("cc" + kGood.substr(2) + "-more"), "cc" + kGood.substr(2) + "-more");
}

TEST(Traceparent, AnythingElseIsDropped) {
  const std::string upper = "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const std::string no_trace = "00-" + std::string(32, '0') + "-b7ad6b7169203331-01";
  const std::string no_parent = kGood.substr(0, 36) + std::string(16, '0') + "-01";
  for (const std::string& bad :
       {std::string(), std::string("00"), kGood.substr(0, 54), kGood + "-more", kGood + "0",
        "ff" + kGood.substr(2), "0x" + kGood.substr(2), "cc" + kGood.substr(2) + "more", upper,
        no_trace, no_parent, kGood.substr(0, 52) + "_01", kGood.substr(0, 53) + "0g"}) {
    EXPECT_EQ(parse_traceparent(bad), "") << bad;
  }
}

}  // namespace
}  // namespace wiremill::wire
