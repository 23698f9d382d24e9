#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace wiremill::cli {
namespace {

using testing::ElementsAre;
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

/// The keys that config.cc asks for: the first quoted word of each line that asks.
std::vector<std::string> keys_asked_for() {
  std::istringstream source(text_of(WIREMILL_SOURCE_DIR "/src/cli/config.cc"));
  std::vector<std::string> keys;
  for (std::string line; std::getline(source, line);) {
    const bool asks = (line.find("reader") != std::string::npos ||
                       line.find("at.") != std::string::npos) &&
                      line.find("Reader reader(") == std::string::npos;
    const auto from = line.find('"');
    const auto to = from == std::string::npos ? from : line.find('"', from + 1);
    if (!asks || to == std::string::npos) continue;
    const std::string word = line.substr(from + 1, to - from - 1);
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos) {
      keys.push_back(word);
    }
  }
  return keys;
}

TEST(Config, EveryKeyThatIsReadStandsInTheShippedExample) {
  const std::string example = text_of(WIREMILL_SOURCE_DIR "/deploy/wiremill.yaml");
  const auto keys = keys_asked_for();
  for (const std::string& key : keys) EXPECT_THAT(example, HasSubstr(key + ":"));
  EXPECT_GT(keys.size(), 40U);
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

TEST(Config, NamesOfThisServiceComeFromTheFile) {
  const ConfigFile file("http:\n  hosts: [wiremill, signals.example]\n");
  const auto config = load_config(file.path());
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_THAT(config->http.hosts, ElementsAre("wiremill", "signals.example"));
}

TEST(Config, OneStageAloneNeedsBrokers) {
  const ConfigFile file("stage: score\n");
  const auto config = load_config(file.path());
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("needs kafka.brokers"));
}

}  // namespace
}  // namespace wiremill::cli
