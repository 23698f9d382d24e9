#include "text/lead.h"

#include <gtest/gtest.h>

namespace wiremill::text {
namespace {

TEST(Lead, LeavesTheDatelineOut) {
  EXPECT_EQ(without_dateline("SEATTLE, Feb 6 (Reuters) - Amazon said"), " Amazon said");
  EXPECT_EQ(without_dateline("(서울=연합뉴스) 홍길동 기자 = 아마존이"), " 아마존이");
  EXPECT_EQ(without_dateline("Amazon (AMZN) said it would"), "Amazon (AMZN) said it would");
}

TEST(Lead, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(lead_letters("“Amazon”  plans $200bn, 아마존!", 100), "amazonplans200bn아마존");
  EXPECT_EQ(lead_letters("abcdef", 3), "abc");
}

}  // namespace
}  // namespace wiremill::text
