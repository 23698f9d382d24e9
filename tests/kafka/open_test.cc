#include "kafka/kafka.h"

#include "kafka/scene.h"

namespace wiremill::stream {
namespace {

TEST(KafkaOpen, AMissingBrokerIsNamedInTime) {
  kafka::Options options;
  options.brokers = "127.0.0.1:1";
  options.answer_timeout = 1500ms;
  const base::Stopwatch watch;
  auto stream = kafka::open(options, {});
  EXPECT_LT(watch.seconds(), 5.0);
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, base::ErrorKind::kTransient);
  EXPECT_THAT(stream.error().text, testing::HasSubstr("127.0.0.1:1"));
  EXPECT_THAT(stream.error().text, testing::HasSubstr("1500 ms"));
  EXPECT_THAT(stream.error().text, testing::HasSubstr("Connection refused"));
}

TEST(KafkaOpen, EverythingWrongWithTheOptionsIsNamedAtOnce) {
  kafka::Options options;
  options.extra = {{"isolation.level", "read_uncommitted"}, {"transactional.id", "mine"}};
  options.silence_max = 1000ms;
  options.drain_timeout = 5000ms;
  auto stream = kafka::open(options, {});
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, base::ErrorKind::kRejected);
  for (const char* word : {"brokers", "isolation.level", "transactional.id", "silence_max 1000",
                           "drain_timeout 5000"}) {
    EXPECT_THAT(stream.error().text, testing::HasSubstr(word));
  }
}

TEST(KafkaOpen, ASettingThatKafkaDoesNotKnowIsNamed) {
  kafka::Options options;
  options.brokers = "127.0.0.1:1";
  options.extra = {{"no.such.setting", "1"}};
  auto stream = kafka::open(options, {});
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(stream.error().text, testing::HasSubstr("no.such.setting"));
}

TEST(KafkaOpen, SecretsAreNeverPrinted) {
  kafka::Options options;
  options.brokers = "127.0.0.1:1";
  options.answer_timeout = 500ms;
  std::string all;
  const StreamEvents events{.counted = {}, .noted = [&](auto, auto, std::string_view text) {
                              all += std::string(text) + "\n";
                            }};
  options.extra = {{"security.protocol", "SASL_PLAINTEXT"},
                   {"sasl.mechanism", "PLAIN"},
                   {"sasl.username", "svc"},
                   {"sasl.password", "hunter2"}};
  auto stream = kafka::open(options, events);
  ASSERT_FALSE(stream);
  all += stream.error().text;
  options.extra = {{"ssl.key.pem", "hunter2"}, {"security.protocol", "SSL"}};
  stream = kafka::open(options, events);
  ASSERT_FALSE(stream);
  all += stream.error().text;
  EXPECT_THAT(all, testing::HasSubstr("127.0.0.1:1"));
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("hunter2")));
}

}  // namespace
}  // namespace wiremill::stream
