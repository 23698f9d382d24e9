#include "cli/stop.h"

#include <gtest/gtest.h>

#include <csignal>

namespace wiremill::cli {
namespace {

TEST(Stop, IsAskedForByInterruptAndByTermination) {
  EXPECT_EXIT(
      {
        const std::atomic<bool>& stop = stop_on_signals();
        if (stop) std::exit(3);
        std::raise(SIGTERM);
        std::exit(stop ? 0 : 4);
      },
      testing::ExitedWithCode(0), "");
  EXPECT_EXIT(
      {
        const std::atomic<bool>& stop = stop_on_signals();
        std::raise(SIGINT);
        std::exit(stop ? 0 : 4);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace wiremill::cli
