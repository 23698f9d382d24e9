#include "kafka/kafka.h"

#include "broker/broker.h"
#include "stream/contract.h"

namespace wiremill::stream {
namespace {

class KafkaWorld final : public World {
 public:
  std::unique_ptr<Stream> join(Eviction eviction) override {
    kafka::Options options;
    options.brokers = tests::Broker::shared().address();
    options.session_timeout = 6s;
    options.partition_check = 200ms;
    options.fetch_queue_bytes = 16U << 20U;
    if (eviction == Eviction::kQuick) {
      options.session_timeout = 1500ms;
      options.silence_max = 2000ms;
      options.drain_timeout = 500ms;
    }
    auto stream = kafka::open(options, {});
    if (!stream) ADD_FAILURE() << stream.error().text;
    return stream ? *std::move(stream) : nullptr;
  }
};

INSTANTIATE_TEST_SUITE_P(Kafka, Contract,
                         testing::Values([] { return std::make_unique<KafkaWorld>(); }));

}  // namespace
}  // namespace wiremill::stream
