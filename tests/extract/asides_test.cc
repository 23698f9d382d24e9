#include "extract/asides.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

std::string spender(const std::string& text) {
  return only_fact(read(text), model::FactKind::kCapex).subject.id;
}

TEST(Asides, LeaveTheFigureToTheNameInFront) {
  EXPECT_EQ(spender("TSMC, which makes chips for Nvidia and Apple, plans capital expenditures of "
                    "$54 billion."),
            "TSM");
  EXPECT_EQ(spender("Micron (NASDAQ: MU), a supplier of memory to Nvidia, plans capital "
                    "expenditures of $20 billion."),
            "MU");
}

TEST(Asides, KeepTheFiguresOfTheirOwn) {
  EXPECT_EQ(spender("CoreWeave, whose biggest customer Microsoft plans capital expenditures of "
                    "$145 billion, declined to comment."),
            "MSFT");
}

}  // namespace
}  // namespace wiremill::extract
