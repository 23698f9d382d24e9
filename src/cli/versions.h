#pragma once
// What this program was made from and what it runs with, for `version`, the start line of the log
// and the metrics.
//
//   source_revision()      // "a1b2c3d", "a1b2c3d-dirty", "unknown" without a repository
//   library_versions()     // {{"librdkafka", "2.0.2"}, {"sqlite", "3.40.1"}}

#include <string>
#include <utility>
#include <vector>

namespace wiremill::cli {

/// As of the build.
std::string source_revision();
/// Libraries whose behaviour a fault report must name; the versions that are loaded now.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace wiremill::cli
