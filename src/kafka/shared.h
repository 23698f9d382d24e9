#pragma once
// What the lanes of one stream share.

#include <memory>

#include "kafka/client.h"
#include "kafka/kafka.h"
#include "kafka/topics.h"

namespace wiremill::kafka {

struct Shared {
  Options options;
  std::shared_ptr<Voices> voices;
  std::shared_ptr<Topics> topics;
  /// How long something that must come (an end of a transaction, a coordinator) is waited for.
  std::chrono::milliseconds patience() const { return options.transaction_timeout * 2; }
};

}  // namespace wiremill::kafka
