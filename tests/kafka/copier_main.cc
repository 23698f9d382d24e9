// A process that copies until it is killed:
//   kafka_copier ADDRESS PREFIX INSTANCE IN OUT STATE
// Says one line a commit: "committed 17".
#include <cstdio>

#include "kafka/copier.h"
#include "kafka/kafka.h"

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  wiremill::kafka::Options options;
  options.brokers = argv[1];
  options.prefix = argv[2];
  options.instance_id = argv[3];
  auto stream = wiremill::kafka::open(options, {});
  if (!stream) return 1;
  wiremill::stream::Copier copier(
      **stream, {"work", argv[6], {argv[4]}, wiremill::stream::Reading::kShare}, argv[5]);
  for (;;) {
    const auto what = copier.turn();
    if (what == "idle") continue;
    std::printf("%s %lld\n", what.c_str(), static_cast<long long>(copier.count()));
    std::fflush(stdout);
  }
}
