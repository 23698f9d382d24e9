#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include <string>

namespace wiremill::cli {
namespace {

TEST(ExitStatus, FollowsTheKindOfTheErrorAndSaysItsText) {
  const auto status = [](base::ErrorKind kind) {
    testing::internal::CaptureStderr();
    const ExitCode code = report({kind, "the port is busy"});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "wiremill: the port is busy\n");
    return static_cast<int>(code);
  };
  EXPECT_EQ(status(base::ErrorKind::kFatal), 1);
  EXPECT_EQ(status(base::ErrorKind::kMalformed), 2);
  EXPECT_EQ(status(base::ErrorKind::kRejected), 2);
  EXPECT_EQ(status(base::ErrorKind::kTransient), 3);
}

}  // namespace
}  // namespace wiremill::cli
