#include "cli/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace wiremill::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Ended {
  int status = 0;
  std::string said;  ///< on standard error
};

Ended ended(std::vector<std::string> words) {
  words.insert(words.begin(), "wiremill");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  testing::internal::CaptureStderr();
  const int status = run(static_cast<int>(argv.size()), argv.data());
  return {status, testing::internal::GetCapturedStderr()};
}

std::string no_folder() {
  return (std::filesystem::temp_directory_path() / "wiremill-no-such-folder").string();
}

TEST(CommandLine, AnUnknownCommandIsNamedBesideThoseThereAre) {
  const Ended top = ended({"no-such"});
  EXPECT_EQ(top.status, 2);
  EXPECT_THAT(top.said, AllOf(StartsWith("wiremill: there is no command \"no-such\"; there are "),
                              HasSubstr("extract"), HasSubstr("\nwiremill --help says more\n")));
  EXPECT_THAT(ended({"topics", "burn"}).said,
              StartsWith("wiremill: there is no command \"burn\"; there are plan, apply, check\n"
                         "wiremill topics --help says more\n"));
}

TEST(CommandLine, AMissingCommandIsAskedFor) {
  EXPECT_THAT(ended({}).said, StartsWith("wiremill: a command is missing, one of run, demo, "));
  EXPECT_THAT(ended({"topics"}).said,
              StartsWith("wiremill: a command is missing, one of plan, apply, check\n"));
}

TEST(CommandLine, AnUnknownOptionOrOneWordTooManyIsNamed) {
  EXPECT_THAT(ended({"extract", "--no-such"}).said,
              StartsWith("wiremill: there is no option --no-such\nwiremill extract --help"));
  EXPECT_THAT(ended({"version", "extra"}).said,
              StartsWith("wiremill: \"extra\" is one word too many\n"));
}

TEST(CommandLine, AValueOutOfItsRangeIsNamedWithTheRange) {
  const Ended port = ended({"demo", "--port", "70000"});
  EXPECT_EQ(port.status, 2);
  EXPECT_THAT(port.said, AllOf(HasSubstr("--port"), HasSubstr("70000"), HasSubstr("65535")));
}

TEST(CommandLine, WhatReadsALogMakesNone) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"tap", "signals"}, {"state", "export"}}) {
    std::vector<std::string> words{"--data", no_folder()};
    words.insert(words.end(), command.begin(), command.end());
    const Ended reading = ended(words);
    EXPECT_EQ(reading.status, 2);
    EXPECT_THAT(reading.said, StartsWith("wiremill: there is no log in " + no_folder() + "; "));
    EXPECT_FALSE(std::filesystem::exists(no_folder()));
  }
}

TEST(CommandLine, AFileThatIsNotThereIsNamed) {
  const Ended missing = ended({"extract", no_folder()});
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.said, HasSubstr(no_folder() + ": No such file"));
}

}  // namespace
}  // namespace wiremill::cli
