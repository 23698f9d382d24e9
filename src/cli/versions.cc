#include "cli/versions.h"

#include "kafka/kafka.h"
#include "local/local.h"
#include "revision.h"

namespace wiremill::cli {

std::string source_revision() { return WIREMILL_REVISION; }

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {{"librdkafka", kafka::library_version()}, {"sqlite", local::library_version()}};
}

}  // namespace wiremill::cli
