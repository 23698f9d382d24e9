#include "base/result.h"

namespace wiremill::base {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kMalformed: return "malformed";
    case ErrorKind::kTransient: return "transient";
    case ErrorKind::kRejected: return "rejected";
    case ErrorKind::kFatal: return "fatal";
  }
  return "unknown";
}

}  // namespace wiremill::base
