#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace wiremill::cli {
namespace {

using testing::HasSubstr;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A configuration file that is gone at the end of the test.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text)
      : path_(testing::TempDir() + "wiremill-config-test-" + std::to_string(getpid()) + ".yaml") {
    std::ofstream(path_) << text;
  }
  ~ConfigFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Config, TheShippedExampleHoldsTheDefaults) {
  const auto config = load_config(WIREMILL_SOURCE_DIR "/deploy/wiremill.yaml");
  ASSERT_TRUE(config) << config.error().text;
  const Config defaults;
  EXPECT_EQ(config->topics.signals, defaults.topics.signals);
  EXPECT_EQ(config->layout.extract_lanes, defaults.layout.extract_lanes);
  EXPECT_EQ(config->layout.retention_ms, defaults.layout.retention_ms);
  EXPECT_EQ(config->kafka.session_timeout, defaults.kafka.session_timeout);
  EXPECT_EQ(config->kafka.transaction_timeout, defaults.kafka.transaction_timeout);
  EXPECT_EQ(config->kafka.gather, defaults.kafka.gather);
  EXPECT_EQ(config->http.port, defaults.http.port);
  EXPECT_EQ(config->http.body_bytes_max, defaults.http.body_bytes_max);
  EXPECT_EQ(config->loop.limit.records, defaults.loop.limit.records);
  EXPECT_EQ(config->loop.limit.bytes, defaults.loop.limit.bytes);
  EXPECT_EQ(config->extract.event_bytes_max, defaults.extract.event_bytes_max);
  EXPECT_EQ(config->score.tick, defaults.score.tick);
  EXPECT_EQ(config->score.lateness, defaults.score.lateness);
  EXPECT_EQ(config->score.scope_facts_max, defaults.score.scope_facts_max);
  EXPECT_EQ(config->score.between_tick_move, defaults.score.between_tick_move);
}

TEST(Config, EveryKeyThatIsReadStandsInTheShippedExample) {
  const std::string source = text_of(WIREMILL_SOURCE_DIR "/src/cli/config.cc");
  const std::string example = text_of(WIREMILL_SOURCE_DIR "/deploy/wiremill.yaml");
  const std::regex asked(R"re((?:text|texts|whole|flag|number|one_of|node|span|size|count)re"
                         R"re(|section)\((?:reader, |at, )?"([a-z_]+)")re");
  int keys = 0;
  for (std::sregex_iterator at(source.begin(), source.end(), asked), end; at != end; ++at) {
    ++keys;
    EXPECT_THAT(example, HasSubstr((*at)[1].str() + ":"));
  }
  EXPECT_GT(keys, 30);
}

TEST(Config, NamesEveryMistakeWithFileAndLine) {
  const ConfigFile file("stage: both\nlog:\n  levle: info\nhttp:\n  port: 70000\n");
  const auto config = load_config(file.path());
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(config.error().text, HasSubstr(":1: configuration: \"stage\" is \"both\""));
  EXPECT_THAT(config.error().text, HasSubstr(":3: log: unknown key \"levle\", did you mean"));
  EXPECT_THAT(config.error().text, HasSubstr(":5: http: \"port\" is \"70000\""));
}

TEST(Config, OneStageAloneNeedsBrokers) {
  const ConfigFile file("stage: score\n");
  const auto config = load_config(file.path());
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("needs kafka.brokers"));
}

}  // namespace
}  // namespace wiremill::cli
